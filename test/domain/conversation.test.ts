import { describe, expect, test } from 'vitest';
import { threadsOf } from '../../src/domain/conversation.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { ana, entry, nanobot, researcher } from '../views/support.ts';

/** Step and depth of each, in order: `1.0 2.1`. */
function shape(all: Entry[]): string {
  return threadsOf(all)
    .map(({ entry: { step }, depth }) => `${step}.${depth}`)
    .join(' ');
}

const asks = (step: number) =>
  entry(step, { author: nanobot, level: 'handoff', handoffTo: ['@researcher'], mentions: ['@researcher'] });
const answers = (step: number, triggeredBy = '@nanobot') => entry(step, { author: researcher, triggeredBy });

describe('conversations', () => {
  test.each<[string, Entry[], string]>([
    ['without answers are one step each', [entry(1), entry(2)], '1.0 2.0'],
    [
      'put answers below what they answer, however late they came',
      [
        entry(1),
        entry(2),
        entry(3, { responseTo: 1 }),
        entry(4, { responseTo: 3 }),
        entry(5, { responseTo: 1 }),
      ],
      '1.0 3.1 4.2 5.1 2.0',
    ],
    [
      'put all that a handoff led to below it',
      [asks(1), entry(2), answers(3), answers(4)],
      '1.0 3.1 4.1 2.0',
    ],
    ['take the latest handoff', [asks(1), asks(2), answers(3)], '1.0 2.0 3.1'],
    ['do not take what a person caused for an answer to a handoff', [asks(1), answers(2, 'user')], '1.0 2.0'],
    [
      'do not take a person of that name for the bot that was asked',
      [asks(1), entry(2, { author: { ...ana, name: 'researcher' }, triggeredBy: '@nanobot' })],
      '1.0 2.0',
    ],
    [
      'believe a reply more than a handoff',
      [entry(1), asks(2), { ...answers(3), responseTo: 1 }],
      '1.0 3.1 2.0',
    ],
    ['begin anew with an answer to a step that is not at hand', [entry(7, { responseTo: 3 })], '7.0'],
    ['begin anew with what claims to answer itself or a later step', [entry(1, { responseTo: 1 })], '1.0'],
  ])('%s', (_, all, expected) => {
    expect(shape(all)).toBe(expected);
  });

  test('may be as deep as a session is long', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      entry(index + 1, { responseTo: index === 0 ? null : index }),
    );
    expect(threadsOf(chain).at(-1)).toMatchObject({ depth: 19_999 });
  });
});
