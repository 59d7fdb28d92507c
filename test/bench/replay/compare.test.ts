import { describe, expect, test } from 'vitest';
import { compareConversation } from '../../../bench/replay/compare.ts';
import type { DifferenceKind, Expected, Recorded } from '../../../bench/replay/compare.ts';

const coder = { key: '1', name: 'coder', kind: 'bot' as const };
const tester = { key: '2', name: 'tester', kind: 'bot' as const };

const expected: Expected[] = [
  { messageId: '11', author: coder, text: 'one', handoffTo: null, source: 'message 1' },
  { messageId: '12', author: coder, text: '@tester two', handoffTo: '@tester', source: 'message 2' },
  { messageId: '13', author: tester, text: 'three', handoffTo: null, source: 'message 3' },
];

const [one, two, three]: Recorded[] = [
  { messageId: '11', step: 1, author: coder, message: 'one', level: 'info', handoffTo: [] },
  {
    messageId: '12',
    step: 2,
    author: coder,
    message: '@tester two',
    level: 'handoff',
    handoffTo: ['@tester'],
  },
  { messageId: '13', step: 3, author: tester, message: 'three', level: 'info', handoffTo: [] },
] as const satisfies Recorded[];

const kinds = (sessions: Recorded[][]) => compareConversation(expected, sessions).map(({ kind }) => kind);

describe('compareConversation', () => {
  test('finds nothing where the log is what was said', () => {
    expect(compareConversation(expected, [[one!, two!, three!]])).toEqual([]);
    expect(compareConversation([], [])).toEqual([]);
  });

  test.each<[name: string, sessions: Recorded[][], kinds: DifferenceKind[]]>([
    ['a lost message', [[one!, { ...three!, step: 2 }]], ['missing']],
    ['a lost message whose step is left free', [[one!, three!]], ['missing', 'step']],
    ['a message of elsewhere', [[one!, two!, three!, { ...one!, messageId: '9', step: 4 }]], ['extra']],
    ['a message twice', [[one!, two!, three!, { ...three!, step: 4 }]], ['extra']],
    ['two that changed places', [[{ ...two!, step: 1 }, { ...one!, step: 2 }, three!]], ['order', 'order']],
    ['a step too far', [[one!, two!, { ...three!, step: 4 }]], ['step']],
    ['another author', [[one!, two!, { ...three!, author: coder }]], ['author']],
    [
      'an author of another name',
      [[one!, two!, { ...three!, author: { ...tester, name: 'x' } }]],
      ['author'],
    ],
    ['another text', [[one!, two!, { ...three!, message: 'three ' }]], ['text']],
    ['a handoff that was not seen', [[one!, { ...two!, level: 'info', handoffTo: [] }, three!]], ['handoff']],
    ['a handoff to another', [[one!, { ...two!, handoffTo: ['@coder'] }, three!]], ['handoff']],
    [
      'a handoff out of nothing',
      [[one!, two!, { ...three!, level: 'handoff', handoffTo: ['@coder'] }]],
      ['handoff'],
    ],
    ['a session torn in two', [[one!, two!], [{ ...three!, step: 1 }]], ['sessions']],
    ['no session', [], ['sessions', 'missing', 'missing', 'missing']],
  ])('finds %s', (_, sessions, found) => {
    expect(kinds(sessions)).toEqual(found);
  });

  test('takes it for wrong that a person hands over, and leaves open what a bot means by an @ of its own', () => {
    const ana = { key: '3', name: 'ana', kind: 'person' as const };
    const handoff = { ...three!, message: 'hi @x', level: 'handoff' as const, handoffTo: ['@x'], step: 1 };
    const found = (author: Expected['author']) =>
      compareConversation([{ ...expected[2]!, author, text: 'hi @x' }], [[{ ...handoff, author }]]).map(
        ({ kind }) => kind,
      );
    expect(found(ana)).toEqual(['handoff']);
    expect(found(tester)).toEqual([]);
  });

  const [head, tail] = [
    { ...two!, step: 1, message: '@tester two', messageId: '12' },
    { ...one!, message: 'and more', messageId: '14' },
  ];
  const posted = [
    expected[1]!,
    { ...expected[2]!, messageId: '13' },
    { ...expected[1]!, messageId: '14', text: 'and more', handoffTo: null },
  ];
  test.each<[name: string, message: string, chunks: Recorded[], kinds: DifferenceKind[]]>([
    ['nothing in an answer of several messages', '@tester two\nand more', [head!, tail!], []],
    ['nothing where such an answer is cut', '@tester two\nan… [cut: 6 characters]', [head!, tail!], []],
    ['a chunk that is lost in it', '@tester two', [head!, tail!], ['text']],
    ['a chunk that is lost', '@tester two', [head!], ['missing']],
    ['more than was said', '@tester two\nand more and more', [head!, tail!], ['text']],
  ])('finds %s', (_, message, chunks, found) => {
    const steps = [
      { ...head!, message, chunks },
      { ...three!, step: 2 },
    ];
    expect(compareConversation(posted, [steps]).map(({ kind }) => kind)).toEqual(found);
  });

  test('says what was expected and what is recorded', () => {
    expect(compareConversation(expected, [[one!, two!, { ...three!, message: 'tree' }]])).toEqual([
      { kind: 'text', about: 'message 3', expected: 'three', recorded: 'tree' },
    ]);
  });
});
