import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { live } from '/web/lib/lit-html/directives/live.js';
import { addFiles, keyInComposer, pick, type } from '../do/compose.js';
import { draftIn } from '../do/drafts.js';
import { send } from '../do/messages.js';
import {
  ChannelKind,
  Permission,
  channelName,
  guildOf,
  may,
  maySend,
  memberOf,
  shownName,
} from '../model/places.js';
import { commandLine } from './command-line.js';
import { sizeOf } from './files.js';
import { icon } from './icons.js';
import { list, listOf } from './list.js';

/** @import { App, Channel, Choosable, Draft, Html, Suggestion } from '../types.d.ts' */

/** Where one writes and where commands begin. @param {App} app @param {Channel} channel @returns {Html} */
export function composer(app, channel) {
  if (!maySend(channel)) {
    return html`<p class="composer closed">You do not have permission to send messages in this channel.</p>`;
  }
  const draft = draftIn(app, channel.id);
  if (draft.line !== null) return commandLine(app, channel, draft.line);
  const dropped = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    void addFiles(app, channel.id, event.dataTransfer?.files ?? []);
  };
  return html`<form
    class="composer"
    aria-label="Write a message"
    @submit=${(/** @type {Event} */ e) => e.preventDefault()}
    @drop=${dropped}
    @dragover=${(/** @type {Event} */ e) => e.preventDefault()}
  >
    ${picker(app, channel, draft)} ${replying(app, channel, draft)} ${files(app, draft)}
    <div class="composer-line">
      ${may(channel, Permission.attachFiles) ? upload(app, channel) : nothing} ${input(app, channel, draft)}
      <button
        type="submit"
        class="send"
        aria-label="Send"
        ?disabled=${draft.text.trim() === '' && draft.files.length === 0}
        @click=${() => send(app, channel.id)}
      >
        ${icon('send')}
      </button>
    </div>
  </form>`;
}

/** @param {App} app @param {Channel} channel @param {Draft} draft @returns {Html} */
function input(app, channel, draft) {
  const sign = channel.type === ChannelKind.dm ? '@' : '#';
  const label = `Message ${sign}${channelName(channel)}`;
  const rows = Math.min(Math.max(draft.text.split('\n').length, 1), 10);
  const pasted = (/** @type {ClipboardEvent} */ event) => {
    const { files } = event.clipboardData ?? {};
    if (!files || files.length === 0) return;
    event.preventDefault();
    void addFiles(app, channel.id, files);
  };
  return html`<textarea
    id="composer-text"
    rows=${rows}
    maxlength="2000"
    placeholder=${label}
    aria-label=${label}
    aria-autocomplete="list"
    aria-controls=${draft.picker ? 'picker' : nothing}
    aria-activedescendant=${draft.picker ? `picker-${draft.picker.active}` : nothing}
    autocomplete="off"
    .value=${live(draft.text)}
    @input=${(/** @type {Event} */ event) => type(app, channel.id, /** @type {HTMLTextAreaElement} */ (event.currentTarget))}
    @keydown=${(/** @type {KeyboardEvent} */ event) => keyInComposer(app, channel.id, event)}
    @paste=${pasted}
  ></textarea>`;
}

/** @param {App} app @param {Channel} channel @returns {Html} */
function upload(app, channel) {
  const chosen = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    void addFiles(app, channel.id, [...(input.files ?? [])]);
    input.value = '';
  };
  return html`<label class="upload" title="Upload files"
    >${icon('plus')}<input type="file" multiple aria-label="Upload files" @change=${chosen}
  /></label>`;
}

/** @param {App} app @param {Channel} channel @param {Draft} draft @returns {Html} */
function picker(app, channel, draft) {
  if (draft.picker === null) return nothing;
  const { kind, items, active } = draft.picker;
  const choose = (/** @type {number} */ index) => pick(app, channel.id, index);
  if (kind !== 'command') {
    const heading = kind === 'channel' ? 'Channels' : 'Members and roles';
    return list('picker', heading, listOf(/** @type {Suggestion[]} */ (items)), active, choose);
  }
  const guild = app.state.sight ? guildOf(app.state.sight, channel.guild_id ?? '') : undefined;
  const rows = /** @type {Choosable[]} */ (items).map(({ path, description, options, app: application }) => {
    const user =
      memberOf(guild, application)?.user ?? channel.recipients?.find(({ id }) => id === application);
    return html`<span class="item-main"
        ><strong>/${path}</strong>
        ${options.map(({ name, required }) => html`<span class="option-name">${name}${required ? '' : '?'}</span> `)}</span
      >
      <span class="item-detail">${description}</span><span class="item-side">${shownName(user)}</span>`;
  });
  return list('picker', 'Commands', rows, active, choose);
}

/** @param {App} app @param {Channel} channel @param {Draft} draft @returns {Html} */
function replying(app, channel, draft) {
  const message = app.state.histories.get(channel.id)?.messages.find(({ id }) => id === draft.replyTo);
  if (message === undefined) return nothing;
  const cancel = () => {
    draft.replyTo = null;
    app.refresh();
  };
  return html`<div class="replying">
    Replying to <strong>${shownName(message.author)}</strong>
    <button type="button" aria-label="Cancel the reply" @click=${cancel}>${icon('close')}</button>
  </div>`;
}

/** @param {App} app @param {Draft} draft @returns {Html} */
function files(app, draft) {
  if (draft.files.length === 0) return nothing;
  const drop = (/** @type {number} */ index) => {
    draft.files.splice(index, 1);
    app.refresh();
  };
  return html`<ul class="draft-files">
    ${draft.files.map(
      ({ name, size }, index) =>
        html`<li>
          ${icon('file')}<span>${name}</span><span class="muted">${sizeOf(size)}</span>
          <button type="button" aria-label="Remove ${name}" @click=${() => drop(index)}>
            ${icon('trash')}
          </button>
        </li>`,
    )}
  </ul>`;
}
