import type { Finding, Rule } from '../rule.ts';
import { matchAt } from '../rule.ts';
import { readAssignment } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import { isAboutSecret } from './names.ts';
import { isPlaceholder, looksRandom } from './randomness.ts';

/** Finds what is called a password. People choose them, so they need not look random: how they are assigned decides. */
export const passwordRule: Rule = {
  triggers: ['pass', 'pwd', 'contraseña', 'kennwort'],
  find(text, at) {
    const name = matchAt(NAME, text, at);
    if (name === null) return null;
    const assignment = readAssignment(text, at + name[0].length);
    if (assignment === null || isAboutSecret(assignment.rest)) return null;
    return isPassword(assignment) ? passwordIn(assignment) : null;
  },
};

/** The word itself, not a part of `bypass` or `passed`; `dbPass` is a name of its own. */
const NAME =
  /(?:(?<![a-z])[pP]|(?<![A-Za-z])[pP]|P)(?:ass(?:word|wd|phrase|wort|code)?|wd|ASS(?:WORD|WD|PHRASE|CODE)?|WD)s?(?![a-z])/y;

function passwordIn({ start, value, quoted }: Assignment): Finding {
  // What ends a sentence, a bracket or bold text is not part of a password that stands free.
  const length = quoted ? value.length : value.replace(/[)\]}.|*]+$/, '').length;
  return { start, end: start + length, kind: 'password', certainty: 'called secret' };
}

function isPassword({ value, quoted, operator, rest }: Assignment): boolean {
  if (value.length < 4 || isPlaceholder(value)) return false;
  // `("password", "email")` is a list of names, `getPassword("db")` a call.
  if (operator === ',' || operator === '(' || operator === '>') return looksRandom(value);
  if (quoted) return !/\s/.test(value) && !/^[[(]/.test(value);
  if (CODE.test(value) || /\s\w+\s/.test(rest)) return false;
  if (operator === 'is' || operator === 'was') return /\d/.test(value) && /[A-Za-z]/.test(value);
  return /[\d!@#$%^&*]/.test(value);
}

/** An expression of a programming language: a call, an element, a member, a path. */
const CODE = /^[A-Za-z_]\w*(?:[([]|\.[A-Za-z_]\w*|->|::)|^[([{/]|^[!=]=|^&&|^\.\.?\/|^--?[a-z]/;
