import { channelOf, channelTree, guildOf, pathOf, placeOf } from '../model/places.js';
import { attempt } from './tell.js';

/** @import { App, History, Place } from '../types.d.ts' */

/** Goes to a place, and shows the message that it names. @param {App} app @param {Place} place */
export function go(app, place, { replace = false, remember = true } = {}) {
  const { state } = app;
  state.place = entered(app, place);
  Object.assign(state, { drawer: null, popup: null, editing: null });
  if (remember) history[replace ? 'replaceState' : 'pushState'](null, '', pathOf(state.place));
  void read(app);
  app.refresh();
}

/** A server without a channel named means its first one. @param {App} app @param {Place} place @returns {Place} */
function entered({ state: { sight } }, place) {
  if (place.channelId !== null || sight === null) return place;
  const guild = guildOf(sight, place.guildId);
  const first = guild ? channelTree(guild).flatMap(({ channels }) => channels)[0] : sight.dms[0];
  return { ...place, channelId: first?.id ?? null };
}

/** Follows the browser's way back and forth. @param {App} app */
export function goBackAndForth(app) {
  addEventListener('popstate', () => {
    const place = placeOf(location.pathname);
    if (place) go(app, place, { remember: false });
  });
}

/** Reads the channel of now, if it was not read before or does not have the message that is wanted. @param {App} app */
export async function read(app) {
  const { state, api } = app;
  const { channelId, messageId } = state.place;
  if (channelId === null || state.sight === null || channelOf(state.sight, channelId) === undefined) return;
  state.unread.delete(channelId);
  const known = state.histories.get(channelId);
  const isThere =
    messageId === null ? known?.isMoreAfter === false : known?.messages.some(({ id }) => id === messageId);
  if (isThere) return;
  await attempt(app, async () => {
    const around = messageId === null ? {} : { around: messageId };
    state.histories.set(channelId, await api.act('read', channelId, around));
    app.refresh();
  });
}

/** The newest messages again, after one looked at older ones. @param {App} app */
export function goToPresent(app) {
  const { channelId } = app.state.place;
  if (channelId === null) return;
  app.state.histories.delete(channelId);
  go(app, { ...app.state.place, messageId: null }, { replace: true });
}

/** @param {App} app */
export async function readEarlier(app) {
  const { state, api } = app;
  const { channelId } = state.place;
  const known = channelId === null ? undefined : state.histories.get(channelId);
  const first = known?.messages[0];
  if (channelId === null || known === undefined || first === undefined) return;
  await attempt(app, async () => {
    const earlier = /** @type {History} */ (await api.act('read', channelId, { before: first.id }));
    const now = state.histories.get(channelId) ?? known;
    const messages = [...earlier.messages, ...now.messages];
    state.histories.set(channelId, { ...now, messages, isMoreBefore: earlier.isMoreBefore });
    app.refresh();
  });
}
