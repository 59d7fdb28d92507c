import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMessage, cutValue } from '../../src/domain/limits.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

describe('a text over its limit', () => {
  it('says how many characters were cut', () => {
    const text = cutMessage('x'.repeat(5000));
    expect(text).toHaveLength(4000);
    expect(text.slice(3970)).toBe('xxxxx… [cut: 1 025 characters]');
  });

  it('stays as it is when it fits', () => {
    expect(cutMessage('x'.repeat(4000))).toBe('x'.repeat(4000));
  });

  it('fits, cuts no character in two, and tells the truth about the rest', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 121, maxLength: 300 }),
        fc.integer({ min: 40, max: 120 }),
        (text, max) => {
          const cut = cutMessage(text, max);
          const [, kept, count] = /^(.*)… \[cut: (\d+) characters\]$/s.exec(cut) ?? [];
          expect(kept!.length + Number(count)).toBe(text.length);
          expect(text.startsWith(kept!)).toBe(true);
          expect(cut.length).toBeLessThanOrEqual(max);
          expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe('a value over its limit', () => {
  it('keeps its shape and shortens its longest texts first', () => {
    const value = { status: 'success', path: 'src/auth.ts', content: 'y'.repeat(30_000) };
    expect(cutValue(value, 16_384)).toEqual({
      status: 'success',
      path: 'src/auth.ts',
      content: expect.stringMatching(/^y{3000,}… \[cut: 26 0\d\d characters\]$/),
    });
  });

  it('keeps the beginning of a list and says how many items are gone', () => {
    const value = { next_actions: ['review'], rows: Array.from({ length: 20_000 }, (_, row) => ({ row })) };
    const cut = cutValue(value, 4096) as { next_actions: string[]; rows: unknown[] };
    expect(cut.next_actions).toEqual(['review']);
    expect(cut.rows).toHaveLength(201);
    expect(cut.rows.at(-1)).toBe('… [cut: 19 800 items]');
  });

  it('is told by its beginning when it has no long texts or lists', () => {
    const value = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`key${index}`, index]));
    expect(cutValue(value, 1000)).toEqual({
      _cut: bytes(value),
      _head: expect.stringMatching(/^\{"key0":0,"key1":1,/),
    });
  });

  it.each([undefined, null, 7, 'short', { a: [1, { b: null }] }])(
    '%j stays as it is when it fits',
    (value) => {
      expect(cutValue(value, 100)).toBe(value);
    },
  );

  it('counts bytes, not characters', () => {
    expect(cutValue('€'.repeat(40), 122)).toBe('€'.repeat(40));
    expect(cutValue('€'.repeat(40), 121)).not.toBe('€'.repeat(40));
  });

  it('always fits and is well formed', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.integer({ min: 64, max: 300 }), (value, max) => {
        const cut = cutValue(value, max);
        expect(bytes(cut)).toBeLessThanOrEqual(max);
        expect(JSON.stringify(cut).isWellFormed()).toBe(true);
      }),
    );
  });
});
