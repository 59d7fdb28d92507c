import { matchAt } from '../rule.ts';
import type { Finding, Rule } from '../rule.ts';
import { isPlaceholder } from './randomness.ts';

/** How far before an option its command is looked for, in characters: a command goes on over several lines. */
const REACH = 1000;

/** Finds the password of `curl --user name:password`. */
export const userOptionRule: Rule = {
  certainty: 'called secret',
  triggers: [' -u', '--user', '--proxy-user'],
  find(text, at) {
    const match = matchAt(USER, text, at);
    return match && isOptionOf(CURL, text, at) ? passwordAtEnd(match) : null;
  },
};

const USER = /(?: -u|--(?:proxy-)?user)[ =]{0,3}["']?[^\s:"'$[\]<>]{0,100}:([^\s"'`]{3,200})/y;
const CURL = /\b(?:curl|wget|https?|xh)\b/;

/** Finds the password of `sshpass -p password`, `docker login -p password`, `mysql -ppassword`. */
export const passwordOptionRule: Rule = {
  certainty: 'called secret',
  triggers: [' -p'],
  find(text, at) {
    const match = matchAt(PASSWORD, text, at);
    return match && isOptionOf(LOGIN, text, at) ? passwordAtEnd(match) : null;
  },
};

const PASSWORD = / -p ?["']?(?=["']?[^\s"'-])([^\s"'`]{4,200})/y;
const LOGIN =
  /\b(?:sshpass|(?:docker|podman|buildah|skopeo|helm|oras|crane|registry) (?:registry )?login|mysql\w*|mariadb\w*|mongo\w*|ldap\w+|smbclient|vncviewer|az login)\b[^\n|;&]{0,200}$/;

/** Finds the password in SQL: `IDENTIFIED BY '…'`. */
export const sqlPasswordRule: Rule = {
  certainty: 'called secret',
  triggers: ['identified by', 'identified with'],
  find(text, at) {
    const match = matchAt(IDENTIFIED, text, at);
    return match && passwordAtEnd(match);
  },
};

const IDENTIFIED = /identified (?:by|with \w{1,40} (?:by|as)) (?:password )?["']([^\n"']{3,200})/iy;

function isOptionOf(command: RegExp, text: string, at: number): boolean {
  return command.test(text.slice(Math.max(0, at - REACH), at));
}

function passwordAtEnd(match: RegExpExecArray): Finding | null {
  const password = match[1]!;
  if (isPlaceholder(password)) return null;
  const end = match.index + match[0].length;
  return { start: end - password.length, end, kind: 'password' };
}
