import type { Author } from '../domain/author.ts';
import type { Masker } from '../masking/mask.ts';

/**
 * The author as it may be stored. What people, webhooks and blocks are called is up to whoever names them, and may hold a secret; so
 * may a key that is made of such a name. A bot account is called what its owner called it for all to see.
 */
export function withSafeName(author: Author, masker: Masker | null): Author {
  if (masker === null || (author.kind === 'bot' && !author.key.startsWith('@'))) return author;
  const { text: name } = masker.mask(author.name);
  return name === author.name
    ? author
    : { ...author, name, key: author.key.replace(NAME_IN_KEY, () => name) };
}

/** The rest of `@name`, `webhook:name` and `bot/name`. The id of a person's account has none. */
const NAME_IN_KEY = /(?<=[:/@]).*$/s;
