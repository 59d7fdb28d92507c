import { listen } from '../live.js';
import { channelOf, firstPlace, guildOf } from '../model/places.js';
import { hearGone, hearMessage, hearTyping } from './hear.js';
import { go, read } from './places.js';

/** @import { App, Sight } from '../types.d.ts' */

/** How long a lost connection waits for its next try, ms. */
const TRY_AGAIN_MS = 1500;

/** Comes in as the one whom this tab was before, or else as the owner of a server. @param {App} app */
export async function comeIn(app) {
  const { state } = app;
  try {
    state.people = await app.api.people();
    const before = sessionStorage.getItem('person');
    const person =
      state.people.find(({ id }) => id === before) ??
      state.people.find(({ owner }) => owner) ??
      state.people[0];
    if (person === undefined) throw new Error('Nobody is here yet.');
    await become(app, person.id);
  } catch {
    tryAgain(app);
  }
}

/** @param {App} app */
function tryAgain(app) {
  setTimeout(() => comeIn(app), TRY_AGAIN_MS);
}

/** Takes a person's seat, in a channel: from now on the page shows what they see. @param {App} app @param {string} personId @param {string} [channelId] */
export async function become(app, personId, channelId) {
  const { state, api } = app;
  app.hangUp();
  await api.visit(personId);
  forget(app, personId);
  if (channelId !== undefined) state.place = { ...state.place, channelId, messageId: null };
  sessionStorage.setItem('person', personId);
  state.personId = personId;
  app.hangUp = listen(api.token, {
    sight: (sight) => look(app, sight),
    message: (message) => hearMessage(app, message),
    gone: (what) => hearGone(app, what),
    typing: (who) => hearTyping(app, who),
    guide: (guide) => {
      state.guide = guide;
      app.refresh();
    },
    lost: () => {
      state.connection = 'lost';
      tryAgain(app);
      app.refresh();
    },
  });
  app.refresh();
}

/** What was seen is read anew; what one was writing stays, if one stays oneself. @param {App} app @param {string} personId */
function forget({ state }, personId) {
  const { histories, commands, unread, typing, failures } = state;
  for (const memory of [histories, commands, unread, typing, failures]) memory.clear();
  if (personId !== state.personId) state.drafts.clear();
  Object.assign(state, { sight: null, popup: null, modal: null, editing: null, connection: 'connecting' });
}

/** @param {App} app @param {Sight} sight */
function look(app, sight) {
  const { state } = app;
  const isFirst = state.sight === null;
  state.sight = sight;
  state.skew = sight.now - Date.now();
  state.connection = 'open';
  // What one may not see any more is not kept either.
  for (const id of state.histories.keys()) if (!channelOf(sight, id)) state.histories.delete(id);
  const isLost = state.place.channelId !== null && channelOf(sight, state.place.channelId) === undefined;
  if (isFirst && (isLost || isNowhere(app, sight))) go(app, firstPlace(sight), { replace: true });
  else void read(app);
  app.refresh();
}

/** @param {App} app @param {Sight} sight */
function isNowhere({ state: { place } }, sight) {
  return place.channelId === null && (place.guildId === '' || guildOf(sight, place.guildId) === undefined);
}
