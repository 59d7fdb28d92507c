import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { chat } from './chat.js';
import { guide } from './guide.js';
import { header } from './header.js';
import { members } from './members.js';
import { modalView } from './modal.js';
import { popupView } from './popup.js';
import { sidebar } from './sidebar.js';

/** @import { App, Html } from '../types.d.ts' */

/** Everything that is shown. @param {App} app @returns {Html} */
export function page(app) {
  const { state } = app;
  const closeDrawer = () => {
    state.drawer = null;
    app.refresh();
  };
  return html`<div class="page">
      ${sidebar(app)}
      <div class="middle">
        ${header(app)}${connection(app)}
        <div class="columns">${chat(app)}${guide(app)}${members(app)}</div>
      </div>
      ${state.drawer ? html`<button type="button" class="shade" aria-label="Close" @click=${closeDrawer}></button>` : nothing}
    </div>
    ${popupView(app)} ${modalView(app)}
    <div class="notice ${state.notice ? 'shown' : ''}" role="status">${state.notice}</div>`;
}

/** @param {App} app @returns {Html} */
function connection({ state }) {
  if (state.connection !== 'lost') return nothing;
  return html`<p class="lost" role="alert">
    The connection is lost. Trying again… Is this Discord still running?
  </p>`;
}
