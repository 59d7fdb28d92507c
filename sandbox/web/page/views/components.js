import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { tinted } from './avatar.js';
import { Kind, button, select } from './controls.js';
import { fileCard, isText, picture } from './files.js';
import { rich } from './markdown.js';

/** @import { App, Channel, Html, Message } from '../types.d.ts' */
/** @import { Part } from './controls.js' */

/** The components of a message, of the first kind and of the second. @param {App} app @param {Message} message @param {Channel} channel @returns {Html[]} */
export function components(app, message, channel) {
  return (message.components ?? []).map((part) => component(app, message, part, channel));
}

/** @param {App} app @param {Message} message @param {Part} part @param {Channel} channel @returns {Html} */
function component(app, message, part, channel) {
  const inner = () => part.components.map((/** @type {Part} */ one) => component(app, message, one, channel));
  switch (part.type) {
    case Kind.row:
      return html`<div class="row">${inner()}</div>`;
    case Kind.button:
      return button(app, message, part);
    case Kind.stringSelect:
    case Kind.userSelect:
    case Kind.roleSelect:
    case Kind.mentionableSelect:
    case Kind.channelSelect:
      return select(app, message, part, channel);
    case Kind.section:
      return html`<div class="section">
        <div>${inner()}</div>
        <div class="accessory">${component(app, message, part.accessory, channel)}</div>
      </div>`;
    case Kind.text:
      return html`<div class="text">${rich(app, part.content)}</div>`;
    case Kind.thumbnail:
      return veiled(
        part,
        html`<div class="thumbnail">${picture(app, part.media.url, part.description ?? 'Thumbnail')}</div>`,
      );
    case Kind.gallery:
      return gallery(app, part);
    case Kind.file:
      return veiled(
        part,
        fileCard(app, part.file.url, part.name ?? 'File', part.size, isText(part.file.content_type ?? '')),
      );
    case Kind.separator:
      return html`<div
        class="separator ${part.divider ? 'line' : ''} ${part.spacing === 2 ? 'large' : ''}"
        role=${part.divider ? 'separator' : 'presentation'}
      ></div>`;
    case Kind.container:
      return veiled(
        part,
        html`<section
          class="container ${part.accent_color === null ? '' : 'coloured'}"
          ${tinted(part.accent_color || null)}
        >
          ${inner()}
        </section>`,
      );
    default:
      return nothing;
  }
}

/** @param {App} app @param {Part} part */
function gallery(app, part) {
  const items = part.items.map((/** @type {Part} */ { media, description, spoiler }) =>
    veiled({ spoiler }, picture(app, media.url, description ?? 'Picture', media)),
  );
  return html`<div class="gallery of-${Math.min(items.length, 3)}">${items}</div>`;
}

/** What is marked as a spoiler is shown when it is asked for. @param {Part} part @param {Html} content @returns {Html} */
function veiled({ spoiler }, content) {
  if (spoiler !== true) return content;
  return html`<details class="veil">
    <summary>Spoiler</summary>
    ${content}
  </details>`;
}
