import { matchAt } from '../rule.ts';
import type { Finding, Rule } from '../rule.ts';
import { HEAD, readAssignment, trimEnd } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import { isAboutSecret, isWordOfName } from './names.ts';
import { isPlaceholder, looksRandom } from './randomness.ts';

/** Finds what is called a password. People choose them, so they need not look random: how they are assigned decides. */
export const passwordRule: Rule = {
  certainty: 'called secret',
  triggers: ['pass', 'pwd', 'kennwort', 'wachtwoord', 'contrase', 'senha'],
  find(text, at) {
    const name = matchAt(NAME, text, at);
    const end = at + (name?.[0].length ?? 0);
    if (name === null || !isWordOfName(text, at, end)) return null;
    const assignment = readAssignment(text, end);
    if (assignment === null || isAboutSecret(assignment.rest)) return null;
    // `DB_PASS: …` and `pass=…` name a password; `season pass: …` and `PASS: …` have other meanings.
    const isPlain = /^pass$/i.test(name[0]) && !/[_.-]/.test(text[at - 1] ?? '');
    if (isPlain && !assignment.quoted && assignment.operator !== '=') return null;
    return isPassword(assignment) ? passwordIn(assignment) : null;
  },
};

const NAME = /(?:pass(?:word|wd|phrase|wort|code)?|pwd|kennwort|wachtwoord|contrase[ñn]a|senha)s?/iy;

function isPassword({ value: whole, quoted, operator, rest }: Assignment): boolean {
  const value = whole.slice(0, HEAD);
  if (value.length < 4 || (!quoted && !/[\d!@#$%^&*]/.test(value)) || isPlaceholder(value)) return false;
  // `("password", "email")` is a list of names, `getPassword("db")` a call.
  if (operator === ',' || operator === '(' || operator === '>') return looksRandom(value);
  if (quoted) return !/\s/.test(value) && !/^[[(]/.test(value);
  if (CODE.test(value) || PRICE.test(value) || /\s\w+\s/.test(rest)) return false;
  if (operator === 'is' || operator === 'was') return /\d/.test(value) && /[A-Za-z]/.test(value);
  return true;
}

/** An expression of a programming language: a call, an element, a member, a path. */
const CODE = /^[A-Za-z_]\w*(?:[([]|\.[A-Za-z_]\w*|->|::)|^[([{/]|^[!=]=|^&&|^\.\.?\/|^--?[a-z]/;
const PRICE = /^[$€£]\d+(?:[.,]\d+)?[.,)]?$/;

function passwordIn({ start, value, quoted }: Assignment): Finding {
  // What ends a sentence, a bracket or bold text is not part of a password that stands free.
  const password = quoted ? value : trimEnd(value, ')]}.|*');
  return { start, end: start + password.length, kind: 'password' };
}
