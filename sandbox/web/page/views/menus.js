import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { runOnMessage } from '../do/interact.js';
import { copy, copyLink, remove, startEdit, startReply, startThread } from '../do/messages.js';
import { closePopup, openPopup } from '../do/popups.js';
import { attempt } from '../do/tell.js';
import { become } from '../do/visit.js';
import { isEphemeral, isSystem } from '../model/histories.js';
import { Permission, channelOf, guildOf, isThread, may, memberOf, shownName } from '../model/places.js';
import { avatar } from './avatar.js';
import { roleOf } from './header.js';
import { icon } from './icons.js';

/** @import { App, Command, Html, Popup } from '../types.d.ts' */

/** What can be done with a message. @param {App} app @param {Popup & { kind: 'menu' }} popup @returns {Html} */
export function messageMenu(app, popup) {
  const { message, box, isApps } = popup;
  const channel = app.state.sight && channelOf(app.state.sight, message.channel_id);
  if (!channel) return nothing;
  if (isApps) return menu('Apps', [html`<div class="menu-head">Apps</div>`, ...apps(app, popup)]);
  const isOwn = message.author.id === app.state.personId && !isSystem(message);
  const isLasting = !isEphemeral(message);
  const mayDelete = isOwn || may(channel, Permission.manageMessages);
  const mayStart =
    !isThread(channel) && channel.guild_id !== undefined && may(channel, Permission.createThreads);
  const hasThread = ((message.flags ?? 0) & 32) !== 0;
  return menu('Message', [
    isLasting
      ? item('Add reaction', 'react', () => openPopup(app, { kind: 'reactions', message, box }))
      : nothing,
    isLasting ? item('Reply', 'reply', () => startReply(app, message)) : nothing,
    isOwn ? item('Edit message', 'edit', () => startEdit(app, message)) : nothing,
    mayStart && isLasting && !hasThread
      ? item('Start thread', 'thread', () => startThread(app, message))
      : nothing,
    message.content
      ? item('Copy text', 'copy', () => copy(app, message.content, 'The text is copied.'))
      : nothing,
    isLasting ? item('Copy message link', 'link', () => copyLink(app, message)) : nothing,
    html`<div class="menu-head" role="presentation">Apps</div>`,
    ...apps(app, popup),
    isLasting && mayDelete ? item('Delete message', 'trash', () => remove(app, message), 'danger') : nothing,
  ]);
}

/** @param {App} app @param {Popup & { kind: 'menu' }} popup @returns {Html[]} */
function apps(app, { message, commands }) {
  if (commands === null) return [html`<div class="menu-note" role="presentation">Loading…</div>`];
  if (commands.length === 0)
    return [html`<div class="menu-note" role="presentation">No app offers anything here.</div>`];
  return commands.map((command) =>
    item(command.name, 'apps', () => runOnMessage(app, message, command), '', ownerOf(app, command)),
  );
}

/** @param {App} app @param {Command} command */
export function ownerOf({ state: { sight, place } }, { application_id: id }) {
  const guild = sight ? guildOf(sight, place.guildId) : undefined;
  return shownName(memberOf(guild, id)?.user);
}

/** Whose eyes one looks through. @param {App} app @returns {Html} */
export function peopleMenu(app) {
  const { people, personId } = app.state;
  return menu('Switch who you are', [
    html`<div class="menu-head" role="presentation">Switch who you are</div>`,
    ...people.map((figure) => {
      const isYou = figure.id === personId;
      const choose = () => {
        closePopup(app);
        if (!isYou) void attempt(app, () => become(app, figure.id));
      };
      return html`<button
        type="button"
        role="menuitemradio"
        aria-checked=${isYou}
        tabindex="-1"
        class="menu-item person"
        @click=${choose}
      >
        ${avatar(figure, 'small')}<span
          ><strong>${shownName(figure)}</strong><br /><span class="muted">${roleOf(figure)}</span></span
        >${isYou ? html`<span aria-hidden="true">✓</span>` : nothing}
      </button>`;
    }),
  ]);
}

/** @param {string} label @param {Html[]} items @returns {Html} */
function menu(label, items) {
  return html`<div class="menu-items" role="menu" aria-label=${label} @keydown=${moveInMenu}>${items}</div>`;
}

/** @param {string} label @param {Parameters<typeof icon>[0]} sign @param {() => void} run @param {string} [className] @param {string} [side] @returns {Html} */
export function item(label, sign, run, className = '', side = '') {
  return html`<button
    type="button"
    role="menuitem"
    tabindex="-1"
    class="menu-item ${className}"
    @click=${run}
  >
    <span>${label}${side ? html` <span class="muted">${side}</span>` : nothing}</span>${icon(sign)}
  </button>`;
}

/** @param {KeyboardEvent} event */
function moveInMenu(event) {
  const items = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('button')];
  const at = items.findIndex((one) => one === document.activeElement);
  /** @type {Record<string, number>} */
  const goals = {
    ArrowDown: at + 1,
    ArrowUp: at - 1 + items.length,
    Home: 0,
    End: items.length - 1,
    Tab: at,
  };
  const goal = goals[event.key];
  if (goal === undefined) return;
  event.preventDefault();
  items[goal % items.length]?.focus();
}
