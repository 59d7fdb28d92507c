import { html, nothing } from '/web/lib/lit-html/lit-html.js';

/** @import { Html, SelectMenu } from '../types.d.ts' */

/** A select within a form, where the browser's own serves best. @param {SelectMenu} menu @param {string} id @param {boolean} isRequired @returns {Html} */
export function inlineSelect({ options, chosen, label, max, done }, id, isRequired) {
  const change = (/** @type {Event} */ event) => {
    const { selectedOptions } = /** @type {HTMLSelectElement} */ (event.currentTarget);
    done([...selectedOptions].map(({ value }) => value).filter((value) => value !== ''));
  };
  const isMulti = max > 1;
  return html`<select id=${id} ?multiple=${isMulti} ?required=${isRequired} @change=${change}>
    ${isMulti ? nothing : html`<option value="">${label}</option>`}
    ${options.map(({ value, label: name, detail }) => html`<option value=${String(value)} ?selected=${chosen.includes(String(value))}>${name}${detail ? ` — ${detail}` : ''}</option>`)}
  </select>`;
}
