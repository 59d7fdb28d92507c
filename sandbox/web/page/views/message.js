import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { mentionsYou } from '../do/hear.js';
import { dismiss, openChannel, startReply } from '../do/messages.js';
import { openMenu, openPopup, openProfile, boxOf } from '../do/popups.js';
import { isEphemeral, isLoading, isSystem, sentAt } from '../model/histories.js';
import { Permission, guildOf, may, memberOf, shownName } from '../model/places.js';
import { clockTime, longDate, longTime, shortTime } from '../model/time.js';
import { avatar, botTag, tintedName } from './avatar.js';
import { components } from './components.js';
import { editBox } from './edit-box.js';
import { embedView } from './embed.js';
import { attachments } from './files.js';
import { icon } from './icons.js';
import { rich } from './markdown.js';
import { reactions } from './reactions.js';
import { origin } from './origin.js';
import { systemMessage } from './system-message.js';

/** @import { App, Channel, Html, Message } from '../types.d.ts' */

/**
 * One message of a channel, and before it the day that begins with it.
 * @param {App} app @param {{ message: Message, day: boolean, isFirst: boolean }} arranged @param {Channel} channel
 * @returns {Html}
 */
export function messageRow(app, { message, day, isFirst }, channel) {
  const date = longDate(sentAt(message));
  return html`${day ? html`<li class="day"><span>${date}</span></li>` : nothing}
    <li
      class=${rowClass(app, message, isFirst)}
      id="m-${message.id}"
      tabindex="-1"
      @contextmenu=${(/** @type {Event} */ e) => openMenu(app, e, message)}
    >
      ${isSystem(message) ? systemMessage(app, message) : spoken(app, message, isFirst, channel)}
      ${isLoading(message) ? nothing : toolbar(app, message, channel)}
    </li>`;
}

/**
 * All that a row is drawn from: while it stays the same the row does, and a long channel costs nothing as one types.
 * @param {App} app @param {{ message: Message, day: boolean, isFirst: boolean }} arranged @param {Channel} channel
 */
export function whatRowShows({ state }, { message, day, isFirst }, channel) {
  const { id } = message;
  const isTarget = state.place.messageId === id;
  const isEdited = state.editing?.id === id;
  const pending = [...state.pending].filter((key) => key.startsWith(id)).join();
  return [
    message,
    day,
    isFirst,
    channel.id,
    state.sight,
    isTarget,
    isEdited,
    pending,
    state.failures.get(id),
  ];
}

/** @param {App} app @param {Message} message @param {boolean} isFirst */
function rowClass({ state }, message, isFirst) {
  const marks = {
    first: isFirst,
    mentioned: mentionsYou(state, message),
    ephemeral: isEphemeral(message),
    target: state.place.messageId === message.id,
  };
  return ['message', ...Object.entries(marks).flatMap(([name, on]) => (on ? [name] : []))].join(' ');
}

/** @param {App} app @param {Message} message @param {boolean} isFirst @param {Channel} channel @returns {Html} */
function spoken(app, message, isFirst, channel) {
  const { author } = message;
  const at = sentAt(message);
  if (!isFirst) {
    return html`<time class="side-time" title=${longTime(at)}>${clockTime(at)}</time>
      <div class="body">${said(app, message, channel)}</div>`;
  }
  const guild = app.state.sight ? guildOf(app.state.sight, channel.guild_id ?? '') : undefined;
  const name = shownName(author, memberOf(guild, author.id));
  const profile = (/** @type {Event} */ event) => openProfile(app, event, author.id);
  return html`${origin(app, message, guild)}${avatar(author)}
    <div class="body">
      <div class="byline">
        <button type="button" class="author" ${tintedName(guild, author)} @click=${profile}>${name}</button>
        ${botTag(author, isWebhook(message))}
        <time title=${longTime(at)}>${shortTime(at, Date.now() + app.state.skew)}</time>
      </div>
      ${said(app, message, channel)}
    </div>`;
}

/** @param {Message} message */
function isWebhook({ webhook_id: webhook, application_id: application }) {
  return webhook !== undefined && application === undefined;
}

/** @param {App} app @param {Message} message @param {Channel} channel @returns {Html} */
function said(app, message, channel) {
  if (app.state.editing?.id === message.id) return editBox(app, message);
  if (isLoading(message)) {
    return html`<p class="thinking">
      <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${shownName(message.author)} is
      thinking…
    </p>`;
  }
  const failure = app.state.failures.get(message.id);
  const isEdited = message.edited_timestamp !== null;
  return html`${message.content ? html`<div class="text">${rich(app, message.content)}</div>` : nothing}
  ${attachments(app, shownAttachments(message))}
  ${((message.flags ?? 0) & SUPPRESSED) === 0 ? message.embeds.map((embed) => embedView(app, embed)) : nothing}
  ${components(app, message, channel)}
  ${isEdited ? html`<span class="edited" title=${longTime(Date.parse(message.edited_timestamp ?? ''))}>(edited)</span>` : nothing}
  ${failure ? html`<p class="failure" role="alert">${failure}</p>` : nothing}
  ${reactions(app, message, channel)} ${threadCard(app, message, channel)}
  ${isEphemeral(message) ? onlyYou(app, message) : nothing}`;
}

const SUPPRESSED = 4;
const COMPONENTS_V2 = 32_768;

/** What components or embeds show is not shown a second time. @param {Message} message */
function shownAttachments(message) {
  if (((message.flags ?? 0) & COMPONENTS_V2) !== 0) return [];
  const used = JSON.stringify(message.embeds);
  return message.attachments.filter(({ url }) => !used.includes(url));
}

/** @param {App} app @param {Message} message */
function onlyYou(app, message) {
  return html`<p class="only-you">
    ${icon('eye')} Only you can see this ·
    <button type="button" class="link" @click=${() => dismiss(app, message)}>Dismiss message</button>
  </p>`;
}

/** @param {App} app @param {Message} message @param {Channel} channel */
function threadCard(app, message, channel) {
  const guild = app.state.sight && guildOf(app.state.sight, channel.guild_id ?? '');
  const thread = guild ? guild.threads.find(({ id }) => id === message.id) : undefined;
  if (thread === undefined || thread.id === channel.id) return nothing;
  const count = thread.message_count ?? 0;
  return html`<button type="button" class="thread-card" @click=${() => openChannel(app, thread.id)}>
    ${icon('thread')}<strong>${thread.name}</strong
    ><span>${count} ${count === 1 ? 'message' : 'messages'} ›</span>
  </button>`;
}

/** @param {App} app @param {Message} message @param {Channel} channel */
function toolbar(app, message, channel) {
  const react = (/** @type {Event} */ event) =>
    openPopup(app, { kind: 'reactions', message, box: boxOf(event) });
  const isLasting = !isEphemeral(message);
  return html`<div class="toolbar" role="group" aria-label="Message actions">
    ${isLasting && may(channel, Permission.addReactions) ? tool('Add reaction', 'react', react) : nothing}
    ${isLasting ? tool('Reply', 'reply', () => startReply(app, message)) : nothing}
    ${tool('Apps', 'apps', (event) => openMenu(app, event, message, true))}
    ${tool('More', 'more', (event) => openMenu(app, event, message))}
  </div>`;
}

/** @param {string} label @param {Parameters<typeof icon>[0]} picture @param {(event: Event) => void} run */
function tool(label, picture, run) {
  return html`<button type="button" aria-label=${label} title=${label} class="tool-${picture}" @click=${run}>
    ${icon(picture)}
  </button>`;
}
