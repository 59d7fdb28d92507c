import { focusOn } from './drafts.js';
import { closePopup } from './popups.js';
import { tell, wordsOf } from './tell.js';

/** @import { App, Command, Message, OpenModal } from '../types.d.ts' */

/** Presses a button. @param {App} app @param {Message} message @param {string} customId */
export function press(app, message, customId) {
  return onMessage(app, message, customId, 'click', { component: customId });
}

/** @param {App} app @param {Message} message @param {string} customId @param {string[]} values */
export function choose(app, message, customId, values) {
  return onMessage(app, message, customId, 'select', { component: customId, values });
}

/** @param {App} app @param {Message} message @param {Command} command */
export function runOnMessage(app, message, { name, application_id: application }) {
  closePopup(app);
  return onMessage(app, message, 'apps', 'onMessage', { name, app: application });
}

/** @param {App} app @param {string} channelId @param {string} user @param {Command} command */
export async function runOnUser(app, channelId, user, { name, application_id: application }) {
  closePopup(app);
  try {
    const outcome = await app.api.act('onUser', channelId, { name, user, app: application });
    if (!take(app, outcome, channelId)) tell(app, 'The application did not respond');
  } catch (error) {
    tell(app, wordsOf(error));
  }
}

/** @param {App} app @param {Message} message @param {string} part @param {string} act @param {object} body */
async function onMessage(app, message, part, act, body) {
  const { pending, failures } = app.state;
  const key = `${message.id} ${part}`;
  if (pending.has(key)) return;
  pending.add(key);
  failures.delete(message.id);
  app.refresh();
  try {
    const outcome = await app.api.act(act, message.channel_id, { message: message.id, ...body });
    if (!take(app, outcome, message.channel_id)) failures.set(message.id, 'This interaction failed');
  } catch (error) {
    failures.set(message.id, wordsOf(error));
  } finally {
    pending.delete(key);
    app.refresh();
  }
}

/**
 * What came of an interaction; false when nobody responded. A form is opened; messages come by themselves.
 * @param {App} app @param {unknown} outcome @param {string} channelId
 */
export function take(app, outcome, channelId) {
  const { failed, modal } = /** @type {{ failed: boolean, modal?: OpenModal['form'] }} */ (outcome);
  if (failed) return false;
  if (modal !== undefined) {
    app.state.modal = { form: modal, channelId, values: {}, error: '', isSent: false };
    app.refresh();
  }
  return true;
}

/** @param {App} app */
export function closeModal(app) {
  app.state.modal = null;
  focusOn(app, '#composer-text');
  app.refresh();
}

/** @param {App} app */
export async function submitModal(app) {
  const { modal } = app.state;
  if (modal === null || modal.isSent) return;
  Object.assign(modal, { isSent: true, error: '' });
  app.refresh();
  try {
    const fields = Object.fromEntries(
      Object.entries(modal.values).map(([name, value]) => [name, plain(value)]),
    );
    const outcome = await app.api.act('submit', modal.channelId, { modal: modal.form.id, fields });
    if (!take(app, outcome, modal.channelId)) modal.error = 'Something went wrong. Try again.';
    else if (app.state.modal === modal) closeModal(app);
  } catch (error) {
    modal.error = wordsOf(error);
  } finally {
    modal.isSent = false;
    app.refresh();
  }
}

/** Files without what only the page needs. @param {OpenModal['values'][string]} value */
function plain(value) {
  if (!Array.isArray(value)) return value;
  return value.map((one) =>
    typeof one === 'string' ? one : { name: one.name, contentType: one.contentType, data: one.data },
  );
}
