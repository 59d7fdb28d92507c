import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Finds the words from which a wallet can be restored (BIP 39): twelve to twenty-four, where they are called so. */
export const seedPhraseRule: Rule = {
  certainty: 'called secret',
  triggers: ['seed', 'mnemonic', 'recovery', 'secret phrase'],
  find(text, at) {
    const match = matchAt(SEED_PHRASE, text, at);
    if (match === null) return null;
    const end = at + match[0].length;
    return { start: end - match[1]!.length, end, kind: 'seed-phrase' };
  },
};

const SEED_PHRASE =
  /(?:seed|mnemonic|recovery|secret)(?:[ _-](?:phrase|words?))?["'*]{0,3}(?:\s?[:=]| is:?)["'`*\s]{1,8}((?:[a-z]{3,8}[ ,]{1,2}){11,23}[a-z]{3,8})/iy;

/** Finds 32 bytes in hexadecimal after `0x`: a private key of Ethereum and its kin, unless it is called a hash or a transaction. */
export const walletKeyRule: Rule = {
  certainty: 'called secret',
  triggers: ['0x'.padEnd(3, '0'), ...[...'123456789abcdef'].map((digit) => `0x${digit}`)],
  find(text, at) {
    const match = matchAt(KEY, text, at);
    if (match === null || HASH.test(text.slice(Math.max(0, at - 32), at))) return null;
    return { start: at, end: at + match[0].length, kind: 'wallet-key' };
  },
};

const KEY = /(?<!\w)0x[0-9a-f]{64}(?!\w)/iy;
const HASH =
  /tx|txn|transaction|hash|block|topic|root|digest|sha|keccak|commit|slot|bytes32|selector|proof|state/i;
