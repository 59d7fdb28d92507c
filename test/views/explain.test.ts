import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import { SEEN } from '../../src/domain/coverage.ts';
import { noCounts } from '../../src/domain/work-log.ts';
import { MODES } from '../../src/views/entry-block.ts';
import { explainView } from '../../src/views/explain.ts';
import type { Explanation } from '../../src/views/explain.ts';
import { botValue, newState, readPress } from '../../src/views/explain-state.ts';
import type { ExplainState } from '../../src/views/explain-state.ts';
import { windowOf } from '../../src/views/pages.ts';
import {
  ana,
  buttonOf,
  customIdOf,
  entries,
  entry,
  MINUTE,
  nanobot,
  NOW,
  participantsOf,
  partsOf,
  researcher,
  textOf,
  workLog,
  workspace,
} from './support.ts';
import { faultsOf } from '../support/message-limits.ts';
import { hostileEntry, hostileLog, hostileName } from './hostile.ts';

/** An explanation of these entries, as the command makes it. */
function explain(all: Entry[], overrides: Partial<Explanation> = {}) {
  const state = overrides.state ?? newState(workLog().sessionId);
  const { offset, limit } = windowOf(state.cursor);
  return explainView({
    state,
    workspace: workspace(),
    log: workLog({ counts: { ...noCounts(), steps: all.length } }),
    participants: participantsOf(all),
    entries: all.slice(offset, offset + limit),
    offset,
    total: all.length,
    depths: new Map(),
    coverage: SEEN,
    unfolds: true,
    asksHelp: true,
    now: NOW,
    ...overrides,
  });
}

/** What is shown after a button, whose custom id says it all. */
function pressed(customId: string): ExplainState {
  const asked = readPress(customId.split(':').slice(1), []);
  if (asked?.kind !== 'turn') throw new Error(`${customId} does not turn the page`);
  return asked.state;
}

const url = (step: number) =>
  `https://discord.com/channels/400000000000000001/500000000000000001/${300000000000000000n + BigInt(step)}`;

describe('a summary', () => {
  const counts = {
    steps: 12,
    handoffs: 2,
    tools: 1,
    errors: 0,
    uncertain: 1,
    escalations: 1,
    dropped: 0,
    masked: 0,
  };

  test('begins with what the session is and how it stands', () => {
    const text = textOf(explain(entries(1), { log: workLog({ counts }) }));
    expect(text.split('\n').slice(0, 4)).toEqual([
      '📓 **#project-refactor** · project · nanobot coordinates',
      '“Refactor the authentication module”',
      '🟡 active, 23 min',
      '12 steps · 2 handoffs · 1 tool run · 1 unsure · 🚨 1 asked for a decision',
    ]);
  });

  test.each([
    [1, '🚨 1 waits for a decision'],
    [3, '🚨 3 wait for a decision'],
  ])('says before all that decisions wait: %i', (waiting, words) => {
    const text = textOf(explain(entries(1), { log: workLog({ counts, waiting }) }));
    expect(text).toContain(words);
    expect(text).not.toContain('asked for a decision');
  });

  test('shows a decision in answer to its step, without a link, because no message has it', () => {
    const decided = entry(13, {
      author: ana,
      level: 'decision',
      category: 'escalation',
      origin: 'reported',
      responseTo: 12,
      message: 'Passphrases',
    });
    expect(textOf(explain([decided]))).toContain('13 ◆ **Ana** (to 12) Passphrases');
  });

  test('says at its end what the steps do not show', () => {
    const log = workLog({ counts: { ...counts, dropped: 2, masked: 1 } });
    const notes =
      'A step’s number opens its message. · 2 messages not kept by this workspace’s rules · 1 value masked · seen without gaps';
    expect(textOf(explain(entries(1), { log }))).toContain(`-# ${notes}`);
  });

  test('says why a session ended, and after how long', () => {
    const log = workLog({ endedAt: NOW, endReason: 'archived', lastAt: NOW - 3 * MINUTE });
    expect(textOf(explain(entries(1), { log }))).toContain('🟢 ended after 20 min: its thread was archived');
  });

  test('of a thread links to the thread', () => {
    const text = textOf(explain(entries(1), { log: workLog({ threadId: '600000000000000001' }) }));
    expect(text).toContain('/600000000000000001/300000000000000001)');
    expect(text).toContain('<#600000000000000001>');
  });

  test('says so when there are no steps', () => {
    expect(textOf(explain([]))).toContain('*No steps yet.*');
  });
});

describe('modes', () => {
  const long = 'All of it, '.repeat(40);
  const said = entry(1, {
    message: long,
    level: 'decision',
    category: 'routing',
    origin: 'reported',
    triggeredBy: '@researcher',
    details: { alternatives: ['a', 'b'] },
    tool: { name: 'bash', input: { command: 'ls' }, output: 'a.txt', status: 'success', error: null },
  });

  test('detailed shows the full text', () => {
    const text = textOf(explain([said], { state: { ...newState('1'), mode: 'detailed' } }));
    expect(text).toContain(`> ${long.trim()}`);
    expect(text).not.toContain('routing');
  });

  test('detailed shows what stands beside the text: what went into a tool and came out, and what else was considered', () => {
    const text = textOf(explain([said], { state: { ...newState('1'), mode: 'detailed' } }));
    expect(text).toContain('\n-# input: command: ls\n-# output: a.txt\n-# alternatives: a, b');
    expect(text).not.toContain('"command"');
  });

  test.each([
    [{ corrects: 3, before: 'One *or* two', after: 'Two' }, String.raw`-# before: One \*or\* two`],
    [{ kind: 'approval', pattern: 'rm x' }, '-# kind: approval · pattern: rm x'],
    [{ alternatives: [{ name: 'a' }] }, String.raw`-# alternatives: \[{"name":"a"}\]`],
    [{ long: 'word '.repeat(200) }, '-# long: word word'],
  ])('detailed shows of the details %j what a person wants to know', (details, expected) => {
    const text = textOf(explain([entry(1, { details })], { state: { ...newState('1'), mode: 'detailed' } }));
    expect(text).toContain(expected);
    expect(text).not.toMatch(/corrects|after:/);
    expect(text.length).toBeLessThan(1000);
  });

  test('detailed says nothing twice', () => {
    const details = {
      block_faults: ['foo: unknown field'],
      corrects: 3,
      after: 'said',
      reported_level: 'decision',
    };
    const text = textOf(explain([entry(1, { details })], { state: { ...newState('1'), mode: 'detailed' } }));
    expect(text).not.toMatch(/unknown|corrects|after:|reported/);
  });

  test('detailed shows why a tool failed', () => {
    const failed = entry(1, {
      tool: { name: 'bash', input: null, output: null, status: 'error', error: 'no such file' },
    });
    expect(textOf(explain([failed], { state: { ...newState('1'), mode: 'detailed' } }))).toContain(
      '-# bash failed\n> no such file',
    );
  });

  test.each([
    '2026-01-05T09:10:01.000Z',
    'decision/routing',
    'reported, triggered by @researcher',
    'message 300000000000000001',
    'author 200000000000000001',
    '> "command": "ls"',
    '-# bash: output\n> a.txt',
    '> "alternatives": ',
  ])('debug shows everything, such as %s', (expected) => {
    const text = textOf(explain([said], { state: { ...newState('1'), mode: 'debug' } }));
    expect(text.replace(/^> {2,}/gm, '> ')).toContain(expected);
  });

  test('are one button each; the current one reads the session anew', () => {
    const view = explain(entries(3));
    expect(pressed(customIdOf(view, 'Detailed'))).toMatchObject({ mode: 'detailed', bot: null });
    expect(buttonOf(view, 'Summary')).toMatchObject({ style: 1, disabled: false });
    expect(pressed(customIdOf(view, 'Summary'))).toMatchObject({ mode: 'summary' });
  });

  test('keep the step that is on top', () => {
    const second = pressed(customIdOf(explain(entries(30)), '›'));
    expect(pressed(customIdOf(explain(entries(30), { state: second }), 'Debug')).cursor.at).toEqual({
      entry: 12,
      block: 0,
    });
  });

  test('a long log in debug mode can be had as a file', () => {
    const state = { ...newState('1'), mode: 'debug' as const };
    const view = explain(entries(30), { state });
    expect(readPress(customIdOf(view, 'As a file').split(':').slice(1), [])).toMatchObject({
      kind: 'file',
      bot: null,
    });
    expect(buttonOf(explain(entries(2), { state }), 'As a file')).toBeUndefined();
    expect(buttonOf(explain(entries(30)), 'As a file')).toBeUndefined();
  });
});

describe('the artifact', () => {
  test.each([2, 30])('of a session that has ended is a press away, also of %i steps', (length) => {
    const ended = workLog({ endedAt: NOW });
    const view = explain(entries(length), { log: ended });
    expect(readPress(customIdOf(view, 'Artifact').split(':').slice(1), [])).toEqual({
      kind: 'artifact',
      sessionId: ended.sessionId,
    });
    expect(buttonOf(explain(entries(length)), 'Artifact')).toBeUndefined();
  });
});

describe('pages', () => {
  test('say where they are and lead on', () => {
    const first = explain(entries(30));
    expect(buttonOf(first, '1–12 of 30')).toMatchObject({ disabled: true });
    expect(buttonOf(first, '‹')).toMatchObject({ disabled: true });
    const second = explain(entries(30), { state: pressed(customIdOf(first, '›')) });
    expect(textOf(second)).toContain(`[13](${url(13)})`);
    const third = explain(entries(30), { state: pressed(customIdOf(second, '›')) });
    expect(buttonOf(third, '25–30 of 30')).toBeDefined();
    expect(buttonOf(third, '›')).toMatchObject({ disabled: true });
    expect(explain(entries(30), { state: pressed(customIdOf(third, '‹')) })).toEqual(second);
  });

  test('that begin within a step say so', () => {
    const all = [entry(1), entry(2, { message: 'word '.repeat(900) })];
    const state = { ...newState('1'), mode: 'detailed' as const };
    const next = pressed(customIdOf(explain(all, { state }), '›'));
    expect(next.cursor.at).toEqual({ entry: 1, block: 3 });
    expect(textOf(explain(all, { state: next }))).toContain('-# step 2 goes on\n> word');
  });

  test('are not spoken of when there is but one', () => {
    expect(buttonOf(explain(entries(12)), '›')).toBeUndefined();
  });
});

describe('one bot alone', () => {
  const all = [entry(1, { author: ana }), entry(2), entry(3, { author: researcher }), entry(4)];
  const select = (view: ReturnType<typeof explain>) =>
    partsOf(view).find((part) => 'options' in part)! as unknown as {
      custom_id: string;
      options: { label: string; value: string; default?: boolean; description?: string }[];
    };

  test('is chosen from those of the session', () => {
    expect(select(explain(all)).options).toEqual([
      { label: 'All', value: 'all', default: true },
      { label: 'nanobot', value: '1', description: '2 steps', default: false },
      { label: 'researcher', value: '2', description: '1 step', default: false },
    ]);
  });

  test('is shown as such', () => {
    const asked = readPress(select(explain(all)).custom_id.split(':').slice(1), [botValue(2)]);
    const view = explain([all[2]!], {
      state: (asked as { state: ExplainState }).state,
      participants: participantsOf(all),
    });
    expect(textOf(view)).toContain('only **researcher**: 1 step');
    expect(select(view).options[2]).toMatchObject({ default: true });
  });

  test('of more than Discord can list is among the listed, and how many are not is said', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      author: { ...nanobot, key: `${n}`, name: `bot ${n}` },
      steps: 1,
    }));
    const { options } = select(explain(all, { participants: many, state: { ...newState('1'), bot: 33 } }));
    expect(options).toHaveLength(25);
    expect(options[0]?.description).toBe('16 more bots: name one with /explain bot:');
    expect(options.find((option) => option.default)?.label).toBe('bot 33');
  });
});

test('whatever a log holds, Discord takes its explanation', () => {
  fc.assert(
    fc.property(
      fc.array(hostileEntry, { maxLength: 30 }),
      hostileLog,
      hostileName,
      fc.constantFrom(...MODES),
      fc.nat({ max: 29 }),
      (some, log, channel, mode, at) => {
        const all = some.map((one, index) => entry(index + 1, one as Partial<Entry>));
        const cursor = { side: 'from' as const, at: { entry: Math.min(at, all.length), block: 0 } };
        const counts = {
          steps: 1e6,
          handoffs: 1e6,
          tools: 1e6,
          errors: 1e6,
          uncertain: 1e6,
          dropped: 1e6,
          masked: 1e6,
          escalations: 1e6,
        };
        const view = explain(all, {
          state: { ...newState('9'.repeat(20)), mode, cursor, bot: some.length > 0 ? 0 : null },
          log: workLog({ ...log, counts, endedAt: NOW, endReason: 'reported' }),
          workspace: workspace({ name: channel }),
        });
        expect(faultsOf(view)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
