import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Finds addresses of e-mail. Not `git@host`, which is how programs reach repositories, nor senders that nobody answers. */
export const emailRule: Rule = {
  certainty: 'personal',
  triggers: ['@'],
  find(text, at) {
    const match = matchAt(ADDRESS, text, at);
    if (match === null || NOBODY.test(match[1]!) || USER_INFO.test(text.slice(Math.max(0, at - 160), at)))
      return null;
    return { start: at - match[1]!.length, end: at + match[0].length, kind: 'email' };
  },
};

/**
 * RFC 5321 without its rare forms; the lengths are its limits. Behind `@` comes a name with a top-level domain of
 * letters: no version (`lodash@4.17.21`), no picture (`icon@2x.png`), no machine at home.
 */
const ADDRESS =
  /(?<=(?<![\w.+%'-])([\p{L}\p{N}][\p{L}\p{N}_.+%'-]{0,63}))@(?!v?\d+(?:x\.|\.\d))(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(?!(?:local|internal|localdomain|lan)\b)\p{L}{2,24}(?![\w-])/uy;
/** Before the `@` of an address on the web. */
const USER_INFO = /:\/\/[^\s/]{0,150}$/;
const NOBODY = /^(?:git|hg|svn|no-?reply|do-?not-?reply|mailer-daemon)$/i;
