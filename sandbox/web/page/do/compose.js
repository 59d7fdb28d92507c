import { choosables, matching } from '../model/commands.js';
import { isSystem } from '../model/histories.js';
import { channelOf, guildOf } from '../model/places.js';
import { channels, found, people, roles } from '../model/suggest.js';
import { startLine } from './command-line.js';
import { draftIn, focusOn, picked } from './drafts.js';
import { send, startEdit } from './messages.js';
import { attempt } from './tell.js';

/** @import { App, Choosable, Command, Draft, Suggestion } from '../types.d.ts' */

/** Others are told again after this long that one writes, ms. */
const TYPING_EVERY_MS = 8000;

/** @param {App} app @param {string} channelId @param {HTMLTextAreaElement} input */
export async function type(app, channelId, input) {
  const draft = draftIn(app, channelId);
  draft.text = input.value;
  tellTyping(app, channelId, draft);
  const before = input.value.slice(0, input.selectionStart);
  show(app, channelId, draft, before);
  app.refresh();
  if (draft.text !== '/' && app.state.commands.has(channelId)) return;
  if (draft.text.startsWith('/')) await learnCommands(app, channelId, draft);
}

/** Offers what can follow what stands in the input. @param {App} app @param {string} channelId */
export function offer(app, channelId) {
  return learnCommands(app, channelId, draftIn(app, channelId));
}

/** Asks what there is to choose from: bots make new commands known as they please. @param {App} app @param {string} channelId @param {Draft} draft */
async function learnCommands(app, channelId, draft) {
  const commands = await attempt(app, () => app.api.act('commands', channelId));
  app.state.commands.set(channelId, /** @type {Command[] | undefined} */ (commands) ?? []);
  if (draft.text.startsWith('/')) show(app, channelId, draft, draft.text);
  app.refresh();
}

/** @param {App} app @param {string} channelId @param {Draft} draft */
function tellTyping(app, channelId, draft) {
  const isCommand = draft.text.startsWith('/');
  if (isCommand || draft.text === '' || Date.now() - draft.typingToldAt < TYPING_EVERY_MS) return;
  draft.typingToldAt = Date.now();
  app.api.act('typing', channelId).catch(() => {});
}

/** @param {App} app @param {string} channelId @param {Draft} draft @param {string} before what stands before the cursor */
function show(app, channelId, draft, before) {
  const { sight, commands } = app.state;
  const channel = sight && channelOf(sight, channelId);
  const active = draft.picker?.active ?? 0;
  draft.picker = null;
  if (!sight || !channel) return;
  const command = COMMAND.exec(before);
  if (command !== null) {
    const items = matching(choosables(commands.get(channelId) ?? []), command[1] ?? '');
    if (items.length > 0)
      draft.picker = { kind: 'command', active: Math.min(active, items.length - 1), items };
    return;
  }
  const name = /(?:^|\s)([@#])([\w.-]*)$/.exec(before);
  if (name === null) return;
  const guild = guildOf(sight, channel.guild_id ?? '');
  const [, sign, typed = ''] = name;
  const all = sign === '#' ? channels(guild, undefined) : [...people(sight, guild, channel), ...roles(guild)];
  const items = found(all, typed).slice(0, 10);
  if (items.length > 0) draft.picker = { kind: sign === '#' ? 'channel' : 'member', active: 0, items };
}

const COMMAND = /^\/([\w -]*)$/;

/** @param {App} app @param {string} channelId @param {KeyboardEvent} event */
export function keyInComposer(app, channelId, event) {
  const draft = draftIn(app, channelId);
  const { picker } = draft;
  if (picker !== null && movedIn(picker, event)) event.preventDefault();
  else if (picker !== null && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
    event.preventDefault();
    pick(app, channelId, picker.active);
  } else if (event.key === 'Escape' && (picker !== null || draft.replyTo !== null)) {
    event.preventDefault();
    if (picker === null) draft.replyTo = null;
    draft.picker = null;
  } else if (event.key === 'ArrowUp' && draft.text === '' && !event.shiftKey) {
    editLast(app, channelId, event);
  } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    void enter(app, channelId, draft);
  }
  app.refresh();
}

/** @param {App} app @param {string} channelId @param {KeyboardEvent} event */
function editLast(app, channelId, event) {
  const { histories, personId } = app.state;
  const last = histories
    .get(channelId)
    ?.messages.findLast((one) => one.author.id === personId && !isSystem(one));
  if (last === undefined) return;
  event.preventDefault();
  startEdit(app, last);
}

/** Sends; who types a command faster than it was found still means it. @param {App} app @param {string} channelId @param {Draft} draft */
async function enter(app, channelId, draft) {
  if (COMMAND.test(draft.text)) await learnCommands(app, channelId, draft);
  if (draft.picker?.kind === 'command') pick(app, channelId, draft.picker.active);
  else await send(app, channelId);
}

/** Whether a key moved the mark in a list. @param {{ active: number, items?: unknown[] }} list @param {KeyboardEvent} event */
export function movedIn(list, { key }, length = list.items?.length ?? 0) {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || length === 0) return false;
  list.active = (Math.max(list.active, step > 0 ? -1 : 0) + step + length) % length;
  return true;
}

/** Takes what the list offers: a command to fill in, or a name. @param {App} app @param {string} channelId @param {number} index */
export function pick(app, channelId, index) {
  const draft = draftIn(app, channelId);
  const { picker } = draft;
  const item = picker?.items[index];
  if (picker === null || item === undefined) return;
  draft.picker = null;
  if (picker.kind === 'command') return startLine(app, channelId, /** @type {Choosable} */ (item));
  const { label } = /** @type {Suggestion} */ (item);
  const input = document.querySelector('#composer-text');
  const end = input instanceof HTMLTextAreaElement ? input.selectionStart : draft.text.length;
  const before = draft.text.slice(0, end).replace(/[@#][\w.-]*$/, `${label} `);
  draft.text = before + draft.text.slice(end);
  focusOn(app, '#composer-text');
  app.refresh();
}

/** @param {App} app @param {string} channelId @param {Iterable<File>} files */
export async function addFiles(app, channelId, files) {
  const draft = draftIn(app, channelId);
  for (const file of files) draft.files.push(await picked(file));
  focusOn(app, '#composer-text');
  app.refresh();
}
