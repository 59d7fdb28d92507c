import { matchAt } from '../rule.ts';
import type { Finding, Rule } from '../rule.ts';
import { readAssignment } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import { isAboutSecret, isChecksum } from './names.ts';
import { entropyOf, isPlaceholder, looksRandom } from './randomness.ts';

/** Finds what is called a token, a key or a secret and looks as if a machine made it up. */
export const secretRule: Rule = {
  triggers: ['token', 'secret', 'key', 'auth', 'cred', 'signature', 'sig=', 'bearer'],
  find(text, at) {
    const name = matchAt(NAME, text, at);
    if (name === null || isPublic(text, at)) return null;
    const word = name[0].toLowerCase();
    const assignment = readAssignment(text, at + (word === 'sig=' ? 3 : word.length));
    if (assignment === null || isAboutSecret(assignment.rest)) return null;
    if (isChecksum(assignment.rest, assignment.value)) return null;
    const isSure = word !== 'key' || QUALIFIED.test(text.slice(Math.max(0, at - 16), at));
    return isSecret(assignment, isSure) ? secretIn(assignment, word) : null;
  },
};

const NAME =
  /token|secret|key|auth(?:orization)?(?![a-np-z])|credentials?|creds?(?![a-z])|signature|sig=|bearer/iy;

/** Before `key`: what it opens. A key of a map, a cache or a database is no secret. */
const QUALIFIED =
  /(?:api|access|secret|private|auth|account|encrypt(?:ion)?|decrypt(?:ion)?|sign(?:ing|ature)?|master|licen[cs]e|subscription|storage|shared|consumer|client|app|application|service|deploy|webhook|aes|hmac|jwt|integration|install|ingest|write|function|relay|host|admin|root|push|server|product|activation|recovery|preshared|wireguard)[_\-. ]?$/i;

const PUBLIC =
  /(?:public|publishable|primary|foreign|partition|sort|cache|csrf|xsrf|idempotency|page|pagination|continuation|next|max|num|total|min)[_\-. ]?$/i;

function isPublic(text: string, at: number): boolean {
  return PUBLIC.test(text.slice(Math.max(0, at - 16), at));
}

function isSecret({ value, quoted, operator, rest }: Assignment, isSure: boolean): boolean {
  if (isPlaceholder(value) || CODE.test(value)) return false;
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
  return (
    value.length >= 8 &&
    /^\S+$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    /[!@#$%^&*]/.test(value)
  );
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A call, an element or a member in a program. */
const CODE = /^[A-Za-z_]\w*(?:[([]|(?:\.[A-Za-z_]\w*)+[([]|->|::)/;

function secretIn({ start, value, quoted }: Assignment, word: string): Finding {
  const length = quoted ? value.length : (/^[^&)\]}|*]+/.exec(value)?.[0].replace(/[.:]+$/, '').length ?? 0);
  return { start, end: start + length, kind: KINDS[word] ?? 'secret', certainty: 'called secret' };
}

const KINDS: Record<string, string> = {
  token: 'token',
  bearer: 'token',
  key: 'key',
  authorization: 'authorization',
  auth: 'authorization',
  credential: 'credential',
  credentials: 'credential',
  'sig=': 'signature',
  signature: 'signature',
};
