import type { Entry } from '../domain/entry.ts';
import { asideLines } from './entry-aside.ts';
import { entryHead, entryLine, noText } from './entry-line.ts';
import type { Channel } from './entry-line.ts';
import { quoted, shown } from './text.ts';

/**
 * What `/explain` shows: each step in a line, in full with the beginning of the data beside it, or with all that is known of it; what
 * was written in coordinator mode, in full; or who answered whom.
 */
export const MODES = ['summary', 'detailed', 'debug', 'coordination', 'conversations'] as const;
export type Mode = (typeof MODES)[number];

/** Longest block; longer entries go on in a further one. */
export const BLOCK_MAX = 1400;

/** Room for what stands above a block's text. */
const HEAD_MAX = 500;
const TEXT_MAX = BLOCK_MAX - HEAD_MAX;

/**
 * An entry as blocks of text, in order: one line in a summary and in conversations (there `depth` says how far it is indented), else
 * a head and then all of it.
 */
export function entryBlocks(entry: Entry, mode: Mode, channel: Channel, depth = 0): string[] {
  if (mode === 'summary') return [entryLine(entry, channel)];
  if (mode === 'conversations') return [`${indent(depth)}${entryLine(entry, channel)}`];
  const head = entryHead(entry, channel, { inWords: true });
  const pieces = quoted(entry.message, TEXT_MAX);
  const text = pieces.length > 0 ? pieces : [noText(entry)];
  if (mode !== 'debug') return [...under(head, text), ...toolError(entry), ...asideLines(entry)];
  return [
    ...under(`${head}\n${facts(entry)}`, text),
    ...toolData(entry),
    ...labelled('details', entry.details),
  ];
}

/** On a phone there is no room for more; `(to 3)` in the line says what it answers. */
const DEPTH_MAX = 5;

/** Wide spaces, because Discord drops plain ones at the beginning of a line. */
function indent(depth: number): string {
  return depth === 0 ? '' : `${'\u2003'.repeat(Math.min(depth, DEPTH_MAX) - 1)}↳ `;
}

/** When, what kind, how we know it, who caused it, and the ids: the line that makes debug mode. */
function facts(entry: Entry): string {
  const role = entry.role === null ? entry.author.kind : `${entry.author.kind}, ${entry.role}`;
  return [
    `-# ${new Date(entry.at).toISOString()}`,
    `${entry.level}/${shown(entry.category, 40)}`,
    `${entry.origin}, triggered by ${shown(entry.triggeredBy, 40)}`,
    entry.coordinatorMode ? `${role}, coordinating` : role,
    `message ${entry.messageId}`,
    `author ${shown(entry.author.key, 60)}`,
    entry.mentions.length > 0 ? `mentions ${shown(entry.mentions.join(' '), 80)}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function toolError(entry: Entry): string[] {
  return entry.tool?.error ? labelled(`${shown(entry.tool.name, 60)} failed`, entry.tool.error) : [];
}

function toolData({ tool }: Entry): string[] {
  if (!tool) return [];
  const name = shown(tool.name, 60);
  return [
    ...labelled(`${name}, ${tool.status}: input`, tool.input ?? 'none'),
    ...labelled(`${name}: output`, tool.output ?? 'none'),
    ...labelled(`${name}: error`, tool.error),
  ];
}

function labelled(label: string, value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return under(`-# ${label}`, quoted(asText(value), TEXT_MAX));
}

function under(head: string, pieces: string[]): string[] {
  const [first = '', ...rest] = pieces;
  return [`${head}\n${first}`, ...rest];
}

/** Data as a person reads it: text as it is, the rest as JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? String(value));
}
