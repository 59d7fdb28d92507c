import { html } from '/web/lib/lit-html/lit-html.js';
import { focusOn } from '../do/drafts.js';
import { saveEdit } from '../do/messages.js';

/** @import { App, Html, Message } from '../types.d.ts' */

/** The input that takes a message's place while it is edited. @param {App} app @param {Message} message @returns {Html} */
export function editBox(app, message) {
  const { editing } = app.state;
  const cancel = () => {
    app.state.editing = null;
    focusOn(app, '#composer-text');
    app.refresh();
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape') cancel();
    else if (event.key === 'Enter' && !event.shiftKey) void saveEdit(app, message);
    else return;
    event.preventDefault();
  };
  const typed = (/** @type {Event} */ event) => {
    if (editing) editing.text = /** @type {HTMLTextAreaElement} */ (event.currentTarget).value;
  };
  return html`<div class="edit-box">
    <textarea
      aria-label="Edit message"
      rows="2"
      .value=${editing?.text ?? ''}
      @input=${typed}
      @keydown=${keys}
    ></textarea>
    <p>
      escape to <button type="button" class="link" @click=${cancel}>cancel</button> · enter to
      <button type="button" class="link" @click=${() => saveEdit(app, message)}>save</button>
    </p>
  </div>`;
}
