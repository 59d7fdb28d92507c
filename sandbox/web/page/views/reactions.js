import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { emojiKey, toggleReaction } from '../do/messages.js';
import { boxOf, openPopup } from '../do/popups.js';
import { Permission, may } from '../model/places.js';
import { emojiText } from './controls.js';
import { icon } from './icons.js';

/** @import { App, Channel, Html, Message } from '../types.d.ts' */

/** @param {App} app @param {Message} message @param {Channel} channel @returns {Html} */
export function reactions(app, message, channel) {
  const { reactions = [] } = message;
  if (reactions.length === 0) return nothing;
  const more = (/** @type {Event} */ event) =>
    openPopup(app, { kind: 'reactions', message, box: boxOf(event) });
  return html`<div class="reactions" role="group" aria-label="Reactions">
    ${reactions.map(
      ({ emoji, count, me }) =>
        html`<button
          type="button"
          class="reaction ${me ? 'mine' : ''}"
          aria-pressed=${me}
          aria-label="${emojiText(emoji)}, ${count} ${count === 1 ? 'reaction' : 'reactions'}"
          @click=${() => toggleReaction(app, message, emojiKey(emoji))}
        >
          <span aria-hidden="true">${emojiText(emoji)}</span> ${count}
        </button>`,
    )}
    ${
      may(channel, Permission.addReactions)
        ? html`<button type="button" class="reaction add" aria-label="Add reaction" @click=${more}>
            ${icon('react')}
          </button>`
        : nothing
    }
  </div>`;
}
