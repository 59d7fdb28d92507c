import { offer } from './compose.js';
import { draftIn, focusOn } from './drafts.js';
import { openChannel } from './messages.js';
import { attempt } from './tell.js';
import { become } from './visit.js';

/** @import { App, Tip } from '../types.d.ts' */

/** Goes where a tip is tried, as whom it is tried, with what is typed there. @param {App} app @param {Tip} tip */
export async function tryTip(app, { channel, type, as }) {
  const { state } = app;
  if (as !== undefined && as !== state.personId) await attempt(app, () => become(app, as, channel));
  else if (channel !== undefined) openChannel(app, channel);
  state.drawer = null;
  if (channel !== undefined && type !== undefined) await prefill(app, channel, type);
  app.refresh();
}

/** @param {App} app @param {string} channel @param {string} text */
async function prefill(app, channel, text) {
  Object.assign(draftIn(app, channel), { text, line: null });
  focusOn(app, '#composer-text');
  await offer(app, channel);
}

/** Lets this Discord do what only it can do. @param {App} app @param {number} tip its number */
export async function runTip(app, tip) {
  await attempt(app, () => app.api.runTip(tip));
}
