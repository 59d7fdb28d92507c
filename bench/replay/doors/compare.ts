import type { Entry } from '../../../src/domain/entry.ts';
import { cutMessage } from '../../../src/domain/limits.ts';
import type { ExpectedEntry } from './result.ts';

/** What is not as expected of the entries that something became, in words; it should be one. */
export function differences(expected: ExpectedEntry, found: readonly Entry[]): string[] {
  const { name, kind } = expected;
  const [entry] = found;
  if (!entry || found.length !== 1) return [`${name}: ${found.length} entries instead of one`];
  const { tool, durationMs } = entry;
  if (kind !== 'tool') return tool === null ? durationOf(expected, durationMs) : [`${name}: a tool run`];
  const error = expected.error === null ? null : cutMessage(expected.error);
  const pairs: [string, unknown, unknown][] = [
    ['tool', expected.tool, tool?.name],
    ['status', expected.status, tool?.status],
    ['error', error, tool?.error],
  ];
  const wrong = pairs.filter(([, should, is]) => should !== is);
  return [
    ...wrong.map(([field, should, is]) => `${name}: ${field} is ${String(is)} instead of ${String(should)}`),
    ...durationOf(expected, durationMs),
  ];
}

function durationOf({ name, durationMs: should }: ExpectedEntry, is: number | null): string[] {
  const rounded = should === null ? null : Math.round(should);
  return rounded === is ? [] : [`${name}: it took ${is} ms instead of ${rounded}`];
}
