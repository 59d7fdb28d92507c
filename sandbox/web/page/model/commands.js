/** @import { Choosable, Command, CommandOption, OptionEntry } from '../types.d.ts' */

export const CommandKind = { chat: 1, user: 2, message: 3 };

export const OptionKind = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

/** Chat commands as they are chosen, a subcommand each for itself, by name. @param {readonly Command[]} commands @returns {Choosable[]} */
export function choosables(commands) {
  return commands
    .filter(({ type }) => type === CommandKind.chat)
    .flatMap((command) => unfolded(command, [], command.application_id))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** @param {any} node @param {string[]} above @param {string} app @returns {Choosable[]} */
function unfolded(node, above, app) {
  const names = [...above, node.name];
  const options = node.options ?? [];
  const inner = options.filter(isNested);
  if (inner.length > 0) return inner.flatMap((/** @type {any} */ option) => unfolded(option, names, app));
  return [{ path: names.join(' '), app, description: node.description, options }];
}

/** @param {{ type: number }} option */
function isNested({ type }) {
  return type === OptionKind.subcommand || type === OptionKind.group;
}

/** Those that what was typed after `/` may mean, the likeliest first. @param {readonly Choosable[]} all @param {string} typed */
export function matching(all, typed) {
  const wanted = typed.trim().toLowerCase();
  const rank = (/** @type {Choosable} */ { path }) =>
    path.startsWith(wanted) ? 0 : path.includes(wanted) ? 1 : 2;
  return all.filter((one) => rank(one) < 2).sort((a, b) => rank(a) - rank(b));
}

/** Why an entry cannot be sent as it is; empty when it can. @param {CommandOption} option @param {OptionEntry | undefined} entry */
export function faultOf(option, entry) {
  if (entry === undefined || (entry.value === undefined && entry.text.trim() === '')) {
    return option.required ? 'This option is required. Specify a value.' : '';
  }
  if (entry.value !== undefined) return '';
  return parsed(option, entry.text) === undefined ? (NEEDS[option.type] ?? 'Choose one of the list.') : '';
}

/** @type {Record<number, string>} */
const NEEDS = {
  [OptionKind.integer]: 'Enter a whole number.',
  [OptionKind.number]: 'Enter a number.',
  [OptionKind.boolean]: 'Choose True or False.',
  [OptionKind.attachment]: 'Choose a file.',
};

/** What is typed, as the option takes it; undefined when it must be chosen from a list. @param {CommandOption} option @param {string} text */
export function parsed(option, text) {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const isMeant = (/** @type {string} */ name) => name.toLowerCase() === text.trim().toLowerCase();
  if (choices.length > 0)
    return choices.find(({ name, value }) => isMeant(name) || isMeant(String(value)))?.value;
  switch (option.type) {
    case OptionKind.string:
      return text;
    case OptionKind.integer:
      return /^-?\d+$/.test(text.trim()) ? Number(text) : undefined;
    case OptionKind.number:
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case OptionKind.boolean:
      return isMeant('true') ? true : isMeant('false') ? false : undefined;
    default:
      return undefined;
  }
}
