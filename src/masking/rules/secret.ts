import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { HEAD, readAssignment, readSpoken, trimEnd } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import { endsWord, isAboutSecret, isChecksum, startsWord } from './names.ts';
import { entropyOf, isPlaceholder, looksRandom, UUID } from './randomness.ts';

/** Finds what is called a token, a key or a secret and looks as if a machine made it up. */
export const secretRule: Rule = {
  certainty: 'called secret',
  triggers: ['token', 'secret', 'key', 'auth', 'cred', 'signature', 'sig='],
  find(text, at) {
    const name = matchAt(NAME, text, at);
    if (name === null || PUBLIC.test(text.slice(Math.max(0, at - REACH), at))) return null;
    const word = name[0].toLowerCase();
    const end = at + word.length;
    if (/^(?:auth|cred)/.test(word) && !(startsWord(text, at) && endsWord(text, end))) return null;
    const isSure = word !== 'key' || OPENS.test(text.slice(Math.max(0, at - REACH), at));
    const span = secretIn(readAssignment(text, at, end), isSure) ?? secretIn(readSpoken(text, end), isSure);
    return span && { ...span, kind: kindOf(word) };
  },
};

function secretIn(assignment: Assignment | null, isSure: boolean): { start: number; end: number } | null {
  if (assignment === null || isAboutSecret(assignment.rest)) return null;
  const { start, quoted, rest } = assignment;
  if (isChecksum(rest, assignment.value)) return null;
  const value = quoted ? assignment.value : cutFree(assignment.value);
  return isSecret(value.slice(0, HEAD), assignment, isSure) ? { start, end: start + value.length } : null;
}

const NAME = /token|secret|key|auth(?:orization|entication)?|credentials?|creds?|signature|sig(?==)/iy;

/** How far before the word the rest of its name is looked at, in characters. */
const REACH = 16;

/** Before `key`: what it opens. A key of a map, a cache or a database is no secret. */
const OPENS =
  /(?:api|access|secret|private|auth|account|encrypt(?:ion)?|decrypt(?:ion)?|sign(?:ing|ature)?|master|licen[cs]e|subscription|storage|shared|consumer|client|app|application|service|deploy|webhook|aes|hmac|jwt|integration|install|ingest|write|function|relay|host|admin|root|push|server|product|activation|recovery|preshared|wireguard)[_\-. ]?$/i;

/** What is made to be seen, or points to a place in a list. */
const PUBLIC =
  /(?:public|publishable|primary|foreign|partition|sort|cache|csrf|xsrf|idempotency|page|pagination|continuation|next|max|num|total|min)[_\-. ]?$/i;

/** What stands free ends where a query, a bracket, a table or a sentence goes on. */
function cutFree(value: string): string {
  return trimEnd(/^[^&)\]}|*]*/.exec(value)![0], '.:');
}

function isSecret(value: string, { quoted, operator, rest }: Assignment, isSure: boolean): boolean {
  if (isPlaceholder(value) || CODE.test(value)) return false;
  // A word, a number or a hash may follow as well.
  if (operator === ' ')
    return value.length >= 20 && isDense(value) && /[A-Z]/.test(value) && /[g-z]/.test(value);
  if (!isSure) return value.length >= 20 && isDense(value) && !UUID.test(value);
  // Words between the name and the value: `token limit for this is 4096k`.
  if (!quoted && /[a-z] +\w+ +\w/i.test(rest)) return false;
  return looksRandom(value) || (quoted && operator !== ',' && operator !== '(' && isSpecial(value));
}

/** Upper and lower case and digits, or long hexadecimal. */
function isDense(value: string): boolean {
  if (/^[a-f0-9]{32,}$/i.test(value)) return true;
  return looksRandom(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && entropyOf(value) >= 3.5;
}

/** A quoted secret that a person may have chosen: letters and digits and what no name or path has. */
function isSpecial(value: string): boolean {
  const holds = (characters: RegExp) => characters.test(value);
  return value.length >= 8 && !holds(/\s/) && holds(/\d/) && holds(/[A-Za-z]/) && holds(/[!@#$%^&*]/);
}

/** A call, an element or a member in a program. */
const CODE = /^[A-Za-z_]\w*(?:[([]|(?:\.[A-Za-z_]\w*)+[([]|->|::)/;

function kindOf(word: string): string {
  if (word.startsWith('auth')) return 'authorization';
  if (word.startsWith('cred')) return 'credential';
  return word.startsWith('sig') ? 'signature' : word;
}
