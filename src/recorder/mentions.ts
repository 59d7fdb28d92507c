import { isBot, plainName } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import type { Mention } from './observation.ts';

/** A bot's mention and where it stands in the readable text. */
interface Span {
  author: Author;
  start: number;
  end: number;
}

export interface BotMentions {
  /** Each bot once, in the order of its first mention. */
  mentions: Author[];
  /** Those that the message speaks to: mentioned at its start or at the start of a line. */
  addressed: Author[];
}

/** Finds bots by name, for agents that write `@researcher` as plain text, which Discord does not resolve. */
export type Directory = ReadonlyMap<string, Author>;

/** The content as people read it: ids replaced by names. */
export function readableContent(content: string, mentions: readonly Mention[]): string {
  let text = content;
  for (const mention of mentions) text = text.replaceAll(mention.token, mention.text);
  return text;
}

/**
 * The bots that a message's content mentions, whether Discord resolved the mention or the agent only wrote the name. What Discord
 * resolved is told by its token, whatever the bot is called and whatever follows.
 */
export function botMentions(
  content: string,
  resolved: readonly Mention[],
  directory: Directory,
): BotMentions {
  if (!content.includes('@')) return { mentions: [], addressed: [] };
  const bots = resolved.flatMap(({ token, author }) => (author && isBot(author) ? [{ token, author }] : []));
  const text = readableContent(withMarks(content, bots), resolved);
  const marked = new Map(bots.map(({ author }, index) => [mark(index), author]));
  const spans = findSpans(withoutCode(text), marked, namesOf(resolved, directory));
  return {
    mentions: distinct(spans.map((span) => span.author)),
    addressed: distinct(spans.filter((span) => isAddressed(text, span, spans)).map((span) => span.author)),
  };
}

/** Stands for a bot's token; made of characters for private use, so that it is no name and part of no word. */
function mark(index: number): string {
  return `@${String.fromCodePoint(0xf0000 + index)}`;
}

function withMarks(content: string, bots: readonly { token: string }[]): string {
  let text = content;
  for (const [index, { token }] of bots.entries()) text = text.replaceAll(token, mark(index));
  return text;
}

/** Every name a mention may carry, the longest first, so that `@design bot` is not taken for `@design`. */
function namesOf(resolved: readonly Mention[], directory: Directory): [name: string, author: Author][] {
  const names = new Map(directory);
  for (const { author, text } of resolved) {
    if (author && isBot(author)) names.set(plainName(text), author);
  }
  return [...names].sort(([a], [b]) => b.length - a.length);
}

function findSpans(
  text: string,
  marked: ReadonlyMap<string, Author>,
  names: readonly [string, Author][],
): Span[] {
  const spans: Span[] = [];
  const lower = lowerCase(text);
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const author = marked.get(text.slice(at, at + MARK_LENGTH));
    if (author) spans.push({ author, start: at, end: at + MARK_LENGTH });
    if (author || (at > 0 && WORD.test(lower[at - 1]!))) continue;
    const found = names.find(
      ([name]) => lower.startsWith(name, at + 1) && !WORD.test(lower[at + 1 + name.length] ?? ' '),
    );
    if (found) spans.push({ author: found[1], start: at, end: at + 1 + found[0].length });
  }
  return spans;
}

const MARK_LENGTH = mark(0).length;

/** Lower case, position by position: a few letters (İ) grow in lower case, such text is left as it is. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

const WORD = /[\p{L}\p{N}_]/u;

/** Blanks code spans and fences out, keeping every position: a name in code addresses nobody. */
function withoutCode(text: string): string {
  if (!text.includes('`')) return text;
  return text.replaceAll(/```[\s\S]*?(?:```|$)|`[^`\n]*`/g, (code) => ' '.repeat(code.length));
}

/** What may stand before a mention that still opens its line: list marks, emphasis, a number, other mentions. */
const LINE_OPENING = /^[\s*_#•,&+-]*(?:\d+[.)])?[\s*_]*(?:(?:and|hey|hi|ok|okay)\s*)?$/iu;

function isAddressed(text: string, span: Span, spans: readonly Span[]): boolean {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  let before = text.slice(lineStart, span.start);
  for (const earlier of spans.toReversed()) {
    if (earlier.start >= lineStart && earlier.end <= span.start) {
      before = before.slice(0, earlier.start - lineStart) + before.slice(earlier.end - lineStart);
    }
  }
  return LINE_OPENING.test(before);
}

function distinct(authors: readonly Author[]): Author[] {
  return [...new Map(authors.map((author) => [author.key, author])).values()];
}
