import { isBot, plainName } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import { filedIn } from './shards.ts';

/**
 * Starts every tag in the index, so that a tag is never mistaken for a word that somebody wrote: the level `info` is in every other
 * row, the word "info" is not. A character for private use, which the tokenizer `unicode61` takes for a letter.
 */
const TAG_MARK = '\uE000';

/** What the index holds of an entry beside its text: level, category, the bot's and the tool's name. */
export function tagsOf(entry: Entry, tag: (name: string) => string = tagOf): string {
  let tags = `${tag(entry.level)} ${tag(entry.category)}`;
  if (entry.escalation) tags += ` ${tag('escalation')}`;
  if (isBot(entry.author)) tags += ` ${tag(entry.author.name)}`;
  if (entry.tool) tags += ` ${tag(entry.tool.name)}`;
  return tags;
}

/** How many tags are kept at hand: there are a few levels and categories, and a name for each bot. */
const KEPT = 2_000;

/** {@link tagsOf} for many entries: the same few tags again and again, which take twenty times as long to make as to look up. */
export function prepareTagsOf(): (entry: Entry) => string {
  const known = new Map<string, string>();
  const tag = (name: string) => {
    const made = known.get(name);
    if (made !== undefined) return made;
    if (known.size >= KEPT) known.clear();
    known.set(name, tagOf(name));
    return known.get(name)!;
  };
  return (entry) => tagsOf(entry, tag);
}

/**
 * The FTS5 expression for any of these words or tags in a shard; null when it could match nothing. Everything is quoted and
 * has nothing but letters and digits, so whatever people type is taken as text.
 */
export function matchExpression(words: string[], tags: string[], shard: number): string | null {
  const texts = [...words.map((word) => word.replaceAll(TAG_MARK, ' ')), ...tags.map(tagOf)];
  const phrases = new Set(texts.map((text) => filedIn(shard, text)));
  phrases.delete('');
  return phrases.size === 0 ? null : [...phrases].map((phrase) => `"${phrase}"`).join(' OR ');
}

/** A tag as one token: the tokenizer would split `rate_limiter` at anything but letters and digits. */
function tagOf(tag: string): string {
  // Nearly all of them, and this runs several times for each entry.
  if (/^[a-z0-9]+$/.test(tag)) return TAG_MARK + tag;
  return TAG_MARK + plainName(tag).replace(/[^\p{L}\p{N}]/gu, TAG_MARK);
}
