import { CommandKind } from '../model/commands.js';
import { focusOn } from './drafts.js';
import { attempt } from './tell.js';

/** @import { App, Box, Command, Message, Popup, SelectMenu } from '../types.d.ts' */

/** @param {Event} event @returns {Box} */
export function boxOf(event) {
  if (event instanceof MouseEvent && event.type === 'contextmenu' && event.clientX > 0) {
    return { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY };
  }
  const { left, right, top, bottom } = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
  return { left, right, top, bottom };
}

/** @param {App} app @param {Popup} popup */
export function openPopup(app, popup) {
  const opener = document.activeElement;
  app.state.popup = popup;
  app.state.opener = opener instanceof HTMLElement ? opener : null;
  focusOn(app, '.popup [data-first], .popup [role^="menuitem"], .popup button, .lightbox button');
  app.refresh();
}

/** @param {App} app */
export function closePopup(app) {
  const { popup, opener } = app.state;
  if (popup === null) return;
  app.state.popup = null;
  opener?.focus();
  app.refresh();
}

/** @param {App} app @param {Event} event @param {Message} message */
export function openMenu(app, event, message, isApps = false) {
  event.preventDefault();
  /** @type {Popup & { kind: 'menu' }} */
  const popup = { kind: 'menu', message, box: boxOf(event), isApps, commands: null };
  openPopup(app, popup);
  void offer(app, message.channel_id, CommandKind.message, popup);
}

/** @param {App} app @param {Event} event @param {string} userId */
export function openProfile(app, event, userId) {
  /** @type {Popup & { kind: 'profile' }} */
  const popup = { kind: 'profile', userId, box: boxOf(event), commands: null };
  openPopup(app, popup);
  const { channelId } = app.state.place;
  if (channelId !== null) void offer(app, channelId, CommandKind.user, popup);
}

/** @param {App} app @param {Event} event */
export async function openPeople(app, event) {
  openPopup(app, { kind: 'people', box: boxOf(event) });
  const people = /** @type {App['state']['people'] | undefined} */ (
    await attempt(app, () => app.api.people())
  );
  if (people !== undefined) app.state.people = people;
  app.refresh();
}

/** @param {App} app @param {string} channelId @param {number} kind @param {{ commands: Command[] | null }} popup */
async function offer(app, channelId, kind, popup) {
  const commands = /** @type {Command[] | undefined} */ (
    await attempt(app, () => app.api.act('commands', channelId))
  );
  popup.commands = (commands ?? []).filter(({ type }) => type === kind);
  app.refresh();
}

/** @param {App} app @param {Event} event @param {SelectMenu} select */
export function openSelect(app, event, select) {
  openPopup(app, {
    kind: 'select',
    box: boxOf(event),
    select,
    text: '',
    active: 0,
    chosen: [...select.chosen],
  });
}
