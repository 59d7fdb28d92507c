import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { go } from '../do/places.js';
import { memberOf, shownName, userOf } from '../model/places.js';
import { avatar, tintedName } from './avatar.js';

/** @import { App, Guild, Html, Message, User } from '../types.d.ts' */

const REPLY = 19;

/** What a message answers, above it: another message, or the use of a command. @param {App} app @param {Message} message @param {Guild | undefined} guild @returns {Html} */
export function origin(app, message, guild) {
  if (message.type === REPLY) return answered(app, message, guild);
  const { interaction_metadata: metadata } = message;
  if (metadata === undefined) return nothing;
  // Who used it is told by the metadata; what it was, by the older member beside it.
  const command = message.interaction?.name;
  if (command === undefined) return nothing;
  const kind = message.type === CONTEXT_MENU ? '' : '/';
  return html`<div class="origin">
    ${small(metadata.user, guild)} used <span class="command-name">${kind}${command}</span>
  </div>`;
}

const CONTEXT_MENU = 23;

/** @param {App} app @param {Message} message @param {Guild | undefined} guild @returns {Html} */
function answered(app, message, guild) {
  const original = message.referenced_message;
  if (original === null || original === undefined) {
    return html`<div class="origin"><em>Original message was deleted</em></div>`;
  }
  const jump = () => go(app, { ...app.state.place, messageId: original.id });
  return html`<div class="origin">
    ${small(original.author, guild)}
    <button type="button" class="preview" @click=${jump}>
      <span class="for-readers">Jump to the message that this replies to: </span>${previewOf(app, original)}
    </button>
  </div>`;
}

/** @param {User} user @param {Guild | undefined} guild */
function small(user, guild) {
  return html`${avatar(user, 'tiny')}<span class="author" ${tintedName(guild, user)}
      >${shownName(user, memberOf(guild, user.id))}</span
    >`;
}

/** A message in one line without its markup. @param {App} app @param {Pick<Message, 'content' | 'attachments' | 'embeds' | 'components'>} message */
export function previewOf({ state: { sight } }, { content, attachments, embeds, components }) {
  const line = content.split('\n').find((one) => one.trim() !== '') ?? '';
  const plain = line
    .replaceAll(/<@!?(\d+)>/g, (_, id) => `@${sight ? shownName(userOf(sight, id)) : 'somebody'}`)
    .replaceAll(/<[#/@][^>]*>/g, '…')
    .replaceAll(/\*\*|__|~~|\|\||`|^[#>-]+ /g, '');
  if (plain !== '') return plain.slice(0, 200);
  if (attachments.length > 0) return 'Click to see the attachment';
  return embeds.length > 0 || (components ?? []).length > 0 ? 'Click to see the message' : '…';
}
