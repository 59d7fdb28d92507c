import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { openChannel } from '../do/messages.js';
import { go } from '../do/places.js';
import { openProfile } from '../do/popups.js';
import { markdown } from '../model/markdown.js';
import { channelName, channelOf, guildOf, memberOf, placeOf, shownName, userOf } from '../model/places.js';
import { longTime, namedTime } from '../model/time.js';

/** @import { App, Html } from '../types.d.ts' */
/** @import { Block, Item } from '../model/markdown.js' */
/** @import { Inline } from '../model/inline.js' */

/** A message's text. Everything in it becomes text of an element: no markup of the message's own gets through. @param {App} app @param {string} text */
export function rich(app, text) {
  return markdown(text).map((part) => block(app, part));
}

/** @param {App} app @param {Block} part @returns {Html} */
function block(app, part) {
  switch (part.kind) {
    case 'paragraph':
      return html`<p class=${isJumbo(part.inner) ? 'jumbo' : ''}>${spans(app, part.inner)}</p>`;
    case 'subtext':
      return html`<p class="subtext">${spans(app, part.inner)}</p>`;
    case 'heading':
      return heading(app, part.level, part.inner);
    case 'code':
      return html`<pre
        tabindex="0"
        aria-label=${part.language ? `${part.language} code` : 'Code'}
      ><code>${part.text}</code></pre>`;
    case 'quote':
      return html`<blockquote>${part.blocks.map((inner) => block(app, inner))}</blockquote>`;
    case 'list': {
      const items = part.items.map((item) => listItem(app, item));
      return part.isOrdered
        ? html`<ol start=${part.start}>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
  }
}

/** Headings of messages begin below those of the page. @param {App} app @param {number} level @param {Inline[]} inner @returns {Html} */
function heading(app, level, inner) {
  return html`<div class="heading level-${level}" role="heading" aria-level=${level + 2}>
    ${spans(app, inner)}
  </div>`;
}

/** @param {App} app @param {Item} item */
function listItem(app, { inner, blocks }) {
  return html`<li>${spans(app, inner)}${blocks.map((one) => block(app, one))}</li>`;
}

/** @param {App} app @param {Inline[]} inner @returns {Html[]} */
export function spans(app, inner) {
  return inner.map((one) => span(app, one));
}

/** @param {App} app @param {Inline} one @returns {Html} */
function span(app, one) {
  switch (one.kind) {
    case 'text':
      // Spaces in a row stay apart.
      return one.text.replaceAll('  ', '\u00a0 ');
    case 'break':
      return html`<br />`;
    case 'strong':
      return html`<strong>${spans(app, one.inner)}</strong>`;
    case 'em':
      return html`<em>${spans(app, one.inner)}</em>`;
    case 'under':
      return html`<u>${spans(app, one.inner)}</u>`;
    case 'strike':
      return html`<s>${spans(app, one.inner)}</s>`;
    case 'spoiler':
      return html`<span
        class="spoiler"
        role="button"
        tabindex="0"
        aria-label="Spoiler"
        aria-expanded="false"
        @click=${reveal}
        @keydown=${revealByKey}
      >
        <span class="hidden-text">${spans(app, one.inner)}</span></span
      >`;
    case 'code':
      return html`<code>${one.text}</code>`;
    case 'link':
      return link(app, one.url, one.inner);
    case 'emoji':
      return html`:${one.name}:`;
    case 'command':
      return html`<span class="mention">/${one.name}</span>`;
    case 'everyone':
      return html`<span class="mention">${one.text}</span>`;
    case 'time':
      return time(app, one.seconds, one.style);
    default:
      return mention(app, one.kind, one.id);
  }
}

/** @param {App} app @param {number} seconds @param {string} style */
function time(app, seconds, style) {
  const now = Date.now() + app.state.skew;
  return html`<time class="named-time" title=${longTime(seconds * 1000)}
    >${namedTime(seconds, style, now)}</time
  >`;
}

/** @param {App} app @param {'user' | 'role' | 'channel'} kind @param {string} id @returns {Html} */
function mention(app, kind, id) {
  const { sight, place } = app.state;
  const guild = sight ? guildOf(sight, place.guildId) : undefined;
  if (kind === 'user') {
    const user = sight ? userOf(sight, id) : undefined;
    if (user === undefined) return html`<span class="mention">@unknown-user</span>`;
    const name = shownName(user, memberOf(guild, id));
    return html`<button
      type="button"
      class="mention"
      @click=${(/** @type {Event} */ e) => openProfile(app, e, id)}
    >
      @${name}
    </button>`;
  }
  if (kind === 'role') {
    const role = guild?.roles.find((one) => one.id === id);
    return html`<span class="mention">@${role?.name ?? 'unknown-role'}</span>`;
  }
  const channel = sight ? channelOf(sight, id) : undefined;
  if (channel === undefined) return html`<span class="mention"># no access</span>`;
  return html`<button type="button" class="mention" @click=${() => openChannel(app, id)}>
    #${channelName(channel)}
  </button>`;
}

/** Only http and https lead anywhere; links to Discord's places lead to those of this page. @param {App} app @param {string} url @param {Inline[] | null} inner @returns {Html} */
export function link(app, url, inner) {
  const address = webAddress(url);
  if (address === null) return html`${inner ? spans(app, inner) : url}`;
  const place = placeOf(address);
  const label = inner ? spans(app, inner) : url;
  if (place === null)
    return html`<a href=${address} target="_blank" rel="noopener noreferrer nofollow ugc">${label}</a>`;
  const follow = (/** @type {Event} */ event) => {
    event.preventDefault();
    go(app, place);
  };
  const channel = app.state.sight && channelOf(app.state.sight, place.channelId);
  const name = inner
    ? label
    : html`#${channel ? channelName(channel) : 'no access'}${place.messageId ? ' › 💬' : nothing}`;
  return html`<a class=${inner ? '' : 'mention'} href=${new URL(address).pathname} @click=${follow}
    >${name}</a
  >`;
}

/** The address as a browser understands it, if it is one of the web. @param {string} url @returns {string | null} */
export function webAddress(url) {
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')
    ? parsed.href
    : null;
}

/** @param {Event} event */
function reveal(event) {
  const element = /** @type {HTMLElement} */ (event.currentTarget);
  element.classList.add('shown');
  element.setAttribute('aria-expanded', 'true');
}

/** @param {KeyboardEvent} event */
function revealByKey(event) {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  reveal(event);
}

/** A few emoji alone are shown large. @param {Inline[]} inner */
function isJumbo(inner) {
  const [only, ...others] = inner;
  return others.length === 0 && only?.kind === 'text' && /^(?:\p{RGI_Emoji}\s*){1,10}$/v.test(only.text);
}
