import { describe, expect, test } from 'vitest';
import { SEEN } from '../../src/domain/coverage.ts';
import type { Coverage } from '../../src/domain/coverage.ts';
import { DigestFold } from '../../src/domain/digest.ts';
import type { Entry } from '../../src/domain/entry.ts';
import type { Escalation } from '../../src/domain/escalation.ts';
import { digestView } from '../../src/views/digest.ts';
import type { Report } from '../../src/views/digest.ts';
import { measure } from '../../src/views/limits.ts';
import { escalation } from './escalations.ts';
import { ana, buttonOf, entry, nanobot, NOW, partsOf, researcher, textOf, workspace } from './support.ts';

const FROM = NOW - 8 * 3_600_000;

function reportOf(
  entries: readonly Entry[],
  overrides: Partial<Report> = {},
  coverage: Coverage = SEEN,
  escalations: readonly Escalation[] = [],
) {
  const fold = new DigestFold({ from: FROM, to: NOW, confidenceThreshold: 0.7 });
  for (const each of entries) fold.add(each);
  const digest = fold.digest({ sessions: [], escalations, insights: [], coverage });
  return digestView({
    workspace: workspace(),
    digest,
    title: 'last night',
    lead: null,
    picture: null,
    late: null,
    now: NOW,
    more: 'summary:more',
    note: null,
    ...overrides,
  });
}

const asked = entry(1, {
  author: nanobot,
  level: 'handoff',
  message: '@researcher Look at three sites.',
  mentions: ['@researcher'],
  handoffTo: ['@researcher'],
});
const answered = entry(2, {
  author: researcher,
  triggeredBy: '@nanobot',
  message: 'Three sites done. **All** use React.',
});

test('a report reads from what was completed to what comes next, and every line opens its message', () => {
  const failed = entry(3, { author: researcher, level: 'error', message: 'The fourth site is down' });
  const said = textOf(reportOf([asked, answered, failed]));
  expect(said.split('\n').filter((line) => !line.startsWith('-#'))).toEqual([
    expect.stringContaining('🌙 **#project-refactor**, last night · since <t:'),
    '**✅ Completed**',
    expect.stringMatching(
      /^\[1\]\(https:\S+\/300000000000000001\) \*\*nanobot → researcher\*\* Look at three sites\. → \[2\]\(https:\S+2\) Three sites done\.$/,
    ),
    '**✖ Went wrong**',
    expect.stringMatching(/^\[3\]\(https:\S+\) \*\*researcher\*\* The fourth site is down$/),
    expect.stringMatching(
      /^\*\*➡ Next\*\* Look at what went wrong with \*\*researcher\*\* \(\[3\]\(https:\S+\)\)$/,
    ),
  ]);
  expect(said).toContain('-# seen without gaps · of 3 steps; a number opens its message');
});

test('what a person decided is told', () => {
  const decision = entry(3, { author: ana, level: 'decision', message: 'Passphrases' });
  expect(textOf(reportOf([decision]))).toContain('**Ana** Passphrases');
});

test('what a person decided is told with what was asked, and opens the message that asked', () => {
  const question = entry(2, { level: 'coordination', escalation: true, message: 'Which policy? Both work.' });
  const decision = entry(3, { author: ana, level: 'decision', message: 'Passphrases', responseTo: 2 });
  expect(textOf(reportOf([question, decision]))).toMatch(
    /\[2\]\(https:\S+2\) \*\*Ana\*\* Which policy\? → Passphrases/,
  );
});

const many = Array.from({ length: 300 }, (_, index) =>
  entry(index + 1, {
    author: { key: `${index % 200}`, name: `bot ${index % 200} 🤖 مرحبا`, kind: 'bot' },
    level: (['error', 'correction', 'uncertainty'] as const)[index % 3]!,
    message: `Number ${index} ${'went somewhere else than it should have '.repeat(4)}`,
  }),
);

test('before the fold there is about a screen, and the rest is behind a button', () => {
  const folded = reportOf(many);
  const words = textOf(folded)
    .replace(/\(https:\S+\)/g, '')
    .split(/\s+/).length;
  expect(words).toBeLessThan(180);
  expect(textOf(folded)).toContain('**❔ Unsure**');
  expect(buttonOf(folded, 'Show all')).toMatchObject({ custom_id: 'summary:more' });
});

test('the whole of a long night fits into one message, and says how much more there is', () => {
  const whole = reportOf(many, { more: null });
  expect(measure(whole.components).text).toBeLessThanOrEqual(4000);
  expect(textOf(whole).match(/-# and \d+ more/g)?.length).toBe(3);
  expect(textOf(whole)).toContain('**➡ Next**');
});

test('what was said in a report can neither format nor ping', () => {
  const hostile = entry(1, {
    level: 'error',
    message: '@everyone [click] <@&123456789012345678>',
  });
  expect(textOf(reportOf([hostile]))).toContain(
    '**nanobot** ＠everyone \\[click\\] \\<＠&123456789012345678>',
  );
});

test('a quiet night and a late report say so', () => {
  const said = textOf(reportOf([], { late: { due: FROM, because: 'away' } }));
  expect(said).toContain('Nothing happened, and nothing waits.');
  expect(said).toMatch(/-# Due <t:\d+:f>: I was not running then\./);
  expect(said).toContain('**➡ Next** Nothing needs you.');
  const clock = textOf(reportOf([], { late: { due: FROM, because: 'clock' } }));
  expect(clock).toMatch(/-# Due <t:\d+:f> by the time zone that this server has now\./);
});

test('the picture is part of the message, with its words for those who do not see it', () => {
  const shown = reportOf([asked], { picture: { name: 'timeline.png', alt: 'Timeline of a night' } });
  expect(JSON.stringify(shown.components)).toContain(
    '"media":{"url":"attachment://timeline.png"},"description":"Timeline of a night"',
  );
});

test('what was not seen is a part of its own, and no night with a gap is quiet', () => {
  const gap = { reason: 'channel_hidden' as const, from: FROM, to: FROM + 60_000 };
  const said = textOf(reportOf([], {}, { gaps: [gap], caughtUp: [] }));
  expect(said).toMatch(/\*\*🙈 Not seen\*\*\n<t:\d+:.>–<t:\d+:t> \(the channel was hidden from me\)/);
  expect(said).not.toContain('Nothing happened');
});

describe('what waits for a decision', () => {
  const PICTURE = { picture: { name: 'timeline.png', alt: 'Timeline of a night' } };
  const asks = (count: number, options: number): Escalation[] =>
    Array.from({ length: count }, (_, id) =>
      escalation({
        id: id + 1,
        reason: `Question ${id + 1}?`,
        options: Array.from({ length: options }, (_each, index) => `Way ${index + 1}`),
      }),
    );

  test('has its options right below it', () => {
    const parts = partsOf(reportOf([], { more: null }, SEEN, asks(2, 2)));
    const read = parts.flatMap(({ content, label }) => [content, label]).filter((each) => each !== undefined);
    expect(read.slice(1, -1)).toEqual([
      expect.stringMatching(/Needs your decision\*\*\n.*Question 1\?/),
      'Way 1',
      'Way 2',
      expect.stringContaining('Question 2?'),
      'Way 1',
      'Way 2',
    ]);
  });

  test.each([
    [1, 25],
    [3, 10],
    [4, 5],
    [7, 3],
    [25, 2],
  ])('%i of %i options leave room for the rest of the report', (count, options) => {
    for (const more of ['summary:more', null]) {
      const report = reportOf([...many], { ...PICTURE, more }, SEEN, asks(count, options));
      expect(measure(report.components).components).toBeLessThanOrEqual(40);
      expect(textOf(report)).toContain('**➡ Next** Decide what');
      expect(JSON.stringify(report.components)).toContain('attachment://timeline.png');
      const decided = partsOf(report).map(
        (part) => /^escalation:decide:(\d+):/.exec(String(part['custom_id']))?.[1],
      );
      const questions = new Set(textOf(report).match(/Question \d+/g)).size;
      expect(new Set(decided.filter(Boolean)).size).toBe(Math.min(questions, 9));
    }
  });
});
