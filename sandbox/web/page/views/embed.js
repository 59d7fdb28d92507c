import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { markdown } from '../model/markdown.js';
import { shortTime } from '../model/time.js';
import { tinted } from './avatar.js';
import { picture } from './files.js';
import { link, rich } from './markdown.js';

/** @import { App, Html } from '../types.d.ts' */
/** @import { APIEmbed, APIEmbedField } from 'discord-api-types/v10' */

/** @param {App} app @param {APIEmbed} embed @returns {Html} */
export function embedView(app, embed) {
  const { author, title, url, description, fields = [], image, thumbnail } = embed;
  return html`<section
    class="embed ${embed.color ? 'coloured' : ''}"
    aria-label="Embed"
    ${tinted(embed.color)}
  >
    <div class="embed-main">
      <div class="embed-text">
        ${author ? html`<div class="embed-author">${author.url ? link(app, author.url, [text(author.name)]) : author.name}</div>` : nothing}
        ${title ? html`<div class="embed-title">${url ? link(app, url, inlineOf(title)) : rich(app, title)}</div>` : nothing}
        ${description ? html`<div class="embed-description">${rich(app, description)}</div>` : nothing}
        ${fields.length > 0 ? html`<div class="embed-fields">${fields.map((field) => fieldView(app, field))}</div>` : nothing}
      </div>
      ${thumbnail ? html`<div class="embed-thumbnail">${picture(app, thumbnail.url, 'Thumbnail')}</div>` : nothing}
    </div>
    ${image ? picture(app, image.url, title ?? 'Picture') : nothing} ${footer(app, embed)}
  </section>`;
}

/** @param {App} app @param {APIEmbedField} field */
function fieldView(app, { name, value, inline }) {
  return html`<div class="embed-field ${inline ? 'inline' : ''}">
    <div class="embed-field-name">${rich(app, name)}</div>
    <div>${rich(app, value)}</div>
  </div>`;
}

/** @param {App} app @param {APIEmbed} embed */
function footer(app, { footer, timestamp }) {
  if (!footer && !timestamp) return nothing;
  const when = timestamp ? shortTime(Date.parse(timestamp), Date.now() + app.state.skew) : '';
  return html`<div class="embed-footer">${[footer?.text ?? '', when].filter(Boolean).join(' • ')}</div>`;
}

/** @param {string} value @returns {import('../model/inline.js').Inline} */
function text(value) {
  return { kind: 'text', text: value };
}

/** @param {string} title */
function inlineOf(title) {
  const [first] = markdown(title);
  return first?.kind === 'paragraph' ? first.inner : [text(title)];
}
