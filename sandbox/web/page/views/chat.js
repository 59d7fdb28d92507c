import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { guard } from '/web/lib/lit-html/directives/guard.js';
import { ref } from '/web/lib/lit-html/directives/ref.js';
import { repeat } from '/web/lib/lit-html/directives/repeat.js';
import { openChannel } from '../do/messages.js';
import { goToPresent, readEarlier } from '../do/places.js';
import { arranged, isEphemeral } from '../model/histories.js';
import {
  ChannelKind,
  channelName,
  channelOf,
  isThread,
  memberOf,
  guildOf,
  shownName,
  userOf,
} from '../model/places.js';
import { composer } from './composer.js';
import { icon } from './icons.js';
import { messageRow, whatRowShows } from './message.js';
import { moveAmongMessages, scrolled } from './scroll.js';

/** @import { App, Channel, Html, Message } from '../types.d.ts' */

/** The channel of now: what was said in it, and where one writes. @param {App} app @returns {Html} */
export function chat(app) {
  const { sight, place } = app.state;
  const channel = sight ? channelOf(sight, place.channelId) : undefined;
  if (channel === undefined) return nowhere(app);
  return html`<main class="chat" aria-label=${titleOf(channel)}>
    ${messages(app, channel)}
    <div class="typing" aria-live="polite">${typing(app, channel)}</div>
    ${composer(app, channel)}
  </main>`;
}

/** @param {Channel} channel */
export function titleOf(channel) {
  if (channel.type === ChannelKind.dm) return `Direct messages with ${channelName(channel)}`;
  return isThread(channel) ? `Thread ${channel.name}` : `Channel ${channel.name}`;
}

/** @param {App} app @param {Channel} channel @returns {Html} */
function messages(app, channel) {
  const history = app.state.histories.get(channel.id);
  const shown = (history?.messages ?? [])
    .map(openedOut)
    .filter((one) => !(isEphemeral(one) && app.state.dismissed.has(one.id)));
  return html`<div
      class="scroller"
      role="log"
      aria-label="Messages in ${channelName(channel)}"
      tabindex="0"
      @keydown=${moveAmongMessages}
      ${ref(scrolled(app, channel.id))}
    >
      ${history?.isMoreBefore ? html`<button type="button" class="earlier" @click=${() => readEarlier(app)}>Show earlier messages</button>` : beginning(app, channel)}
      <ol class="messages">
        ${repeat(
          arranged(shown),
          ({ message }) => message.id,
          (one) => guard(whatRowShows(app, one, channel), () => messageRow(app, one, channel)),
        )}
      </ol>
    </div>
    ${history?.isMoreAfter ? html`<button type="button" class="present" @click=${() => goToPresent(app)}>You’re viewing older messages · Jump to present ${icon('jump')}</button>` : nothing}`;
}

/** What a thread hangs on stands at its beginning as it was said. @param {Message} message @returns {Message} */
function openedOut(message) {
  const { type, id, channel_id: channelId, referenced_message: original } = message;
  if (type !== THREAD_STARTER || !original) return message;
  return { ...original, id, channel_id: channelId };
}

const THREAD_STARTER = 21;

/** @param {App} app @param {Channel} channel @returns {Html} */
function beginning(app, channel) {
  if (!app.state.histories.has(channel.id)) return nothing;
  const name = channelName(channel);
  if (channel.type === ChannelKind.dm) {
    return html`<div class="beginning">
      <h2>${name}</h2>
      <p>This is the beginning of your direct messages with ${name}.</p>
    </div>`;
  }
  if (isThread(channel)) {
    const back = () => channel.parent_id && openChannel(app, channel.parent_id);
    return html`<div class="beginning">
      <span class="big-icon">${icon('thread')}</span>
      <h2>${name}</h2>
      <p>A thread. <button type="button" class="link" @click=${back}>To its channel</button></p>
    </div>`;
  }
  return html`<div class="beginning">
    <span class="big-icon">${icon('hash')}</span>
    <h2>Welcome to #${name}!</h2>
    <p>This is the start of the #${name} channel.${channel.topic ? ` ${channel.topic}` : ''}</p>
  </div>`;
}

/** @param {App} app @param {Channel} channel @returns {Html} */
function typing({ state: { typing, sight } }, channel) {
  const writers = [...(typing.get(channel.id) ?? [])].filter(([, until]) => until > Date.now());
  if (writers.length === 0 || sight === null) return nothing;
  const guild = guildOf(sight, channel.guild_id ?? '');
  const names = writers.map(([id]) => shownName(userOf(sight, id), memberOf(guild, id)));
  const who = names.length > 3 ? 'Several people' : new Intl.ListFormat('en').format(names);
  const are = names.length > 1 ? 'are' : 'is';
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    <strong>${who}</strong> ${are} typing…`;
}

/** @param {App} app @returns {Html} */
function nowhere({ state: { sight, place } }) {
  if (sight === null) return html`<main class="chat nowhere"><p>Opening this Discord…</p></main>`;
  const isDirect = place.guildId === '@me' && place.channelId === null;
  return html`<main class="chat nowhere">
    <h2>${isDirect ? 'No direct messages yet' : 'Nothing to see here'}</h2>
    <p>
      ${isDirect ? 'Choose a member of a server to write to them.' : `${shownName(sight.you)} has no access to this channel, or it does not exist.`}
    </p>
  </main>`;
}
