import { matchAt } from '../rule.ts';
import type { Finding, Rule } from '../rule.ts';
import { HEAD, readAssignment, trimEnd } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import { endsWord, isAboutSecret, startsWord } from './names.ts';
import { isPlaceholder, looksRandom } from './randomness.ts';

/** Finds what is called a password. People choose them, so they need not look random: how they are assigned decides. */
export const passwordRule: Rule = {
  certainty: 'called secret',
  triggers: [
    'pass',
    'pwd',
    'pw:',
    'pw=',
    'pw ',
    'mot de passe',
    'kennwort',
    'wachtwoord',
    'contrase',
    'senha',
    'пароль',
    'Пароль',
    '密码:',
    '密码：',
    'パスワード',
    '비밀번호',
  ],
  find(text, at) {
    const name = matchAt(NAME, text, at)?.[0];
    if (name === undefined || !isName(name, text, at)) return null;
    const assignment = readAssignment(text, at, at + name.length);
    if (assignment === null || isAboutSecret(assignment.rest)) return null;
    if (name.toLowerCase() === 'pass' && !isPassOfAccount(assignment, text, at)) return null;
    return isPassword(assignment) ? passwordIn(assignment) : null;
  },
};

const NAME =
  /(?:pass(?:word|wd|phrase|wort|code)?|pwd?|mot de passe|kennwort|wachtwoord|contrase[ñn]a|senha)s?|пароль|密码|パスワード|비밀번호/iy;

/** A word of its own in a name; a long one also behind others without a mark between them: `PGPASSWORD`. */
function isName(name: string, text: string, at: number): boolean {
  return (name.length > 5 || startsWord(text, at)) && endsWord(text, at + name.length);
}

/** `DB_PASS: …`, `pass=…` and `user: …, pass: …` name a password; `season pass: …` and `PASS: …` have other meanings. */
function isPassOfAccount({ quoted, operator }: Assignment, text: string, at: number): boolean {
  if (quoted || operator === '=' || /[_.-]/.test(text[at - 1] ?? '')) return true;
  return /(?:user(?:name)?|login|account|e-?mail|admin|root|ssh|ftp|wi-?fi)\b.{0,60}\s*$/i.test(
    text.slice(Math.max(0, at - 80), at),
  );
}

function isPassword({ value: whole, quoted, operator, rest }: Assignment): boolean {
  const value = whole.slice(0, HEAD);
  if (value.length < 4 || (!quoted && !/[\d!@#$%^&*]/.test(value)) || isPlaceholder(value)) return false;
  // `("password", "email")` is a list of names, `getPassword("db")` a call.
  if (operator === ',' || operator === '(' || operator === '>') return looksRandom(value);
  // What follows without a sign, in a sentence say, must look like one.
  if (SENTENCE.test(operator)) return /\d/.test(value) && /[A-Za-z]/.test(value) && !CODE.test(value);
  if (quoted) return !/\s/.test(value) && !/^[[(]/.test(value);
  return !CODE.test(value) && !PRICE.test(value) && !/\s\w+\s/.test(rest);
}

/** The operators of sentences and of commands. */
const SENTENCE = /^(?:is|was|ist|est|es|[–—-]{1,2})?$/;
/** An expression of a programming language: a call, an element, a member, a path. */
const CODE = /^[A-Za-z_]\w*(?:[([]|\.[A-Za-z_]\w*|->|::)|^[([{/]|^[!=]=|^&&|^\.\.?\/|^--?[a-z]/;
const PRICE = /^[$€£]\d+(?:[.,]\d+)?[.,)]?$/;

function passwordIn({ start, value, quoted }: Assignment): Finding {
  // What ends a sentence, a bracket or bold text is not part of a password that stands free.
  const password = quoted ? value : trimEnd(value, ')]}.|*');
  return { start, end: start + password.length, kind: 'password' };
}
