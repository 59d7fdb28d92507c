import { matchAt } from './rule.ts';
import type { Rule } from './rule.ts';
import { endOf, escape, sourceOf } from './shape.ts';
import type { Shape } from './shape.ts';

/** A secret that is known by its looks alone, as its provider documents it. */
export interface Format {
  /** What the marker says: `[masked:<kind>]`. */
  kind: string;
  /** How it starts: a trigger of a rule. */
  prefix: string | readonly string[];
  /** What follows the prefix. */
  body: Shape;
  /** What of it stands before the prefix, for secrets that are known by their middle. No run of it is without an end. */
  lead?: Shape;
  /** It is found in the middle of a word, too, however short its prefix is. */
  anywhere?: true;
  /** The prefix stays readable: it is the address of a webhook, say, and only what follows is secret. */
  keepPrefix?: true;
}

/** Looks for a secret in its provider's format, wherever one of its prefixes stands. */
export function formatRules({ kind, prefix, body, lead, anywhere, keepPrefix }: Format): Rule[] {
  const before = lead ? `(?<=(?<![A-Za-z0-9])(${sourceOf(lead)}))` : '';
  const words = wordsBeside(body);
  const prefixes = typeof prefix === 'string' ? [prefix] : prefix;
  return prefixes.map((prefix) => {
    const boundary = lead || anywhere ? '' : boundaryOf(prefix);
    const expression = new RegExp(before + boundary + escape(prefix) + sourceOf(body) + endOf(body), 'y');
    return {
      certainty: 'format',
      triggers: [prefix],
      find(text, at) {
        // A trigger stands in either case, a prefix as it is written: that settles nearly all places at once.
        if (!text.startsWith(prefix, at)) return null;
        const bodyAt = at + prefix.length;
        if (words.test(text.slice(bodyAt, bodyAt + HEAD))) return null;
        const match = matchAt(expression, text, at);
        if (match === null) return null;
        const start = keepPrefix ? bodyAt : at - (match[1]?.length ?? 0);
        return { start, end: at + match[0].length, kind };
      },
    };
  });
}

/** So many characters of a secret tell whether it is one. */
const HEAD = 64;

/**
 * Words with dashes between them: a slug or a name, not a secret. Looked for before the secret, which may be long. Where a character
 * of the secret's own alphabet follows, it is for the secret's expression to say.
 */
function wordsBeside(body: Shape): RegExp {
  const alphabet = body
    .map((part) => (typeof part === 'string' ? escape(part).replaceAll('-', String.raw`\-`) : part.chars))
    .join('');
  return new RegExp(`^[a-z]+(?:[-_.][a-z]+)+[-_.]?(?![\\w.=+/\\-${alphabet}])`);
}

/**
 * A prefix like `ghp_` is found within a word, too, where people and programs run things together. A shorter one, or one that could
 * be the end of a word, must start one.
 */
function boundaryOf(prefix: string): string {
  const startsWord = /^[A-Za-z0-9]/.test(prefix);
  const isUnmistakable = prefix.length >= 4 && /[^A-Za-z0-9]$/.test(prefix);
  return startsWord && !isUnmistakable ? '(?<![A-Za-z0-9])' : '';
}
