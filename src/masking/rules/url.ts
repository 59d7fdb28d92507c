import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { isPlaceholder } from './randomness.ts';

/** Finds the password in `scheme://user:password@host`, and a token that stands alone before the host. */
export const urlRule: Rule = {
  certainty: 'called secret',
  triggers: ['://'],
  find(text, at) {
    const match = matchAt(USER_INFO, text, at);
    if (match === null) return null;
    const password = match[1] ?? match[2]!;
    if (match[2] !== undefined && !/\d/.test(password)) return null;
    if (isPlaceholder(password) && !/^password$/i.test(password)) return null;
    const end = at + match[0].length;
    return { start: end - password.length, end, kind: 'url-credentials' };
  },
};

/** RFC 3986, section 3.2.1. Passwords hold an `@` at times, though they should not: the last one counts. */
const USER_INFO =
  /:\/\/(?:[^\s/?#:@"'`<>[\]{}]{0,128}:([^\s/?#"'`<>]{1,256})|([A-Za-z0-9_\-.~%]{20,256}))(?=@[\w[.])/y;
