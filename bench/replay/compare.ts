import { isDeepStrictEqual } from 'node:util';
import { isBot } from '../../src/domain/author.ts';
import type { Author } from '../../src/domain/author.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { holdsChunks, messagesOf } from './chunks.ts';
import { readsAs } from './reading.ts';

/** What the log must say of one Discord message. */
export interface Expected {
  messageId: string;
  author: Author;
  /** As people read it: a mention by name. */
  text: string;
  /** The bot that the message hands over to, as `@name`. */
  handoffTo: string | null;
  /** Where it comes from, for people: `message 3, piece 2`. */
  source: string;
}

export interface Recorded extends Pick<
  Entry,
  'messageId' | 'step' | 'author' | 'message' | 'level' | 'handoffTo'
> {
  /** Of an answer that was posted in several messages: what each of them says. */
  chunks?: Recorded[];
}

export const DIFFERENCES = [
  'missing',
  'extra',
  'order',
  'author',
  'step',
  'text',
  'handoff',
  'sessions',
] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];

/** One way in which the log and the data disagree. */
export interface Difference {
  kind: DifferenceKind;
  /** What it is about, for people. */
  about: string;
  expected: unknown;
  recorded: unknown;
}

/**
 * Compares what was said in one place with what is recorded of it: one session with every message once, in order, steps 1…n,
 * each with its author, text and handoff. A place where nothing was said has no session.
 * @param sessions the recorded entries of each session of the place, in the order in which the store gives them
 */
export function compareConversation(
  expected: readonly Expected[],
  sessions: readonly (readonly Recorded[])[],
): Difference[] {
  const steps = sessions.flat();
  const recorded = messagesOf(steps);
  return [
    ...compareSessions(expected, sessions),
    ...comparePresence(expected, recorded),
    ...compareOrder(expected, recorded),
    ...sessions.flatMap(compareSteps),
    ...compareContents(expected, recorded),
    ...steps.flatMap(compareWhole),
  ];
}

function compareSessions(
  expected: readonly Expected[],
  sessions: readonly (readonly Recorded[])[],
): Difference[] {
  const wanted = expected.length > 0 ? 1 : 0;
  if (sessions.length === wanted) return [];
  return [
    { kind: 'sessions', about: 'sessions of the conversation', expected: wanted, recorded: sessions.length },
  ];
}

function comparePresence(expected: readonly Expected[], recorded: readonly Recorded[]): Difference[] {
  const wanted = new Set(expected.map(({ messageId }) => messageId));
  const found = new Set<string>();
  const extra = recorded.filter(({ messageId }) => {
    const isExtra = !wanted.has(messageId) || found.has(messageId);
    found.add(messageId);
    return isExtra;
  });
  const missing = expected.filter(({ messageId }) => !found.has(messageId));
  return [
    ...missing.map((one) => difference('missing', one.source, one, null)),
    ...extra.map((one) => difference('extra', `step ${one.step}`, null, one)),
  ];
}

/** Counts every place where another message stands than should, of those that are both expected and recorded. */
function compareOrder(expected: readonly Expected[], recorded: readonly Recorded[]): Difference[] {
  const wanted = new Map(expected.map((one) => [one.messageId, one]));
  const found = new Set(recorded.map(({ messageId }) => messageId).filter((id) => wanted.has(id)));
  const inOrder = expected.filter(({ messageId }) => found.has(messageId));
  return [...found].flatMap((messageId, index) => {
    const should = inOrder[index]!;
    if (should.messageId === messageId) return [];
    return [difference('order', `place ${index + 1}`, should.source, wanted.get(messageId)!.source)];
  });
}

function compareSteps(session: readonly Recorded[]): Difference[] {
  return session.flatMap((one, index) =>
    one.step === index + 1 ? [] : [difference('step', `entry ${index + 1} of session`, index + 1, one.step)],
  );
}

function compareContents(expected: readonly Expected[], recorded: readonly Recorded[]): Difference[] {
  const wanted = new Map(expected.map((one) => [one.messageId, one]));
  return recorded.flatMap((one) => {
    const should = wanted.get(one.messageId);
    if (!should) return [];
    return [
      ...unequal('author', should.source, should.author, one.author),
      ...(readsAs(should.text, one.message)
        ? []
        : [difference('text', should.source, should.text, one.message)]),
      ...compareHandoff(should, one),
    ];
  });
}

/** A long answer is all that was said of it. */
function compareWhole(one: Recorded): Difference[] {
  if (!one.chunks || holdsChunks(one)) return [];
  const said = one.chunks.map(({ message }) => message);
  return [difference('text', `step ${one.step}`, said, one.message)];
}

/** Only bots hand over. Where a bot's text has an `@` of its own it may name a bot of the place, and nothing is certain. */
function compareHandoff(should: Expected, one: Recorded): Difference[] {
  const handsOver = one.level === 'handoff';
  const isRight =
    should.handoffTo === null
      ? !handsOver || (isBot(should.author) && should.text.includes('@'))
      : handsOver && one.handoffTo.includes(should.handoffTo);
  if (isRight) return [];
  const { level, handoffTo } = one;
  return [difference('handoff', should.source, { handoffTo: should.handoffTo }, { level, handoffTo })];
}

function unequal(kind: DifferenceKind, about: string, expected: unknown, recorded: unknown): Difference[] {
  return isDeepStrictEqual(expected, recorded) ? [] : [difference(kind, about, expected, recorded)];
}

function difference(kind: DifferenceKind, about: string, expected: unknown, recorded: unknown): Difference {
  return { kind, about, expected, recorded };
}
