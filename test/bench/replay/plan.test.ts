import { describe, expect, test } from 'vitest';
import type { Conversation, Line } from '../../../sandbox/replay/conversations.ts';
import { planReplay } from '../../../bench/replay/plan.ts';

function conversation(...messages: Partial<Line>[]): Conversation {
  const line = { author: 'coder', role: 'bot' as const, content: 'done', to: undefined };
  return { file: 'f', line: 1, id: 'a', messages: messages.map((message) => ({ ...line, ...message })) };
}

describe('planReplay', () => {
  test('mixes channels and threads, each conversation in a place of its own', () => {
    const { parts, channels } = planReplay(Array.from({ length: 6 }, () => conversation({})));
    expect(parts.map(({ channel, inThread }) => [channel, inThread])).toEqual([
      [0, false],
      [0, true],
      [0, true],
      [0, true],
      [1, false],
      [1, true],
    ]);
    expect(channels).toBe(2);
  });

  test('counts what Discord does not take, and splits what is too long', () => {
    const [part] = planReplay([
      conversation({ content: '' }, { content: 'x'.repeat(4001) }, { content: ' \n' }),
    ]).parts;
    expect(part!.notPostable).toBe(2);
    expect(part!.posts.map(({ message, piece, text }) => [message, piece, text.length])).toEqual([
      [1, 0, 2000],
      [1, 1, 2000],
      [1, 2, 1],
    ]);
  });

  test.each<[name: string, lines: Partial<Line>[], to: (string | undefined)[]]>([
    ['a bot that takes part', [{ to: 'tester' }, { author: 'tester' }], ['tester', undefined]],
    ['nobody for a person', [{ to: 'ana' }, { author: 'ana', role: 'human' }], [undefined, undefined]],
    ['nobody who takes no part', [{ to: 'tester' }], [undefined]],
    ['nobody when a bot speaks to itself', [{ to: 'coder' }], [undefined]],
    [
      'the bot, when a person asks one of their own name',
      [{ role: 'human', to: 'coder' }, {}],
      ['coder', undefined],
    ],
  ])('addresses %s', (_, lines, to) => {
    const [part] = planReplay([conversation(...lines)]).parts;
    expect(part!.posts.map((post) => post.to?.original)).toEqual(to);
  });

  test('leaves room for the mention, in the first piece of a long message', () => {
    const [part] = planReplay([
      conversation({ to: 'tester', content: 'x'.repeat(2500) }, { author: 'tester' }),
    ]).parts;
    expect(part!.posts.map((post) => [post.text.length, post.to?.name])).toEqual([
      [1976, 'tester'],
      [524, undefined],
      [4, undefined],
    ]);
  });

  test('gives one account to an agent of several conversations', () => {
    const { accounts } = planReplay([conversation({}), conversation({}, { author: 'tester' })]);
    expect(accounts.map(({ name }) => name)).toEqual(['coder', 'tester']);
  });
});
