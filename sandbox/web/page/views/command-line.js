import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { live } from '/web/lib/lit-html/directives/live.js';
import {
  addOption,
  attachTo,
  dropLine,
  dropOption,
  enterOption,
  fillOption,
  optionOf,
  remaining,
  runLine,
  takeSuggestion,
} from '../do/command-line.js';
import { movedIn } from '../do/compose.js';
import { OptionKind } from '../model/commands.js';
import { icon } from './icons.js';
import { list, listOf } from './list.js';

/** @import { App, Channel, CommandLine, Html, OptionEntry } from '../types.d.ts' */

/** A command that is filled in, option by option; Enter runs it. @param {App} app @param {Channel} channel @param {CommandLine} line @returns {Html} */
export function commandLine(app, channel, line) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void runLine(app, channel.id);
  };
  const cancel = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    dropLine(app, channel.id);
  };
  return html`<form
    class="composer command"
    aria-label="/${line.command.path}"
    aria-busy=${line.isSent}
    @submit=${submit}
    @keydown=${cancel}
  >
    ${offered(app, line)} ${line.error ? html`<p class="failure" role="alert">${line.error}</p>` : nothing}
    <div class="composer-line">
      <span class="command-name">/${line.command.path}</span>
      ${line.entries.map((entry) => optionBox(app, channel, line, entry))} ${more(app, channel, line)}
      <span class="space"></span>
      <button type="button" aria-label="Cancel the command" @click=${() => dropLine(app, channel.id)}>
        ${icon('close')}
      </button>
      <button type="submit" class="send" aria-label="Run /${line.command.path}" ?disabled=${line.isSent}>
        ${icon('send')}
      </button>
    </div>
  </form>`;
}

/** @param {App} app @param {CommandLine} line @returns {Html} */
function offered(app, line) {
  const option = optionOf(line, line.at);
  const entry = line.entries.find(({ name }) => name === line.at);
  if (option !== undefined && entry !== undefined) {
    const choose = (/** @type {number} */ index) => {
      const suggestion = line.suggestions[index];
      if (suggestion) takeSuggestion(app, line, entry, suggestion);
    };
    const head = html`<strong>${option.name}</strong>
      ${option.description}${line.isLoading ? html` <em>· loading…</em>` : nothing}`;
    return list('options', option.name, listOf(line.suggestions), line.active, choose, head);
  }
  const rest = remaining(line);
  const rows = rest.map(
    ({ name, description }) =>
      html`<span class="item-main"><strong>${name}</strong></span
        ><span class="item-detail">${description}</span>`,
  );
  const head = html`<strong>/${line.command.path}</strong> ${line.command.description}`;
  const add = (/** @type {number} */ index) => rest[index] && addOption(app, line, rest[index].name);
  return list('options', 'Options', rows, line.active, add, head);
}

/** @param {App} app @param {Channel} channel @param {CommandLine} line @param {OptionEntry} entry @returns {Html} */
function optionBox(app, channel, line, entry) {
  const option = optionOf(line, entry.name);
  if (option?.type === OptionKind.attachment) return fileBox(app, channel, line, entry);
  const isHere = line.at === entry.name;
  const keys = (/** @type {KeyboardEvent} */ event) => keyInOption(app, channel, line, entry, event);
  return html`<label class="option ${entry.error ? 'wrong' : ''}">
    <span>${entry.name}</span>
    <input
      data-option=${entry.name}
      role="combobox"
      aria-expanded=${isHere && line.suggestions.length > 0}
      aria-controls="options"
      aria-autocomplete="list"
      aria-activedescendant=${isHere && line.active >= 0 ? `options-${line.active}` : nothing}
      aria-invalid=${entry.error !== undefined}
      aria-description=${entry.error ?? option?.description ?? ''}
      aria-required=${option?.required === true}
      autocomplete="off"
      size=${Math.min(Math.max(entry.text.length, 6), 40)}
      .value=${live(entry.text)}
      @input=${(/** @type {Event} */ e) => fillOption(app, channel.id, line, entry, /** @type {HTMLInputElement} */ (e.currentTarget).value)}
      @focus=${() => enterOption(app, channel.id, line, entry.name)}
      @keydown=${keys}
    />
    ${entry.error ? html`<span class="option-error" role="alert">${entry.error}</span>` : nothing}
  </label>`;
}

/** @param {App} app @param {Channel} channel @param {CommandLine} line @param {OptionEntry} entry @param {KeyboardEvent} event */
function keyInOption(app, channel, line, entry, event) {
  const suggestion = line.suggestions[line.active];
  if (movedIn(line, event, line.suggestions.length)) event.preventDefault();
  else if (
    (event.key === 'Enter' || event.key === 'Tab') &&
    !event.shiftKey &&
    suggestion &&
    entry.value === undefined
  ) {
    event.preventDefault();
    takeSuggestion(app, line, entry, suggestion);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    void runLine(app, channel.id);
  } else if (event.key === 'Backspace' && entry.text === '') {
    event.preventDefault();
    dropOption(app, line, entry.name);
  }
  app.refresh();
}

/** @param {App} app @param {Channel} channel @param {CommandLine} line @param {OptionEntry} entry @returns {Html} */
function fileBox(app, channel, line, entry) {
  const chosen = (/** @type {Event} */ event) =>
    attachTo(app, line, entry, /** @type {HTMLInputElement} */ (event.currentTarget).files?.[0]);
  return html`<label class="option ${entry.error ? 'wrong' : ''}">
    <span>${entry.name}</span>
    <input
      type="file"
      data-option=${entry.name}
      @change=${chosen}
      @focus=${() => enterOption(app, channel.id, line, entry.name)}
    />
    ${entry.error ? html`<span class="option-error" role="alert">${entry.error}</span>` : nothing}
  </label>`;
}

/** Where further options are added; with nothing marked, Enter runs the command. @param {App} app @param {Channel} channel @param {CommandLine} line @returns {Html} */
function more(app, channel, line) {
  const rest = remaining(line);
  const left = line.command.options.length - line.entries.length;
  const keys = (/** @type {KeyboardEvent} */ event) => {
    // What is typed may not have been shown yet.
    const fitting = remaining(line);
    const marked = fitting[line.active];
    if (movedIn(line, event, fitting.length)) event.preventDefault();
    else if ((event.key === 'Enter' || event.key === 'Tab') && marked && !event.shiftKey) {
      event.preventDefault();
      addOption(app, line, marked.name);
    } else if (event.key === 'Backspace' && line.more === '') {
      event.preventDefault();
      const last = line.entries.at(-1);
      if (last === undefined) dropLine(app, channel.id);
      else dropOption(app, line, last.name);
    }
    app.refresh();
  };
  const typed = (/** @type {Event} */ event) => {
    line.more = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    line.active = line.more === '' || remaining(line).length === 0 ? -1 : 0;
    app.refresh();
  };
  return html`<input
    id="command-more"
    role="combobox"
    aria-label=${left > 0 ? `Add an option to /${line.command.path}, or press Enter to run it` : `Press Enter to run /${line.command.path}`}
    aria-expanded=${line.at === null && rest.length > 0}
    aria-controls="options"
    aria-autocomplete="list"
    aria-activedescendant=${line.at === null && line.active >= 0 ? `options-${line.active}` : nothing}
    autocomplete="off"
    placeholder=${left > 0 ? `+${left} optional` : ''}
    .value=${live(line.more)}
    @input=${typed}
    @focus=${() => enterOption(app, channel.id, line, null)}
    @keydown=${keys}
  />`;
}
