import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEEN } from '../../src/domain/coverage.ts';
import { parseQuestion } from '../../src/domain/question.ts';
import { howView } from '../../src/views/how.ts';
import type { HowAnswer } from '../../src/views/how.ts';
import { faultsOf } from '../support/message-limits.ts';
import { hostileEntry, hostileLog, hostileName, hostileText } from './hostile.ts';
import { entry, NOW, researcher, textOf, workLog, workspace } from './support.ts';

function answer(asked: string, overrides: Partial<HowAnswer> = {}) {
  const question = parseQuestion(asked, ['researcher']);
  return howView({
    asked,
    question,
    hits: [],
    searched: [workspace()],
    coverage: SEEN,
    now: NOW,
    ...overrides,
  });
}

describe('a step that answers', () => {
  const hit = {
    workspace: workspace(),
    log: workLog(),
    entry: entry(3, { author: researcher, confidence: 0.6, level: 'decision' }),
  };

  test('says who, how sure, where and when, and links to the message', () => {
    expect(textOf(answer('what was said', { hits: [hit] })).split('\n')).toEqual([
      '🔎 **what was said**',
      '◆ **researcher** · 60 % · step [3](https://discord.com/channels/400000000000000001/500000000000000001/300000000000000003)' +
        ' of “Refactor the authentication module” · <t:1767604203:R>',
      '> what was said in step 3',
      '-# Looked in #project-refactor · a step’s number opens its message',
    ]);
  });

  test('says so where not all workspaces were searched', () => {
    const searched = [1, 2].map((id) => workspace({ id, name: `w-${id}` }));
    const text = textOf(answer('what was said', { hits: [hit], searched, outOf: 40 }));
    expect(text).toContain('Looked in the 2 liveliest of your 40 workspaces');
  });

  test('names its workspace where several were searched', () => {
    const searched = [1, 2, 3, 4, 5].map((id) => workspace({ id, name: `w-${id}` }));
    const text = textOf(answer('what was said', { hits: [hit], searched }));
    expect(text).toContain(' · #project-refactor · <t:');
    expect(text).toContain('Looked in #w-1, #w-2, #w-3 and 2 more');
  });
});

test.each([
  ['what did the researcher decide', 'Looked in #project-refactor for “researcher”, “decide”.'],
  ['alpha beta gamma delta epsilon zeta eta theta iota', '“theta”, 1 more word.'],
  ['???', 'There is no word in this question to look for.'],
])('%s: an empty answer says what was looked for', (asked, expected) => {
  expect(textOf(answer(asked))).toContain(expected);
});

test('whatever is asked and found, Discord takes the answer', () => {
  const hits = fc.array(fc.tuple(hostileEntry, hostileLog, hostileName), { maxLength: 5 });
  fc.assert(
    fc.property(hostileText, hits, (asked, found) => {
      const searched = found.map(([, , name]) => workspace({ name }));
      const hits = found.map(([some, log, name], index) => ({
        workspace: workspace({ name }),
        log: workLog({ ...log, sessionId: '9'.repeat(20) }),
        entry: entry(index + 1, some),
      }));
      expect(faultsOf(answer(asked, { hits, searched: [workspace(), ...searched] }))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
