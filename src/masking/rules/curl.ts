import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { isPlaceholder } from './randomness.ts';

/** Finds the password of `curl --user name:password`. */
export const curlRule: Rule = {
  certainty: 'called secret',
  triggers: [' -u', '--user', '--proxy-user'],
  find(text, at) {
    const match = matchAt(USER, text, at);
    if (match === null || !isCurl(text, at)) return null;
    const password = match[1]!;
    if (isPlaceholder(password)) return null;
    const end = at + match[0].length;
    return { start: end - password.length, end, kind: 'password' };
  },
};

const USER = /(?: -u|--(?:proxy-)?user)[ =]{0,3}["']?[^\s:"'$[\]<>]{0,100}:([^\s"'`]{3,200})/y;

/** How far before the option its command is looked for, in characters: a command goes on over several lines. */
const REACH = 1000;

function isCurl(text: string, at: number): boolean {
  return /\b(?:curl|wget|http)\b/.test(text.slice(Math.max(0, at - REACH), at));
}
