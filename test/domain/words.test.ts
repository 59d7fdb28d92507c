import { describe, expect, test } from 'vitest';
import { WORD_FAMILIES } from '../../src/domain/word-families.ts';
import { beginningsOf, formsOf, stemOf } from '../../src/domain/words.ts';

describe('one word in several forms', () => {
  test.each([
    ['find', 'found'],
    ['wrote', 'writing'],
    ['assumed', 'assumption'],
    ['verifies', 'verification'],
    ['failed', 'failures'],
    ['incorrect', 'incorrectly'],
    ['successfully', 'succeeded'],
    ['analyse', 'analysis'],
  ])('%s and %s count as the same', (one, other) => {
    expect(stemOf(one)).toBe(stemOf(other));
  });

  test.each([
    ['app', 'apply'],
    ['ear', 'early'],
    ['supper', 'supply'],
    ['product', 'providing'],
  ])('%s and %s do not', (one, other) => {
    expect(stemOf(one)).not.toBe(stemOf(other));
  });

  test.each([
    ['claude', ['claude']],
    ['directly', ['directly', 'direct']],
    ['verification', ['verify', 'verification']],
    ['successfully', ['succeed', 'succeeded', 'success', 'successfully', 'successful']],
  ])('%s is looked up as %j', (word, forms) => {
    expect(formsOf(word)).toEqual(forms);
  });

  test('no word is of two families', () => {
    const stems = WORD_FAMILIES.map((family) => stemOf(family[0]!));
    expect(new Set(stems).size).toBe(WORD_FAMILIES.length);
    expect(WORD_FAMILIES.map((family) => [...new Set(family.map(stemOf))])).toEqual(
      stems.map((stem) => [stem]),
    );
  });

  test('every form begins like one of the beginnings that are looked for', () => {
    for (const word of WORD_FAMILIES.flat()) expect(beginningsOf(stemOf(word))).toContain(word.slice(0, 2));
  });
});
