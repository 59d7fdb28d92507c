import { describe, expect, test } from 'vitest';
import type { Coverage, Gap, Interruption } from '../../src/domain/coverage.ts';
import { SEEN } from '../../src/domain/coverage.ts';
import { completenessLines, coverageLine, gapsLine } from '../../src/views/coverage.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;
const at = (hoursAgo: number) => NOW - hoursAgo * HOUR;
const t = (hoursAgo: number, style = 't') => `<t:${at(hoursAgo) / 1000}:${style}>`;

const lasting: Gap = { reason: 'no_history_permission', from: at(2), to: null };
const past: Gap = { reason: 'too_many_messages', from: at(50), to: at(49) };
const lost: Interruption = { cause: 'connection', from: at(3), to: at(2), caughtUpAt: at(2) };

describe('a line on what was seen', () => {
  test.each<[string, Coverage, string]>([
    ['everything', SEEN, 'seen without gaps'],
    [
      'everything, some of it later',
      { gaps: [], caughtUp: [lost, { ...lost, cause: 'stopped' }] },
      `seen without gaps, but for ${t(3)}–${t(2)} (connection lost, caught up), ${t(3)}–${t(2)} (I was not running, caught up)`,
    ],
    [
      'not everything, until now',
      { gaps: [lasting], caughtUp: [lost] },
      `not seen: since ${t(2)} (no permission to read the history)`,
    ],
    [
      'not everything, on another day',
      { gaps: [past], caughtUp: [] },
      `not seen: ${t(50, 'f')}–${t(49)} (more messages than I read at once)`,
    ],
  ])('says that it was %s', (_, coverage, line) => {
    expect(coverageLine(coverage, NOW)).toBe(line);
  });

  test('names the latest of many gaps and counts the others', () => {
    const line = gapsLine([past, past, past, lasting], NOW)!;
    expect(line.match(/\(/g)).toHaveLength(2);
    expect(line).toMatch(/no permission.*2 more before$/);
    expect(gapsLine([], NOW)).toBeNull();
  });
});

describe('lines of a status', () => {
  test('say how far the catching up is', () => {
    const catchingUp = { done: 3, left: 9, messages: 450 };
    expect(completenessLines({ catchingUp, gaps: [] }, NOW)).toEqual([
      '⏳ Catching up: 3 of 12 workspaces, 450 messages so far',
    ]);
    expect(completenessLines({ catchingUp: null, gaps: [] }, NOW)).toEqual([
      '**Seen:** without gaps in the last 7 days',
    ]);
  });

  test('name gaps by workspace, and count those that are too many', () => {
    const gaps = Array.from({ length: 10 }, () => ({ workspace: { name: 'a_b_*c' }, gap: lasting }));
    const lines = completenessLines({ catchingUp: null, gaps }, NOW);
    expect(lines[1]).toBe(`- #a_b\\_\\*c: since ${t(2)} (no permission to read the history)`);
    expect(lines.at(-1)).toBe('- and 2 more gaps');
    expect(lines).toHaveLength(10);
  });
});
