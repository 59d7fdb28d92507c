import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { ref } from '/web/lib/lit-html/directives/ref.js';
import { toggleReaction } from '../do/messages.js';
import { closePopup } from '../do/popups.js';
import { messageMenu, peopleMenu } from './menus.js';
import { profile } from './profile.js';
import { selectList } from './select-list.js';
import { icon } from './icons.js';

/** @import { App, Box, Html, Popup } from '../types.d.ts' */

const EMOJI = [...'👍👎✅❌👀🎉😄😕🚀🙏🔥💡🐛📌🤔💯'];

/** What lies over the page, one at a time: a menu, a list, a card, a picture. @param {App} app @returns {Html} */
export function popupView(app) {
  const { popup } = app.state;
  if (popup === null) return nothing;
  if (popup.kind === 'picture') return lightbox(app, popup);
  return html`<div class="popup-shade" @click=${() => closePopup(app)}></div>
    <div class="popup ${popup.kind}" ${ref(placed(popup.box, popup.kind))}>${content(app, popup)}</div>`;
}

/** @param {App} app @param {Exclude<Popup, { kind: 'picture' }>} popup @returns {Html} */
function content(app, popup) {
  switch (popup.kind) {
    case 'menu':
      return messageMenu(app, popup);
    case 'people':
      return peopleMenu(app);
    case 'profile':
      return profile(app, popup);
    case 'select':
      return selectList(app, popup);
    case 'reactions':
      return html`<div class="emoji" role="group" aria-label="Add reaction">
        ${EMOJI.map((emoji) => html`<button type="button" aria-label="React with ${emoji}" @click=${() => toggleReaction(app, popup.message, emoji)}>${emoji}</button>`)}
      </div>`;
  }
}

/** @param {App} app @param {Popup & { kind: 'picture' }} popup @returns {Html} */
function lightbox(app, { url, name }) {
  return html`<div
    class="lightbox"
    role="dialog"
    aria-modal="true"
    aria-label=${name}
    @click=${() => closePopup(app)}
  >
    <img src=${url} alt=${name} />
    <div>
      <button type="button" class="button secondary" data-first>${icon('close')} Close</button>
      <a
        class="button secondary"
        href=${url}
        download
        @click=${(/** @type {Event} */ e) => e.stopPropagation()}
        >Save</a
      >
    </div>
  </div>`;
}

/**
 * Puts a popup beside what it belongs to, and within the window; on narrow screens the style sheet puts it at the lower edge.
 * @param {Box} box @param {string} kind
 * @returns {(element: Element | undefined) => void}
 */
function placed(box, kind) {
  return (element) => {
    if (!(element instanceof HTMLElement)) return;
    const room = 8;
    if (kind === 'select') element.style.setProperty('--width', `${box.right - box.left}px`);
    requestAnimationFrame(() => {
      const { width, height } = element.getBoundingClientRect();
      const below = box.bottom + 4;
      const above = box.top - height - 4;
      const top = below + height <= innerHeight - room || above < room ? below : above;
      const left = Math.min(box.left, innerWidth - width - room);
      element.style.setProperty('--top', `${Math.max(Math.min(top, innerHeight - height - room), room)}px`);
      element.style.setProperty('--left', `${Math.max(left, room)}px`);
    });
  };
}
