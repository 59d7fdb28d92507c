import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Finds private keys in PEM and PGP armour (RFC 7468, RFC 9580), also where the end is cut off. */
export const pemRule: Rule = {
  triggers: ['-----begin', 'private-lines:'],
  find(text, at) {
    const begin = matchAt(BEGIN, text, at);
    if (begin === null) return null;
    const body = matchAt(BODY, text, at + begin[0].length)!;
    const start = at + begin[0].length;
    const end = start + body[0].length;
    if (end - start < 16) return null;
    return { start, end, kind: 'private-key', certainty: 'format' };
  },
};

const BEGIN =
  /-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY(?: BLOCK)?|Static key V1)-----|Private-Lines: ?\d{1,4}/y;
/** Base64, headers like `Proc-Type: 4,ENCRYPTED`, line ends also where they are written as `\n`. */
const BODY =
  /(?:[A-Za-z0-9+/=\s]|\\[nr]|(?<=\n|\\n)(?:Proc-Type|DEK-Info|Version|Comment|Hash): ?[^\n\\]{0,100})*/y;
