import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { openPeople } from '../do/popups.js';
import { openChannel } from '../do/messages.js';
import { isOpen, toggleSide } from '../do/side.js';
import { switchTheme } from '../do/theme.js';
import { ChannelKind, channelName, channelOf, isThread } from '../model/places.js';
import { icon } from './icons.js';

/** @import { App, Channel, Html, Side } from '../types.d.ts' */

/** @param {App} app @returns {Html} */
export function header(app) {
  const { state } = app;
  const channel = state.sight ? channelOf(state.sight, state.place.channelId) : undefined;
  const isDark = state.theme === 'dark';
  const channels = () => {
    state.drawer = state.drawer === 'channels' ? null : 'channels';
    app.refresh();
  };
  return html`<header class="header">
    <button
      type="button"
      class="only-narrow"
      aria-label="Servers and channels"
      aria-expanded=${state.drawer === 'channels'}
      @click=${channels}
    >
      ${icon('menu')}${state.unread.size > 0 ? html`<span class="dot" aria-hidden="true"></span>` : nothing}
    </button>
    ${channel ? title(app, channel) : html`<h1>A local Discord</h1>`}
    <span class="space"></span>
    <button
      type="button"
      aria-label=${isDark ? 'Light colours' : 'Dark colours'}
      title=${isDark ? 'Light colours' : 'Dark colours'}
      @click=${() => switchTheme(app)}
    >
      ${icon(isDark ? 'sun' : 'moon')}
    </button>
    ${state.guide.tips.length > 0 ? sideButton(app, 'guide', 'Guide', 'guide') : nothing}
    ${channel?.guild_id ? sideButton(app, 'members', 'Members', 'members') : nothing}
  </header>`;
}

/** @param {App} app @param {Side} side @param {string} label @param {Parameters<typeof icon>[0]} picture @returns {Html} */
function sideButton(app, side, label, picture) {
  return html`<button
    type="button"
    aria-label=${label}
    title=${label}
    aria-expanded=${isOpen(app, side)}
    @click=${() => toggleSide(app, side)}
  >
    ${icon(picture)}
  </button>`;
}

/** @param {App} app @param {Channel} channel @returns {Html} */
function title(app, channel) {
  const parent =
    isThread(channel) && app.state.sight ? channelOf(app.state.sight, channel.parent_id ?? null) : undefined;
  const sign = channel.type === ChannelKind.dm ? nothing : icon(isThread(channel) ? 'thread' : 'hash');
  return html`${parent ? html`<button type="button" class="parent" @click=${() => openChannel(app, parent.id)}>${icon('hash')}${parent.name}</button><span aria-hidden="true">›</span>` : nothing}
    <h1>${sign}<span>${channelName(channel)}</span></h1>
    ${channel.topic ? html`<p class="topic">${channel.topic}</p>` : nothing}`;
}

/** Who one is, and the way to be somebody else. @param {App} app @returns {Html} */
export function you(app) {
  const { people, personId } = app.state;
  const figure = people.find(({ id }) => id === personId);
  if (figure === undefined) return nothing;
  const open = (/** @type {Event} */ event) => openPeople(app, event);
  return html`<button type="button" class="you" aria-haspopup="menu" @click=${open}>
    ${whoIs(figure)}<span class="switch">Switch<span class="for-readers"> who you are</span></span>
  </button>`;
}

/** @param {import('../types.d.ts').Figure} figure */
function whoIs(figure) {
  return html`<span class="you-name"
    ><strong><span class="for-readers">You are </span>${figure.global_name ?? figure.username}</strong
    ><span class="muted">${roleOf(figure)}</span></span
  >`;
}

/** @param {import('../types.d.ts').Figure} figure */
export function roleOf({ owner, roles }) {
  if (owner) return 'owns the server';
  return roles.length > 0 ? roles.join(', ') : 'no roles';
}
