import type { Entry } from '../domain/entry.ts';
import { shown } from './text.ts';

/** Longest line; debug mode has all of it. */
const LINE_MAX = 300;

/**
 * What a step says beside its text, a line each: what its tool was given and what came out, what else was considered, what stood there
 * before it was corrected, and whatever else its author told of it.
 */
export function asideLines({ tool, details }: Pick<Entry, 'tool' | 'details'>): string[] {
  const { alternatives, before, ...others } = details ?? {};
  const values = { input: tool?.input, output: tool?.output, alternatives, before };
  const lines = Object.entries(values).map(([label, value]) => [label, plainly(value)] as const);
  return [...lines, ['', otherText(others)] as const].flatMap(([label, text]) =>
    text === '' ? [] : [`-# ${shown(label === '' ? text : `${label}: ${text}`, LINE_MAX)}`],
  );
}

/** The step's head and text say these already. */
const SAID: ReadonlySet<string> = new Set([
  'corrects',
  'after',
  'reported_level',
  'chunk',
  'chunks',
  'block_faults',
]);

function otherText(others: Record<string, unknown>): string {
  return Object.entries(others)
    .filter(([key]) => !SAID.has(key))
    .map(([key, value]) => [key, plainly(value)] as const)
    .flatMap(([key, text]) => (text === '' ? [] : [`${key}: ${text}`]))
    .join(' · ');
}

/** Data in one line as a person reads it: lists and objects without their brackets where nothing is lost by that. */
function plainly(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  const isFlat = Object.values(value).every((inner) => typeof inner !== 'object' || inner === null);
  if (!isFlat) return JSON.stringify(value);
  if (Array.isArray(value)) return value.join(', ');
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${inner}`)
    .join(', ');
}
