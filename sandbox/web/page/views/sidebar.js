import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { go } from '../do/places.js';
import {
  ChannelKind,
  DIRECT,
  channelName,
  channelTree,
  guildOf,
  pathOf,
  threadsIn,
} from '../model/places.js';
import { avatar } from './avatar.js';
import { you } from './header.js';
import { icon } from './icons.js';

/** @import { App, Channel, Guild, Html, Place, Sight } from '../types.d.ts' */

/** Servers, and the channels of the one of now. @param {App} app @returns {Html} */
export function sidebar(app) {
  const { sight, place, drawer } = app.state;
  if (sight === null) return html`<nav class="sidebar" aria-label="Servers and channels"></nav>`;
  const guild = guildOf(sight, place.guildId);
  return html`<nav class="sidebar ${drawer === 'channels' ? 'open' : ''}" aria-label="Servers and channels">
    ${rail(app, sight)}
    <div class="channels">
      <h2 class="server-name">${guild ? guild.name : 'Direct Messages'}</h2>
      <div class="channel-list">${guild ? rooms(app, guild) : directs(app, sight)}</div>
      ${you(app)}
    </div>
  </nav>`;
}

/** @param {App} app @param {Sight} sight @returns {Html} */
function rail(app, sight) {
  return html`<ul class="rail">
    <li>${server(app, DIRECT, 'Direct Messages', icon('home'), sight.dms)}</li>
    ${sight.guilds.map((guild) => {
      const initials = guild.name
        .split(/\s+/)
        .map((word) => [...word][0])
        .join('')
        .slice(0, 3);
      return html`<li>
        ${server(app, guild.id, guild.name, initials, [...guild.channels, ...guild.threads])}
      </li>`;
    })}
  </ul>`;
}

/** @param {App} app @param {string} guildId @param {string} name @param {Html} face @param {Channel[]} channels @returns {Html} */
function server(app, guildId, name, face, channels) {
  const { unread, place } = app.state;
  const news = channels.flatMap(({ id }) => unread.get(id) ?? []);
  const mentions = news.reduce((sum, one) => sum + one.mentions, 0);
  const isHere = place.guildId === guildId;
  const marks = `${isHere ? 'here' : ''} ${news.length > 0 ? 'unread' : ''}`;
  return anchor(
    app,
    { guildId, channelId: null, messageId: null },
    `server ${marks}`,
    isHere,
    html`<span aria-hidden="true">${face}</span><span class="for-readers">${name}</span>${badge(mentions)}`,
    name,
  );
}

/** A link that can be opened in a tab of its own, too. @param {App} app @param {Place} place @param {string} className @param {boolean} isHere @param {Html} content @param {string} [label] @returns {Html} */
function anchor(app, place, className, isHere, content, label) {
  const follow = (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(app, place);
  };
  return html`<a
    class=${className}
    href=${pathOf(place)}
    aria-current=${isHere ? 'page' : 'false'}
    title=${label ?? nothing}
    @click=${follow}
    >${content}</a
  >`;
}

/** @param {App} app @param {Guild} guild @returns {Html[]} */
function rooms(app, guild) {
  return channelTree(guild)
    .filter(({ channels, category }) => channels.length > 0 || category !== null)
    .map(
      ({ category, channels }) =>
        html`${category ? html`<h3 class="category">${category.name}</h3>` : nothing}
          <ul>
            ${channels.map((channel) => room(app, guild, channel))}
          </ul>`,
    );
}

/** @param {App} app @param {Guild} guild @param {Channel} channel @returns {Html} */
function room(app, guild, channel) {
  const threads = threadsIn(guild, channel.id);
  return html`<li>
    ${entry(app, guild.id, channel, icon(channel.type === ChannelKind.voice ? 'volume' : 'hash'))}
    ${
      threads.length > 0
        ? html`<ul class="threads">
            ${threads.map((thread) => html`<li>${entry(app, guild.id, thread, nothing)}</li>`)}
          </ul>`
        : nothing
    }
  </li>`;
}

/** @param {App} app @param {string} guildId @param {Channel} channel @param {Html} sign @returns {Html} */
function entry(app, guildId, channel, sign) {
  const { place, unread } = app.state;
  const isHere = place.channelId === channel.id;
  const news = unread.get(channel.id);
  const marks = `${isHere ? 'here' : ''} ${news ? 'unread' : ''}`;
  const note = news ? html`<span class="for-readers"> (${news.messages} unread)</span>` : nothing;
  const content = html`${sign}<span class="entry-name">${channelName(channel)}</span
    >${note}${badge(news?.mentions ?? 0)}`;
  return anchor(app, { guildId, channelId: channel.id, messageId: null }, `entry ${marks}`, isHere, content);
}

/** @param {App} app @param {Sight} sight @returns {Html} */
function directs(app, sight) {
  if (sight.dms.length === 0) return html`<p class="muted">Choose a member of a server to write to them.</p>`;
  return html`<ul>
    ${sight.dms.map((dm) => {
      const [other] = dm.recipients ?? [];
      return html`<li>${entry(app, DIRECT, dm, other ? avatar(other, 'small') : nothing)}</li>`;
    })}
  </ul>`;
}

/** @param {number} mentions */
function badge(mentions) {
  return mentions > 0
    ? html`<span class="badge"><span class="for-readers">mentions: </span>${mentions}</span>`
    : nothing;
}
