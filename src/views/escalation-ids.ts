import { SNOOZES } from '../domain/snooze.ts';
import type { Snooze } from '../domain/snooze.ts';
import { plainLine } from './text.ts';

/**
 * Where a component stands, and what is shown anew after it was used: the card itself, in its channel or opened for one person; a
 * page of a list; or nothing, for a reminder.
 */
export type Origin = 'card' | 'reminder' | ListState;

/** All that decides what a list of escalations shows. */
export interface ListState {
  /** The workspace's channel; null for all that the asker may read. */
  channelId: string | null;
  /** Only those that wait for the asker. */
  mine: boolean;
  /** From 0. */
  page: number;
}

/** What a press on a component named `escalation` asks for. */
export type EscalationPress =
  | { kind: 'list'; list: ListState }
  | ({ id: number; from: Origin } &
      /** Show the card. */
      (
        | { kind: 'open' }
        | { kind: 'acknowledge' }
        | { kind: 'dismiss' }
        | { kind: 'reopen' }
        /** Ask for words in a form: of one's own, or to an option. The form comes back under the same kind. */
        | { kind: 'words' | 'note' }
        | { kind: 'snooze'; how: Snooze }
        | { kind: 'decide'; option: string }
      ));

type Verb = Exclude<EscalationPress['kind'], 'list'>;

/** The custom id of a component or form; `detail` is the option of a button that decides. */
export function escalationId(kind: Verb, id: number, from: Origin, detail?: string): string {
  return [NAME, kind, id, writeOrigin(from), ...(detail === undefined ? [] : [detail])].join(':');
}

export function listId(list: ListState): string {
  return `${NAME}:list:${writeOrigin(list)}`;
}

const NAME = 'escalation';

/**
 * Stands for an option in custom ids and values: its number, and a sum of its words, so that a card that was not drawn anew yet never
 * decides for what it does not show.
 */
export function optionToken(option: string, index: number): string {
  return `${index}.${sumOf(option)}`;
}

/** The option that a token stands for; undefined when the options have changed. */
export function optionOf(token: string, options: readonly string[]): string | undefined {
  return options.find((option, index) => optionToken(option, index) === token);
}

/** Reads a custom id, split at its colons and without its first part, and what was selected; undefined when it is none of ours. */
export function readEscalationPress(
  [kind = '', ...rest]: readonly string[],
  values: readonly string[],
): EscalationPress | undefined {
  if (kind === 'list') {
    const list = readOrigin(rest[0] ?? '');
    return typeof list === 'object' ? { kind, list } : undefined;
  }
  const [id = '', where = '', detail = values[0]] = rest;
  const from = readOrigin(where);
  if (from === undefined || !/^\d{1,15}$/.test(id)) return undefined;
  const about = { id: Number(id), from };
  if (kind === 'decide') return detail === undefined ? undefined : { ...about, kind, option: detail };
  if (kind === 'snooze') {
    const how = SNOOZES.find((one) => one === detail);
    return how && { ...about, kind, how };
  }
  const plain = PLAIN.find((one) => one === kind);
  return plain && { ...about, kind: plain };
}

const PLAIN = ['open', 'acknowledge', 'dismiss', 'reopen', 'words', 'note'] as const;

function writeOrigin(from: Origin): string {
  if (typeof from === 'string') return from;
  return `${from.channelId ?? ALL}-${from.mine ? 'mine' : ALL}-${from.page}`;
}

function readOrigin(text: string): Origin | undefined {
  if (text === 'card' || text === 'reminder') return text;
  const match = /^(\d{1,20}|all)-(mine|all)-(\d{1,4})$/.exec(text);
  if (!match) return undefined;
  const [, channel, whose, page] = match;
  return { channelId: channel === ALL ? null : channel!, mine: whose === 'mine', page: Number(page) };
}

const ALL = 'all';

/** FNV-1a, 32 bits, in base 36. */
function sumOf(option: string): string {
  let value = 0x811c9dc5;
  for (const character of plainLine(option, 4000))
    value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193);
  return (value >>> 0).toString(36);
}
