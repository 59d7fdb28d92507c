import { faultOf, parsed } from '../model/commands.js';
import { channelOf, guildOf } from '../model/places.js';
import { suggestionsFor } from '../model/suggest.js';
import { draftIn, focusOn, picked } from './drafts.js';
import { take } from './interact.js';
import { wordsOf } from './tell.js';

/** @import { App, Choosable, CommandLine, CommandOption, OptionEntry, Suggestion } from '../types.d.ts' */

/** Typing pauses this long before an application is asked what it offers, ms. */
const PAUSE_MS = 150;

/** Begins to fill in a command: its required options stand there at once. @param {App} app @param {string} channelId @param {Choosable} command */
export function startLine(app, channelId, command) {
  const draft = draftIn(app, channelId);
  const required = command.options.filter(({ required }) => required === true);
  draft.text = '';
  draft.line = {
    command,
    entries: required.map(({ name }) => ({ name, text: '' })),
    at: null,
    more: '',
    suggestions: [],
    active: -1,
    isLoading: false,
    error: '',
    isSent: false,
  };
  goToNext(app, draft.line);
  app.refresh();
}

/** Gives the command up; what was typed to find it stands there again. @param {App} app @param {string} channelId */
export function dropLine(app, channelId) {
  const draft = draftIn(app, channelId);
  if (draft.line !== null) draft.text = `/${draft.line.command.path}`;
  draft.line = null;
  focusOn(app, '#composer-text');
  app.refresh();
}

/** To the first option that must be filled in, or to where further ones are added. @param {App} app @param {CommandLine} line */
function goToNext(app, line) {
  const missing = line.command.options.find(
    (option) => option.required && faultOf(option, entryOf(line, option.name)) !== '',
  );
  Object.assign(line, { suggestions: [], active: -1 });
  focusOn(app, missing ? `[data-option="${missing.name}"]` : '#command-more');
  app.refresh();
}

/** @param {CommandLine} line @param {string} name */
export function entryOf(line, name) {
  return line.entries.find((entry) => entry.name === name);
}

/** @param {CommandLine} line @param {string | null} name @returns {CommandOption | undefined} */
export function optionOf({ command }, name) {
  return command.options.find((option) => option.name === name);
}

/** The options that can still be added. @param {CommandLine} line */
export function remaining(line) {
  const wanted = line.more.trim().toLowerCase();
  return line.command.options.filter(
    ({ name }) => entryOf(line, name) === undefined && name.includes(wanted),
  );
}

/** @param {App} app @param {string} channelId @param {CommandLine} line @param {string | null} at */
export function enterOption(app, channelId, line, at) {
  if (line.at !== at) Object.assign(line, { at, suggestions: [], active: -1 });
  void suggest(app, channelId, line);
  app.refresh();
}

/** @param {App} app @param {string} channelId @param {CommandLine} line @param {OptionEntry} entry @param {string} text */
export function fillOption(app, channelId, line, entry, text) {
  Object.assign(entry, { text, value: undefined, error: undefined });
  line.error = '';
  void suggest(app, channelId, line, PAUSE_MS);
  app.refresh();
}

/** @param {App} app @param {CommandLine} line @param {string} name */
export function addOption(app, line, name) {
  line.entries.push({ name, text: '' });
  line.more = '';
  focusOn(app, `[data-option="${name}"]`);
  app.refresh();
}

/** @param {App} app @param {CommandLine} line @param {string} name */
export function dropOption(app, line, name) {
  if (optionOf(line, name)?.required) return;
  line.entries = line.entries.filter((entry) => entry.name !== name);
  goToNext(app, line);
}

/** @param {App} app @param {CommandLine} line @param {OptionEntry} entry @param {Suggestion} suggestion */
export function takeSuggestion(app, line, entry, { value, label }) {
  Object.assign(entry, { text: label, value, error: undefined });
  goToNext(app, line);
}

/** @param {App} app @param {CommandLine} line @param {OptionEntry} entry @param {File | undefined} file */
export async function attachTo(app, line, entry, file) {
  if (file === undefined) return;
  Object.assign(entry, { text: file.name, value: await picked(file), error: undefined });
  goToNext(app, line);
}

/** Finds what can be chosen for the option of now. @param {App} app @param {string} channelId @param {CommandLine} line */
async function suggest(app, channelId, line, pauseMs = 0) {
  const { sight } = app.state;
  const channel = sight && channelOf(sight, channelId);
  const option = optionOf(line, line.at);
  const entry = line.at === null ? undefined : entryOf(line, line.at);
  if (!sight || !channel || option === undefined || entry === undefined) return;
  const typed = entry.value === undefined ? entry.text : '';
  if (!('autocomplete' in option) || option.autocomplete !== true) {
    const guild = guildOf(sight, channel.guild_id ?? '');
    line.suggestions = suggestionsFor(option, typed, sight, guild, channel);
    line.active = typed === '' || line.suggestions.length === 0 ? -1 : 0;
    return app.refresh();
  }
  line.isLoading = true;
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  if (entry.value === undefined && entry.text !== typed) return;
  await complete(app, channelId, line, entry, typed);
}

/** @param {App} app @param {string} channelId @param {CommandLine} line @param {OptionEntry} entry @param {string} typed */
async function complete(app, channelId, line, entry, typed) {
  const { path, app: application } = line.command;
  const others = valuesOf({
    ...line,
    entries: line.entries.filter((one) => one !== entry && isFilled(line, one)),
  });
  try {
    const body = { path, app: application, focused: entry.name, value: typed, options: others };
    const answer = await app.api.act('complete', channelId, body);
    const { choices } = /** @type {{ choices: { name: string, value: string | number }[] }} */ (answer);
    if (line.at !== entry.name || (entry.value === undefined && entry.text !== typed)) return;
    line.suggestions = choices.map(({ name, value }) => ({ label: name, value }));
    line.active = -1;
  } catch (error) {
    line.suggestions = [];
    line.error = wordsOf(error);
  } finally {
    line.isLoading = false;
    app.refresh();
  }
}

/** @param {CommandLine} line @param {OptionEntry} entry */
function isFilled(line, entry) {
  const option = optionOf(line, entry.name);
  return (
    option !== undefined && (entry.value !== undefined || entry.text !== '') && faultOf(option, entry) === ''
  );
}

/** @param {CommandLine} line */
function valuesOf(line) {
  return Object.fromEntries(
    line.entries
      .filter((entry) => isFilled(line, entry))
      .map((entry) => [
        entry.name,
        sendable(
          entry.value ?? parsed(/** @type {CommandOption} */ (optionOf(line, entry.name)), entry.text),
        ),
      ]),
  );
}

/** @param {OptionEntry['value']} value */
function sendable(value) {
  return typeof value === 'object'
    ? { name: value.name, contentType: value.contentType, data: value.data }
    : value;
}

/** Runs the command, if all that it needs is there. @param {App} app @param {string} channelId */
export async function runLine(app, channelId) {
  const draft = draftIn(app, channelId);
  const { line } = draft;
  if (line === null || line.isSent) return;
  for (const option of line.command.options) {
    const entry = entryOf(line, option.name);
    if (entry !== undefined) entry.error = faultOf(option, entry) || undefined;
  }
  const wrong = line.entries.find(({ error }) => error !== undefined);
  if (wrong !== undefined) {
    focusOn(app, `[data-option="${wrong.name}"]`);
    return app.refresh();
  }
  Object.assign(line, { isSent: true, error: '', suggestions: [] });
  app.refresh();
  try {
    const { path, app: application } = line.command;
    const outcome = await app.api.act('command', channelId, {
      path,
      app: application,
      options: valuesOf(line),
    });
    if (take(app, outcome, channelId)) draft.line = null;
    else line.error = 'The application did not respond';
  } catch (error) {
    line.error = wordsOf(error);
  } finally {
    line.isSent = false;
    if (draft.line === null && app.state.modal === null) focusOn(app, '#composer-text');
    app.refresh();
  }
}
