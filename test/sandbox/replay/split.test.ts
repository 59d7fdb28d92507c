import { array, assert, constantFrom, integer, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitMessage } from '../../../sandbox/replay/split.ts';

const withoutSpace = (text: string) => text.replaceAll(/\s+/g, '');

const hostileText = array(
  oneof(
    constantFrom('```ts\n', '```', '\n', '\n\n    ', ' ', '🧑‍🚀', '𝔘𝔫𝔦', 'e\u0301', '\t', '—'),
    string({ unit: 'grapheme', maxLength: 12 }),
    constantFrom('x', '漢', '🚀').chain((unit) => integer({ min: 1, max: 60 }).map((n) => unit.repeat(n))),
  ),
  { maxLength: 60 },
).map((parts) => parts.join(''));

describe('splitMessage', () => {
  test('gives pieces that fit, are trimmed, and hold the text but for white space', () => {
    assert(
      property(
        hostileText,
        integer({ min: 8, max: 90 }),
        integer({ min: 0, max: 4 }),
        (text, limit, reserve) => {
          const pieces = splitMessage(text, { limit, reserve });
          expect(withoutSpace(pieces.join(''))).toBe(withoutSpace(text));
          for (const [index, piece] of pieces.entries()) {
            expect(piece.length).toBeLessThanOrEqual(index === 0 ? limit - reserve : limit);
            expect(piece).toBe(piece.trim());
            expect(piece).not.toBe('');
            expect(piece.isWellFormed()).toBe(text.isWellFormed());
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each<[name: string, text: string, pieces: string[]]>([
    ['nothing', '', []],
    ['only white space', ' \n\t ', []],
    ['a text that just fits', 'x'.repeat(20), ['x'.repeat(20)]],
    ['a long word where the limit falls', 'x'.repeat(25), ['x'.repeat(20), 'x'.repeat(5)]],
    ['at the last line end in reach', 'aaaa bbbb cccc\ndd eeeeeee', ['aaaa bbbb cccc', 'dd eeeeeee']],
    ['between words where no line ends', 'aaaa bbbb cccc dddd eeee', ['aaaa bbbb cccc dddd', 'eeee']],
    ['not at a line end far too early', 'a\nbbbbbbbbbb cccc dddddddd', ['a\nbbbbbbbbbb cccc', 'dddddddd']],
    ['before a character that the limit would halve', `${'x'.repeat(19)}🚀z`, ['x'.repeat(19), '🚀z']],
    ['a fence that ends at the limit', `${'x'.repeat(17)}\n\`\`\`\nrest`, ['x'.repeat(17), '```\nrest']],
    ['past a desert of white space', `a${' '.repeat(50)}b`, ['a', 'b']],
  ])('cuts %s', (_, text, pieces) => {
    expect(splitMessage(text, { limit: 20 })).toEqual(pieces);
  });

  test('keeps room for a mention in the first piece only', () => {
    expect(splitMessage('x'.repeat(36), { limit: 20, reserve: 4 })).toEqual(['x'.repeat(16), 'x'.repeat(20)]);
  });
});
