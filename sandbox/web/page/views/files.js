import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { openPopup } from '../do/popups.js';
import { webAddress } from './markdown.js';
import { icon } from './icons.js';

/** @import { App, Html } from '../types.d.ts' */
/** @import { APIAttachment } from 'discord-api-types/v10' */

const SIZES = ['bytes', 'KB', 'MB', 'GB'];

/** @param {App} app @param {APIAttachment[]} attachments @returns {Html[]} */
export function attachments(app, attachments) {
  return attachments.map((attachment) => {
    const { url, filename, description, content_type: type = '', size } = attachment;
    const isPicture = /^image\/(?:png|jpeg|gif|webp|svg\+xml|avif)/.test(type);
    if (isPicture) return picture(app, url, description ?? filename, attachment);
    return fileCard(app, url, attachment.title ?? filename, size, isText(type));
  });
}

/** A picture that this server has; what is elsewhere is not loaded, but can be gone to. @param {App} app @param {string} url @param {string} description @returns {Html} */
export function picture(
  app,
  url,
  description,
  { width, height } = /** @type {{ width?: number | null, height?: number | null }} */ ({}),
) {
  const own = ownPath(app, url);
  if (own === null) return elsewhere(url, description);
  const show = (/** @type {Event} */ event) => {
    event.preventDefault();
    openPopup(app, { kind: 'picture', url: own, name: description });
  };
  return html`<button type="button" class="picture" aria-label="Show larger: ${description}" @click=${show}>
    <img src=${own} alt=${description} width=${width ?? ''} height=${height ?? ''} loading="lazy" />
  </button>`;
}

/** @param {App} app @param {string} url @param {string} name @param {number | null | undefined} size @returns {Html} */
export function fileCard(app, url, name, size, hasPreview = false) {
  const own = ownPath(app, url);
  if (own === null) return elsewhere(url, name);
  return html`<div class="file">
    ${icon('file')}
    <div>
      <a href=${own} download=${name}>${name}</a><span class="muted">${size ? sizeOf(size) : ''}</span>
    </div>
    ${hasPreview ? preview(own, name) : nothing}
  </div>`;
}

/** As much of a text as is read in a chat, characters. */
const PREVIEW = 20_000;

/** The beginning of a text, read when it is asked for. @param {string} path @param {string} name */
function preview(path, name) {
  const read = async (/** @type {Event} */ event) => {
    const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    const place = details.querySelector('pre');
    if (!details.open || place === null || place.textContent !== '') return;
    const text = await (await fetch(path)).text();
    place.textContent = text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
  };
  return html`<details @toggle=${read}>
    <summary>Preview</summary>
    <pre tabindex="0" aria-label="Beginning of ${name}"></pre>
  </details>`;
}

/** @param {string} type */
export function isText(type) {
  return /^(?:text\/|application\/(?:json|x-ndjson))/.test(type);
}

/** @param {string} url @param {string} name @returns {Html} */
function elsewhere(url, name) {
  const address = webAddress(url);
  if (address === null) return html`<span class="muted">${name}</span>`;
  return html`<a class="elsewhere" href=${address} target="_blank" rel="noopener noreferrer nofollow ugc">
    ${icon('launch')} ${name} <span class="muted">at ${new URL(address).host}, not loaded here</span></a
  >`;
}

/** What this server serves, whatever name the browser has for it. @param {App} app @param {string} url @returns {string | null} */
function ownPath({ state: { sight } }, url) {
  const origin = sight?.origin;
  return origin !== undefined && url.startsWith(`${origin}/attachments/`) ? url.slice(origin.length) : null;
}

/** @param {number} bytes */
export function sizeOf(bytes) {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), SIZES.length - 1);
  return `${Number((bytes / 1024 ** step).toFixed(2))} ${SIZES[step]}`;
}
