import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { choose, press } from '../do/interact.js';
import { openSelect } from '../do/popups.js';
import { guildOf } from '../model/places.js';
import { channels, people, roles } from '../model/suggest.js';
import { icon } from './icons.js';
import { webAddress } from './markdown.js';

/** @import { App, Channel, Html, Message, SelectMenu, Suggestion } from '../types.d.ts' */

/** Any component; what is read of it, its type has: https://docs.discord.com/developers/components/reference @typedef {any} Part */

export const Kind = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
};

const STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'secondary', 'primary'];
const LINK_STYLE = 5;

/** @param {App} app @param {Message} message @param {Part} part @returns {Html} */
export function button(app, message, part) {
  const { label, emoji, style, url, custom_id: customId, disabled = false } = part;
  const content = html`${emoji ? html`<span class="button-emoji" aria-hidden=${label ? 'true' : 'false'}>${emojiText(emoji)}</span>` : nothing}${label ?? ''}`;
  if (style === LINK_STYLE) return linkButton(url, content, disabled);
  const isPending = app.state.pending.has(`${message.id} ${customId}`);
  return html`<button
    type="button"
    class="button ${STYLES[style] ?? 'secondary'} ${isPending ? 'pending' : ''}"
    ?disabled=${disabled}
    aria-busy=${isPending}
    @click=${() => press(app, message, customId)}
  >
    <span class="button-label">${content}</span>
  </button>`;
}

/** @param {string} url @param {Html} content @param {boolean} isDisabled @returns {Html} */
function linkButton(url, content, isDisabled) {
  const address = webAddress(url);
  if (address === null || isDisabled)
    return html`<button type="button" class="button secondary" disabled>${content}</button>`;
  return html`<a
    class="button secondary"
    href=${address}
    target="_blank"
    rel="noopener noreferrer nofollow ugc"
    >${content} ${icon('launch')}</a
  >`;
}

/** A select of a message. @param {App} app @param {Message} message @param {Part} part @param {Channel} channel @returns {Html} */
export function select(app, message, part, channel) {
  const key = `${message.id} ${part.custom_id}`;
  const menu = menuOf(app, part, channel, (values) => choose(app, message, part.custom_id, values), key);
  return selectBox(app, menu, part, app.state.pending.has(key));
}

/** @param {App} app @param {SelectMenu} menu @param {Part} part @param {boolean} isPending @returns {Html} */
export function selectBox(app, menu, part, isPending) {
  const names = menu.chosen.map(
    (value) => menu.options.find((option) => option.value === value)?.label ?? value,
  );
  const shown = names.length > 0 ? names.join(', ') : menu.label;
  return html`<button
    type="button"
    class="select ${names.length > 0 ? '' : 'empty'} ${isPending ? 'pending' : ''}"
    aria-haspopup="listbox"
    aria-label="${menu.label}${names.length > 0 ? `: ${names.join(', ')}` : ''}"
    aria-busy=${isPending}
    ?disabled=${part.disabled ?? false}
    @click=${(/** @type {Event} */ event) => openSelect(app, event, menu)}
  >
    <span class="select-value">${shown}</span>${icon('chevron')}
  </button>`;
}

/** @param {App} app @param {Part} part @param {Channel} channel @param {(values: string[]) => void} done @param {string} key @returns {SelectMenu} */
export function menuOf(app, part, channel, done, key) {
  const { type, placeholder, min_values: min = 1, max_values: max = 1 } = part;
  const options = optionsOf(app, part, channel);
  const chosen =
    type === Kind.stringSelect
      ? part.options
          .filter((/** @type {Part} */ option) => option.default)
          .map((/** @type {Part} */ { value }) => value)
      : (part.default_values ?? []).map((/** @type {Part} */ { id }) => id);
  return { key, type, label: placeholder || 'Make a selection', min, max, options, chosen, done };
}

/** @param {App} app @param {Part} part @param {Channel} channel @returns {Suggestion[]} */
function optionsOf({ state: { sight } }, part, channel) {
  if (sight === null) return [];
  const guild = guildOf(sight, channel.guild_id ?? '');
  switch (part.type) {
    case Kind.userSelect:
      return people(sight, guild, channel);
    case Kind.roleSelect:
      return roles(guild);
    case Kind.mentionableSelect:
      return [...people(sight, guild, channel), ...roles(guild)];
    case Kind.channelSelect:
      return channels(guild, part.channel_types);
    default:
      return part.options.map((/** @type {Part} */ { label, value, description, emoji }) => ({
        value,
        label,
        detail: description,
        icon: emoji ? emojiText(emoji) : undefined,
      }));
  }
}

/** A server's own emoji have no picture here. @param {{ id?: string | null, name?: string | null }} emoji */
export function emojiText({ id, name }) {
  return id ? `:${name ?? ''}:` : (name ?? '');
}
