import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Finds private keys in PEM and PGP armour (RFC 7468, RFC 9580) with their frames, also where the end is cut off. */
export const pemRule: Rule = {
  certainty: 'format',
  triggers: ['-----begin', 'private-lines:'],
  find(text, at) {
    const begin = matchAt(BEGIN, text, at);
    if (begin === null) return null;
    const bodyAt = at + begin[0].length;
    const body = matchAt(BODY, text, bodyAt)!;
    if (body[0].length < SHORTEST) return null;
    const endAt = bodyAt + body[0].length;
    return { start: at, end: endAt + (matchAt(END, text, endAt)?.[0].length ?? 0), kind: 'private-key' };
  },
};

/** What is shorter is an example of the frame, in characters. */
const SHORTEST = 16;

const BEGIN =
  /-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY(?: BLOCK)?|Static key V1)-----|Private-Lines: ?\d{1,4}/y;
/** Base64, headers like `Proc-Type: 4,ENCRYPTED`, line ends also where they are written as `\n`. */
const BODY =
  /(?:[A-Za-z0-9+/=\s]+|\\[nr]|(?<=\n|\\n)(?:Proc-Type|DEK-Info|Version|Comment|Hash): ?[^\n\\]{0,100})*/y;
const END = /-----END [A-Za-z0-9 ]{0,60}-----/y;
