import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { ref } from '/web/lib/lit-html/directives/ref.js';
import { movedIn } from '../do/compose.js';
import { closePopup } from '../do/popups.js';
import { found } from '../model/suggest.js';

/** @import { App, Html, Popup, Suggestion } from '../types.d.ts' */
/** @typedef {Popup & { kind: 'select' }} SelectPopup */

/** From how many options on one can type to find some. */
const MANY = 8;

/** The options of a select. One that takes several is done when it is closed by Done. @param {App} app @param {SelectPopup} popup @returns {Html} */
export function selectList(app, popup) {
  const { select, text } = popup;
  const options = found(select.options, text);
  const isMulti = select.max > 1;
  const hasSearch = select.options.length > MANY;
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (movedIn(popup, event, options.length)) event.preventDefault();
    else if (event.key === 'Enter' || (event.key === ' ' && !hasSearch)) {
      if (event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      const option = options[popup.active];
      if (option) toggle(app, popup, option);
    }
    app.refresh();
  };
  const typed = (/** @type {Event} */ event) => {
    Object.assign(popup, { text: /** @type {HTMLInputElement} */ (event.currentTarget).value, active: 0 });
    app.refresh();
  };
  const isEnough = popup.chosen.length >= select.min && popup.chosen.length <= select.max;
  const active = options.length > 0 ? `select-${popup.active}` : nothing;
  return html`<div class="select-list" @keydown=${keys}>
    ${hasSearch ? html`<input data-first role="combobox" aria-label="Find in ${select.label}" aria-expanded="true" aria-controls="select-options" aria-activedescendant=${active} placeholder="Search" autocomplete="off" @input=${typed} />` : nothing}
    <ul
      id="select-options"
      role="listbox"
      aria-label=${select.label}
      aria-multiselectable=${isMulti}
      tabindex="0"
      ?data-first=${!hasSearch}
      aria-activedescendant=${active}
    >
      ${options.map((option, index) => row(app, popup, option, index))}
    </ul>
    ${options.length === 0 ? html`<p class="muted">Nothing found.</p>` : nothing}
    ${isMulti || select.min === 0 ? html`<button type="button" class="button primary" ?disabled=${!isEnough} @click=${() => finish(app, popup)}>Done (${popup.chosen.length})</button>` : nothing}
  </div>`;
}

/** @param {App} app @param {SelectPopup} popup @param {Suggestion} option @param {number} index */
function row(app, popup, option, index) {
  const { label, detail, icon, value } = option;
  const isChosen = popup.chosen.includes(String(value));
  const isActive = popup.active === index;
  return html`<li
    id="select-${index}"
    role="option"
    aria-selected=${isChosen}
    class=${isActive ? 'active' : ''}
    @click=${() => toggle(app, popup, option)}
    ${isActive ? ref(intoView) : nothing}
  >
    ${icon ? html`<span aria-hidden="true">${icon}</span>` : nothing}
    <span class="item-text"
      ><span>${label}</span>${detail ? html`<span class="item-detail">${detail}</span>` : nothing}</span
    >
    ${isChosen ? html`<span class="chosen" aria-hidden="true">✓</span>` : nothing}
  </li>`;
}

/** @param {App} app @param {SelectPopup} popup @param {Suggestion} option */
function toggle(app, popup, { value }) {
  const key = String(value);
  const { select } = popup;
  if (select.max === 1 && select.min > 0) {
    popup.chosen = [key];
    return finish(app, popup);
  }
  if (popup.chosen.includes(key)) popup.chosen = popup.chosen.filter((one) => one !== key);
  else if (select.max === 1) popup.chosen = [key];
  else if (popup.chosen.length < select.max) popup.chosen.push(key);
  app.refresh();
}

/** @param {App} app @param {SelectPopup} popup */
function finish(app, { select, chosen }) {
  closePopup(app);
  select.done(chosen);
}

/** @param {Element | undefined} element */
function intoView(element) {
  element?.scrollIntoView({ block: 'nearest' });
}
