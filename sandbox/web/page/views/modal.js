import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { ref } from '/web/lib/lit-html/directives/ref.js';
import { closeModal, submitModal } from '../do/interact.js';
import { Kind } from './controls.js';
import { field } from './fields.js';
import { icon } from './icons.js';
import { rich } from './markdown.js';

/** @import { App, Html, OpenModal } from '../types.d.ts' */
/** @import { Part } from './controls.js' */

/** A form that an application opened. @param {App} app @returns {Html} */
export function modalView(app) {
  const { modal } = app.state;
  if (modal === null) return nothing;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void submitModal(app);
  };
  const cancel = (/** @type {Event} */ event) => {
    event.preventDefault();
    closeModal(app);
  };
  const parts = /** @type {Part[]} */ (/** @type {unknown} */ (modal.form.components));
  return html`<dialog class="modal" aria-labelledby="modal-title" @cancel=${cancel} ${ref(opened)}>
    <form @submit=${submit}>
      <header>
        <h2 id="modal-title">${modal.form.title}</h2>
        <button type="button" aria-label="Close" @click=${cancel}>${icon('close')}</button>
      </header>
      <div class="fields">${parts.map((part) => formPart(app, modal, part))}</div>
      ${modal.error ? html`<p class="failure" role="alert">${modal.error}</p>` : nothing}
      <footer>
        <button type="button" class="button secondary" @click=${cancel}>Cancel</button>
        <button type="submit" class="button primary" ?disabled=${modal.isSent}>Submit</button>
      </footer>
    </form>
  </dialog>`;
}

/** @param {App} app @param {OpenModal} modal @param {Part} part @returns {Html} */
function formPart(app, modal, part) {
  if (part.type === Kind.text) return html`<div class="text">${rich(app, part.content)}</div>`;
  if (part.type === Kind.label) return field(app, modal, part.component, part.label, part.description);
  if (part.type === Kind.row) {
    return html`${part.components.map((/** @type {Part} */ one) => field(app, modal, one, one.label ?? one.placeholder ?? '', ''))}`;
  }
  return nothing;
}

/** A dialog shown as a modal keeps the focus in itself. @param {Element | undefined} element */
function opened(element) {
  if (!(element instanceof HTMLDialogElement)) return;
  requestAnimationFrame(() => {
    if (!element.isConnected || element.open) return;
    element.showModal();
    const first = element.querySelector('.fields input, .fields textarea, .fields button');
    if (first instanceof HTMLElement) first.focus();
  });
}
