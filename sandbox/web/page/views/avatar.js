import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { ref } from '/web/lib/lit-html/directives/ref.js';
import { hashOf } from '../model/ids.js';
import { nameColour, shownName } from '../model/places.js';

/** @import { Guild, User } from '../types.d.ts' */

/** As many as Discord has; the colours are in base.css. */
const TINTS = 6;

/** A letter on a colour of its own: nobody here has a picture. @param {User} user @param {string} [size] */
export function avatar(user, size = '') {
  const letter = [...shownName(user).replace(/^[^\p{L}\p{N}]+/u, '')][0] ?? '?';
  return html`<span class="avatar tint-${hashOf(user.id) % TINTS} ${size}" aria-hidden="true"
    >${letter.toUpperCase()}</span
  >`;
}

/** @param {Pick<User, 'bot'> & { discriminator?: string }} user */
export function botTag(user, isWebhook = false) {
  return user.bot ? html`<span class="tag">${isWebhook ? 'WEBHOOK' : 'BOT'}</span>` : nothing;
}

/** Gives an element a colour of a message's or a role's own; 0: none. @param {number | null | undefined} colour */
export function tinted(colour) {
  return ref((element) => {
    if (!(element instanceof HTMLElement)) return;
    if (colour) element.style.setProperty('--own', `#${(colour & 0xff_ff_ff).toString(16).padStart(6, '0')}`);
    else element.style.removeProperty('--own');
  });
}

/** @param {Guild | undefined} guild @param {User} user */
export function tintedName(guild, user) {
  return tinted(nameColour(guild, user.id));
}
