import * as fc from 'fast-check';
import { seededRandom } from '../../bench/shared/text.ts';
import type { Random } from '../../bench/shared/text.ts';
import { createMasker } from '../../src/masking/mask.ts';
import type { Run, Shape } from '../../src/masking/shape.ts';

/** One for all tests, as in the program: it keeps nothing of what it reads. */
export const masker = createMasker();

export const masked = (text: string): string => masker.mask(text).text;

/** Made-up secrets of a shape. */
export function secretsOf(shape: Shape): fc.Arbitrary<string> {
  return fc.integer().map((seed) => secretOf(shape, seed));
}

/** One of them, the same on each run. It has digits and letters if its alphabet has: without, it could be a word. */
export function secretOf(shape: Shape, seed = 1): string {
  const random = seededRandom(seed);
  const alphabets = shape.map((part) => (typeof part === 'string' ? [] : alphabetOf(part)));
  const canVary = shape.some(
    (part, at) => typeof part === 'object' && part.max > 4 && holdsBoth(alphabets[at]!),
  );
  for (;;) {
    const secret = shape
      .map((part, at) => (typeof part === 'string' ? part : fill(part, alphabets[at]!, random)))
      .join('');
    if (!secret.startsWith('=') && (!canVary || isVaried(secret))) return secret;
  }
}

/** A run that may go on without an end goes on for some characters. */
const EXTRA = 12;

function fill({ min, max }: Run, alphabet: readonly string[], random: Random): string {
  const length = min + Math.floor(random() * (Math.min(max - min, EXTRA) + 1));
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]!).join('');
}

function alphabetOf({ chars }: Run): string[] {
  const allowed = new RegExp(`[${chars}]`);
  return Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((character) =>
    allowed.test(character),
  );
}

function holdsBoth(alphabet: readonly string[]): boolean {
  return alphabet.includes('0') && alphabet.some((character) => /[A-Za-z]/.test(character));
}

function isVaried(secret: string): boolean {
  return (
    /\d/.test(secret) && /[A-Za-z]/.test(secret) && new Set(secret).size > Math.min(4, secret.length / 2)
  );
}
