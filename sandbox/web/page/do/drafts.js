/** @import { App, Draft } from '../types.d.ts' */

/** What stands in the input of a channel; kept while one looks elsewhere. @param {App} app @param {string} channelId @returns {Draft} */
export function draftIn({ state: { drafts } }, channelId) {
  const known = drafts.get(channelId);
  if (known !== undefined) return known;
  /** @type {Draft} */
  const draft = { text: '', replyTo: null, files: [], line: null, picker: null, typingToldAt: 0 };
  drafts.set(channelId, draft);
  return draft;
}

/** Shows what changed at once, and gives an element of it the focus: who types on, types there. @param {App} app @param {string} selector */
export function focusOn(app, selector) {
  app.show();
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) return;
  element.focus();
  if (
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && element.type === 'text')
  ) {
    element.setSelectionRange(element.value.length, element.value.length);
  }
}

/** @param {File} file @returns {Promise<import('../types.d.ts').PickedFile>} */
export async function picked(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return {
    name: file.name,
    contentType: file.type || 'application/octet-stream',
    data: base64(bytes),
    size: file.size,
  };
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  const parts = [];
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + step)));
  return btoa(parts.join(''));
}
