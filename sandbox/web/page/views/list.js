import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { ref } from '/web/lib/lit-html/directives/ref.js';

/** @import { Html, Suggestion } from '../types.d.ts' */

/**
 * A list to choose from above or below an input that keeps the focus; it names the marked one by `aria-activedescendant`.
 * @param {string} id @param {string} label @param {Html[]} rows @param {number} active @param {(index: number) => void} choose
 * @param {Html} [head]
 * @returns {Html}
 */
export function list(id, label, rows, active, choose, head) {
  // The input would lose the focus, and close the list before the click arrives.
  const keepFocus = (/** @type {Event} */ event) => event.preventDefault();
  return html`<div class="list-box" @mousedown=${keepFocus}>
    <div class="list-head">${head ?? label}</div>
    ${
      rows.length === 0
        ? nothing
        : html`<ul id=${id} role="listbox" tabindex="0" aria-label=${label}>
            ${rows.map(
              (row, index) =>
                html`<li
                  id="${id}-${index}"
                  role="option"
                  aria-selected=${index === active}
                  class=${index === active ? 'active' : ''}
                  @click=${() => choose(index)}
                  ${index === active ? ref(intoView) : nothing}
                >
                  ${row}
                </li>`,
            )}
          </ul>`
    }
  </div>`;
}

/** @param {Suggestion[]} suggestions @returns {Html[]} */
export function listOf(suggestions) {
  return suggestions.map(
    ({ label, detail, icon }) =>
      html`<span class="item-main"
          >${icon ? html`<span aria-hidden="true">${icon}</span> ` : nothing}${label}</span
        >
        ${detail ? html`<span class="item-detail">${detail}</span>` : nothing}`,
  );
}

/** @param {Element | undefined} element */
function intoView(element) {
  element?.scrollIntoView({ block: 'nearest' });
}
