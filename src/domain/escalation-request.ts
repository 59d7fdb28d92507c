import { MAX_OPTIONS, ON_TIMEOUT, SEVERITIES } from './block.ts';
import { isBot } from './author.ts';
import type { Entry } from './entry.ts';
import { ESCALATION_KINDS } from './escalation.ts';
import type { Escalation, EscalationKind } from './escalation.ts';
import { cutMessage } from './limits.ts';

/** What an entry asks of a person. */
export type EscalationRequest = Pick<
  Escalation,
  | 'kind'
  | 'reason'
  | 'options'
  | 'default'
  | 'severity'
  | 'dedupeKey'
  | 'requestId'
  | 'timeoutAt'
  | 'onTimeout'
  | 'remark'
>;

export const OPTION_MAX = 100;
const KEY_MAX = 200;

/** Stands where an agent asks for a person and does not say why. */
export const NO_REASON = 'A decision is needed; no reason was given.';

/**
 * What an entry asks for, read from its details (see docs/agents.md for their names) so that it reaches a person whatever is in them:
 * what cannot be used is left out, and the remark says so.
 */
export function requestOf(entry: Entry): EscalationRequest {
  const details = entry.details ?? {};
  const options = readOptions(details['options']);
  const timeout = readTimeout(details, entry.at);
  return {
    kind: kindOf(entry, details['kind']),
    reason: reasonOf(entry, details),
    options: options.kept,
    default: readDefault(details['default'], options.kept),
    severity: oneOf(SEVERITIES, details['severity']) ?? 'medium',
    dedupeKey: keyOf(details['dedupe_key']),
    requestId: keyOf(details['id']),
    timeoutAt: timeout.at,
    onTimeout: oneOf(ON_TIMEOUT, details['on_timeout']) ?? 'hold',
    remark: [...options.remarks, ...timeout.remarks].join(' ') || null,
  };
}

/** What tells that two escalations ask the same; null when each is one of its own. Keys and questions are compared as words. */
export function sameQuestionKey({ kind, reason, dedupeKey, requestId }: EscalationRequest): string | null {
  if (dedupeKey !== null) return `key ${normalised(dedupeKey)}`;
  // Each has the agent's own buttons, and each wants an answer.
  if (kind === 'approval' || kind === 'turn_limit' || requestId !== null) return null;
  return `reason ${normalised(reason)}`;
}

export function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function kindOf({ author }: Entry, kind: unknown): EscalationKind {
  if (!isBot(author)) return 'person';
  const known = oneOf(ESCALATION_KINDS, kind);
  return known === null || known === 'person' ? 'question' : known;
}

/** A known format has its question in the message, beside which it may give a reason; a block says in `reason` what it wants. */
function reasonOf({ origin, message }: Entry, { reason }: Record<string, unknown>): string {
  const why = textOf(reason);
  const said = origin === 'inferred' ? message.replace(ANNOUNCEMENT, '') : message;
  const both = why === '' || said.includes(why) ? said : `${said}\n${why}`;
  return cutMessage((origin === 'reported' && why !== '' ? why : both).trim()) || NO_REASON;
}

/** `🚨 Escalation:` says what the card says anyway. */
const ANNOUNCEMENT = /^🚨\s*escalation\b[\s:：–—-]*/iu;

function readOptions(value: unknown): { kept: string[]; remarks: string[] } {
  const given = Array.isArray(value) ? value.map(labelOf).filter((label) => label !== '') : [];
  const words = given.map(normalised);
  const distinct = given.filter((_, index) => words.indexOf(words[index]!) === index);
  const left = distinct.length - MAX_OPTIONS;
  return {
    kept: distinct.slice(0, MAX_OPTIONS),
    remarks: left > 0 ? [`${left} more ${left === 1 ? 'option' : 'options'} than can be shown.`] : [],
  };
}

/** An option is a text, or an object that carries one. */
function labelOf(option: unknown): string {
  const label =
    typeof option === 'object' && option !== null ? (option as { label?: unknown }).label : option;
  return cut(textOf(label), OPTION_MAX);
}

function readDefault(value: unknown, options: readonly string[]): string | null {
  const words = cut(textOf(value), OPTION_MAX);
  if (words === '') return null;
  return options.find((option) => normalised(option) === normalised(words)) ?? words;
}

/** Nobody has a chance to answer in a time that is over. */
function readTimeout(
  { timeout_ms: after, expires_at: until }: Record<string, unknown>,
  raisedAt: number,
): { at: number | null; remarks: string[] } {
  const at =
    typeof after === 'number' ? raisedAt + after : typeof until === 'string' ? Date.parse(until) : Number.NaN;
  if (!Number.isFinite(at)) return { at: null, remarks: [] };
  const rounded = Math.min(Math.round(at), MAX_INSTANT);
  return rounded > raisedAt
    ? { at: rounded, remarks: [] }
    : { at: null, remarks: ['Its time-out had passed when it was raised, so it waits.'] };
}

/** The last instant that a Date can hold, in ms. */
const MAX_INSTANT = 8.64e15;

function keyOf(value: unknown): string | null {
  const words = textOf(typeof value === 'number' ? String(value) : value);
  return words === '' ? null : cut(words, KEY_MAX);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}

/** At most `max` UTF-16 units, with a sign that there was more; no character is cut in two. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T | null {
  return words.find((word) => word === value) ?? null;
}
