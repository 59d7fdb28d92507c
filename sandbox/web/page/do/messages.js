import { channelOf, guildOf, pathOf } from '../model/places.js';
import { withMentions } from '../model/suggest.js';
import { draftIn, focusOn } from './drafts.js';
import { go } from './places.js';
import { attempt, tell, wordsOf } from './tell.js';

/** @import { App, Message } from '../types.d.ts' */

/** Sends what stands in the input; it comes back when it is refused. @param {App} app @param {string} channelId */
export async function send(app, channelId) {
  const { state, api } = app;
  const channel = state.sight && channelOf(state.sight, channelId);
  const draft = draftIn(app, channelId);
  if (!channel || state.sight === null || (draft.text.trim() === '' && draft.files.length === 0)) return;
  const { text, replyTo, files } = draft;
  Object.assign(draft, { text: '', replyTo: null, files: [], picker: null });
  app.refresh();
  const content = withMentions(text, guildOf(state.sight, channel.guild_id ?? ''), channel);
  try {
    const sent = files.map(({ name, contentType, data }) => ({ name, contentType, data }));
    await api.act('send', channelId, { content, files: sent, ...(replyTo !== null && { replyTo }) });
  } catch (error) {
    Object.assign(draft, { text, replyTo, files });
    tell(app, wordsOf(error));
  }
}

/** @param {App} app @param {Message} message */
export function startReply(app, message) {
  draftIn(app, message.channel_id).replyTo = message.id;
  app.state.popup = null;
  focusOn(app, '#composer-text');
  app.refresh();
}

/** @param {App} app @param {Message} message */
export function startEdit(app, message) {
  app.state.editing = { id: message.id, text: message.content };
  app.state.popup = null;
  focusOn(app, '.edit-box textarea');
  app.refresh();
}

/** @param {App} app @param {Message} message */
export async function saveEdit(app, message) {
  const { editing } = app.state;
  if (editing === null) return;
  app.state.editing = null;
  app.refresh();
  focusOn(app, '#composer-text');
  if (editing.text === message.content) return;
  await attempt(app, () =>
    app.api.act('edit', message.channel_id, { message: message.id, content: editing.text }),
  );
}

/** @param {App} app @param {Message} message */
export async function remove(app, message) {
  app.state.popup = null;
  app.refresh();
  await attempt(app, () => app.api.act('delete', message.channel_id, { message: message.id }));
}

/** Takes an answer that nobody else sees out of sight. @param {App} app @param {Message} message */
export function dismiss(app, message) {
  app.state.dismissed.add(message.id);
  sessionStorage.setItem('dismissed', JSON.stringify([...app.state.dismissed].slice(-200)));
  focusOn(app, '#composer-text, #command-more');
  app.refresh();
}

/** Adds one's reaction, or takes it back. @param {App} app @param {Message} message @param {string} emoji */
export async function toggleReaction(app, message, emoji) {
  app.state.popup = null;
  app.refresh();
  const isMine = message.reactions?.some((one) => one.me && emojiKey(one.emoji) === emoji) === true;
  const act = isMine ? 'unreact' : 'react';
  await attempt(app, () => app.api.act(act, message.channel_id, { message: message.id, emoji }));
}

/** @param {{ id?: string | null, name?: string | null }} emoji */
export function emojiKey({ id, name }) {
  return id ? `${name}:${id}` : (name ?? '');
}

/** @param {App} app @param {Message} message */
export async function startThread(app, message) {
  app.state.popup = null;
  const name =
    message.content
      .split('\n')[0]
      ?.replaceAll(/[*_`~|<>]/g, '')
      .trim()
      .slice(0, 60) || 'New thread';
  const thread = await attempt(app, () =>
    app.api.act('thread', message.channel_id, { name, message: message.id }),
  );
  if (thread !== undefined) openChannel(app, /** @type {{ id: string }} */ (thread).id);
}

/** @param {App} app @param {string} channelId */
export function openChannel(app, channelId) {
  const channel = app.state.sight && channelOf(app.state.sight, channelId);
  const guildId = channel ? (channel.guild_id ?? '@me') : app.state.place.guildId;
  go(app, { guildId, channelId, messageId: null });
}

/** @param {App} app @param {Message} message */
export async function copyLink(app, message) {
  const { guildId } = app.state.place;
  const path = pathOf({ guildId, channelId: message.channel_id, messageId: message.id });
  await copy(app, `https://discord.com${path}`, 'The link is copied. Here it leads to this message.');
}

/** @param {App} app @param {string} text @param {string} done */
export async function copy(app, text, done) {
  app.state.popup = null;
  try {
    await navigator.clipboard.writeText(text);
    tell(app, done);
  } catch {
    tell(app, text);
  }
}
