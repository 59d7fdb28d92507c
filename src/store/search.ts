import { isBot, plainName } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';

/**
 * Starts every tag in the index, so that a tag is never mistaken for a word that somebody wrote: the level `info` is in every other
 * row, the word "info" is not. A character for private use, which the tokenizer `unicode61` takes for a letter.
 */
const TAG_MARK = '\uE000';

/** What the index holds of an entry beside its text: level, category, the bot's and the tool's name. */
export function tagsOf(entry: Entry): string {
  let tags = `${tagOf(entry.level)} ${tagOf(entry.category)}`;
  if (entry.escalation) tags += ` ${tagOf('escalation')}`;
  if (isBot(entry.author)) tags += ` ${tagOf(entry.author.name)}`;
  if (entry.tool) tags += ` ${tagOf(entry.tool.name)}`;
  return tags;
}

/**
 * The FTS5 expression for any of these words or tags; null when it could match nothing. Everything is quoted, so whatever people
 * type is taken as text.
 */
export function matchExpression(words: string[], tags: string[]): string | null {
  const phrases = [...words.map(plainText), ...tags.map(tagOf)].filter((text) => text.trim() !== '');
  if (phrases.length === 0) return null;
  return [...new Set(phrases)].map((text) => `"${text.replaceAll('"', '""')}"`).join(' OR ');
}

/** A tag as one token: the tokenizer would split `rate_limiter` at anything but letters and digits. */
function tagOf(tag: string): string {
  // Nearly all of them, and this runs several times for each entry.
  if (/^[a-z0-9]+$/.test(tag)) return TAG_MARK + tag;
  return TAG_MARK + plainName(tag).replace(/[^\p{L}\p{N}]/gu, TAG_MARK);
}

/** FTS5 reads an expression as a C string, which ends at the first NUL. */
function plainText(word: string): string {
  return word.replaceAll('\0', ' ').replaceAll(TAG_MARK, ' ');
}
