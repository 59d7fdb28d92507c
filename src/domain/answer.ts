import type { Author } from './author.ts';
import type { Draft, Entry } from './entry.ts';
import { cutMessage } from './limits.ts';

/** An answer that was posted in several messages, each of which says a chunk of it. */

/** What all the chunks of an answer say, one after the other. Those that were deleted say nothing. */
export function answerText(chunks: readonly string[]): string {
  return cutMessage(chunks.join('').replace(/^\n/, ''));
}

type Answer = { entry: Entry; mentions: Author[] };

/** The answer with one more chunk, or with a chunk that says something else: `message` is the whole of it. */
export function goingOn(
  { entry, mentions }: Answer,
  { mentions: further, addressed }: Pick<Draft, 'mentions' | 'addressed'>,
  message: string,
): Answer {
  const all = distinct([...mentions, ...further]).filter((bot) => names(message, atName(bot)));
  const asked = [...new Set([...entry.handoffTo, ...addressed.map(atName)])].filter((bot) =>
    names(message, bot),
  );
  const isTalk = entry.origin === 'inferred' && !entry.escalation && TALK.has(entry.level);
  const talk = !isTalk
    ? {}
    : asked.length > 0
      ? { level: 'handoff' as const, category: 'bot_conversation', handoffTo: asked }
      : { ...(entry.level === 'handoff' && { level: 'info' as const }), handoffTo: [] };
  const isConversation = isTalk && all.length > 0 && entry.category === 'general';
  const category = isConversation ? { category: 'bot_conversation' } : {};
  return { entry: { ...entry, ...category, ...talk, message, mentions: all.map(atName) }, mentions: all };
}

/** The levels that are given to plain chat. */
const TALK: ReadonlySet<Entry['level']> = new Set(['info', 'handoff', 'coordination']);

/** What is cut away from a long answer was said all the same. */
function names(message: string, mention: string): boolean {
  return message.includes(mention) || message.endsWith(' characters]');
}

function distinct(bots: readonly Author[]): Author[] {
  return [...new Map(bots.map((bot) => [bot.key, bot])).values()];
}

function atName({ name }: Author): string {
  return `@${name}`;
}
