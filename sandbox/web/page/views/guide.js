import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { runTip, tryTip } from '../do/guide.js';
import { sideOf } from '../do/side.js';
import { rich } from './markdown.js';

/** @import { App, Html, Tip } from '../types.d.ts' */

/** What a newcomer can try, beside the chat. @param {App} app @returns {Html} */
export function guide(app) {
  const { state } = app;
  if (sideOf(state) !== 'guide') return nothing;
  return html`<aside class="side guide ${state.drawer === 'side' ? 'open' : ''}" aria-label="Guide">
    <h2>${state.guide.title}</h2>
    <ol>
      ${state.guide.tips.map((tip, index) => row(app, tip, index))}
    </ol>
  </aside>`;
}

/** @param {App} app @param {Tip} tip @param {number} index @returns {Html} */
function row(app, tip, index) {
  const isSomewhere = tip.channel !== undefined || tip.as !== undefined;
  const label = tip.type ?? (tip.as === undefined ? 'Show me' : 'Look');
  return html`<li class="text">
    ${rich(app, tip.text)}
    ${isSomewhere ? html`<button type="button" class="button secondary" @click=${() => tryTip(app, tip)}>${label}</button>` : nothing}
    ${tip.action ? html`<button type="button" class="button primary" @click=${() => runTip(app, index)}>${tip.action}</button>` : nothing}
  </li>`;
}
