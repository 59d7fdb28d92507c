import { withMessage, withoutMessages } from '../model/histories.js';
import { memberOf } from '../model/places.js';

/** @import { App, Message } from '../types.d.ts' */

/** Discord believes for this long that somebody still writes, ms. */
const TYPING_MS = 10_000;

/** @param {App} app @param {Message} message */
export function hearMessage(app, message) {
  const { state } = app;
  const { channel_id: channelId } = message;
  const history = state.histories.get(channelId);
  const isNew = history?.messages.every(({ id }) => id !== message.id) ?? message.edited_timestamp === null;
  if (history !== undefined) state.histories.set(channelId, withMessage(history, message));
  state.typing.get(channelId)?.delete(message.author.id);
  if (isNew && channelId !== state.place.channelId && message.author.id !== state.personId)
    count(app, message);
  app.refresh();
}

/** @param {App} app @param {Message} message */
function count({ state }, message) {
  const known = state.unread.get(message.channel_id) ?? { messages: 0, mentions: 0 };
  const mentions = known.mentions + (mentionsYou(state, message) ? 1 : 0);
  state.unread.set(message.channel_id, { messages: known.messages + 1, mentions });
}

/** @param {App['state']} state @param {Message} message */
export function mentionsYou({ sight, personId }, message) {
  if (sight === null || personId === null) return false;
  if (message.mention_everyone || message.mentions.some(({ id }) => id === personId)) return true;
  if (message.mention_roles.length === 0) return false;
  return sight.guilds.some((guild) => {
    const own = memberOf(guild, personId)?.roles ?? [];
    return message.mention_roles.some((id) => own.includes(id));
  });
}

/** @param {App} app @param {{ channel_id: string, id?: string, ids?: string[] }} what */
export function hearGone(app, { channel_id: channelId, id, ids = id === undefined ? [] : [id] }) {
  const history = app.state.histories.get(channelId);
  if (history !== undefined) app.state.histories.set(channelId, withoutMessages(history, ids));
  app.refresh();
}

/** @param {App} app @param {{ channel_id: string, user_id: string }} who */
export function hearTyping(app, { channel_id: channelId, user_id: userId }) {
  const { typing, personId } = app.state;
  if (userId === personId) return;
  const writers = typing.get(channelId) ?? new Map();
  typing.set(channelId, writers.set(userId, Date.now() + TYPING_MS));
  app.refresh();
  setTimeout(() => {
    if ((writers.get(userId) ?? 0) <= Date.now()) writers.delete(userId);
    app.refresh();
  }, TYPING_MS + 50);
}
