import { Refused } from '../api.js';

/** @import { App } from '../types.d.ts' */

const SHOWN_MS = 6000;

/** Says something for a moment at the lower edge. @param {App} app @param {string} notice */
export function tell(app, notice) {
  app.state.notice = notice;
  app.refresh();
  setTimeout(() => {
    if (app.state.notice !== notice) return;
    app.state.notice = '';
    app.refresh();
  }, SHOWN_MS);
}

/** Does something; what is refused is said. @param {App} app @param {() => Promise<unknown>} what */
export async function attempt(app, what) {
  try {
    return await what();
  } catch (error) {
    tell(app, wordsOf(error));
    return undefined;
  }
}

/** @param {unknown} error */
export function wordsOf(error) {
  if (error instanceof Refused) return error.message;
  if (error instanceof TypeError) return 'This Discord does not answer. Is it still running?';
  throw error;
}
