import * as fc from 'fast-check';
import { sourceOf } from '../../src/masking/shape.ts';
import type { Shape } from '../../src/masking/shape.ts';
import { createMasker } from '../../src/masking/mask.ts';

/** One for all tests, as in the program: it keeps nothing of what it reads. */
export const masker = createMasker();

export const masked = (text: string): string => masker.mask(text).text;

/** Made-up secrets of a shape. A secret has a digit or both cases in it: without, it could be a word. */
export function secretsOf(shape: Shape): fc.Arbitrary<string> {
  const made = fc.stringMatching(new RegExp(`^${sourceOf(shape)}$`));
  return made.filter((secret) => !secret.startsWith('=') && (isVaried(secret) || !canVary(shape)));
}

/** One of them, the same on each run. */
export function secretOf(shape: Shape, seed = 1): string {
  return fc.sample(secretsOf(shape), { numRuns: 1, seed })[0]!;
}

function isVaried(secret: string): boolean {
  return (
    /\d/.test(secret) && /[A-Za-z]/.test(secret) && new Set(secret).size > Math.min(4, secret.length / 2)
  );
}

function canVary(shape: Shape): boolean {
  return shape.some((part) => typeof part === 'object' && part.max > 4 && /\\w|0-9/.test(part.chars));
}
