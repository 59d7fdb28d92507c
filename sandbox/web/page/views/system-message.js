import { html } from '/web/lib/lit-html/lit-html.js';
import { openChannel } from '../do/messages.js';
import { sentAt } from '../model/histories.js';
import { shownName } from '../model/places.js';
import { shortTime } from '../model/time.js';
import { icon } from './icons.js';

/** @import { App, Html, Message } from '../types.d.ts' */

/** What Discord says on somebody's behalf: https://docs.discord.com/developers/resources/message#message-object-message-types @param {App} app @param {Message} message @returns {Html} */
export function systemMessage(app, message) {
  const when = shortTime(sentAt(message), Date.now() + app.state.skew);
  return html`<span class="system-icon">${icon(message.type === THREAD ? 'thread' : 'jump')}</span>
    <div class="body system">
      <strong>${shownName(message.author)}</strong> ${words(app, message)} <time>${when}</time>
    </div>`;
}

const THREAD = 18;

/** @param {App} app @param {Message} message @returns {Html} */
function words(app, message) {
  switch (message.type) {
    case 6:
      return 'pinned a message to this channel.';
    case 7:
      return 'joined the server.';
    case THREAD: {
      const id = message.message_reference?.channel_id;
      const open = () => id && openChannel(app, id);
      return html`started a thread:
        <button type="button" class="link" @click=${open}>${message.content}</button>`;
    }
    default:
      return message.content || 'changed something here.';
  }
}
