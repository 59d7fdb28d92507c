import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ago, clean, duration, escapeLine, percent, plainLine, quoted, shown } from '../../src/views/text.ts';

/** What a reader sees of escaped text: Discord drops the backslash before punctuation. */
const read = (escaped: string) => escaped.replace(/\\([^0-9A-Za-z\s])/g, '$1').replaceAll('＠', '@');

describe('text that others wrote is shown as text', () => {
  test.each([
    ['bold and italics', '**b** *i* ~~s~~ ||x||', String.raw`\*\*b\*\* \*i\* \~\~s\~\~ \|\|x\|\|`],
    ['code', '`rm` ```sh', '\\`rm\\` \\`\\`\\`sh'],
    ['a masked link', '[docs](https://evil.example)', String.raw`\[docs\](https:\//evil.example)`],
    ['a mention of everyone', '@everyone @here', '＠everyone ＠here'],
    ['mentions by id', '<@123> <@!123> <@&9> <#5>', String.raw`\<＠123> \<＠!123> \<＠&9> \<\#5>`],
    ['a custom emoji', '<:x:123> <a:y:9>', String.raw`\<:x:123> \<a:y:9>`],
    ['a command link', '</explain:99>', String.raw`\</explain:99>`],
    ['a heading', '# big', String.raw`\# big`],
    ['small print', '-# small', String.raw`\-# small`],
    ['a quote', '>>> q', String.raw`\>>> q`],
    ['a list', '- item', String.raw`\- item`],
    ['a numbered list', '  12. item', String.raw`  12\. item`],
    ['underlines', '__u__ _i_', String.raw`\_\_u\_\_ \_i\_`],
    ['a file name, as it is', 'write_file src/rate_limiter.py', 'write_file src/rate_limiter.py'],
    ['a bot’s name, as it is', '@researcher look', '@researcher look'],
    ['a backslash', 'a\\*b', String.raw`a\\\*b`],
  ])('%s', (_, text, expected) => {
    expect(escapeLine(text)).toBe(expected);
    expect(read(expected)).toBe(text);
  });

  test.each([
    ['direction changes', 'a\u202Eb\u2066c\u200Fd', 'abcd'],
    ['zero-width characters', 'a\u200Bb\u2060c\uFEFFd\u00ADe\u200De', 'abcdee'],
    ['tag characters that spell in secret', 'a\u{E0041}\u{E0042}', 'a'],
    ['letters drawn as nothing', 'a\u3164\u2800b', 'ab'],
    ['control characters', 'a\u0000\u0007\u001Bb', 'ab'],
    ['half a character', 'a\uD800b', 'a\uFFFDb'],
    ['line ends of all kinds', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['towers of accents', `e${'\u0301'.repeat(40)}`, 'é\u0301\u0301\u0301'],
    ['families of emoji, which stay', '👩‍👩‍👧 ❤️', '👩‍👩‍👧 ❤️'],
    ['joiners that Persian needs, which stay', 'می\u200Cخواهم', 'می\u200Cخواهم'],
  ])('%s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test('a line is one line of at most so many characters, and says where it was cut', () => {
    expect(shown('two\n\n  lines', 100)).toBe('two lines');
    expect(shown('a long sentence', 8)).toBe('a long…');
    expect(shown('****', 5)).toBe(String.raw`\*\*…`);
    expect(plainLine('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 17)).toBe('👨‍👩‍👧👨‍👩‍👧…');
  });

  test('no text makes a line longer than allowed, and none leaves an escape cut in half', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 2, max: 80 }),
        (text, max) => {
          const line = shown(text, max);
          expect(line.length).toBeLessThanOrEqual(max);
          expect(line).not.toMatch(/\n|(?<!\\)(?:\\\\)*\\(?:$|…$)/);
        },
      ),
    );
  });
});

describe('a whole text is quoted in pieces', () => {
  test('line by line, with nothing but blank lines left out', () => {
    expect(quoted('# one\n\n\n\n\ntwo\n', 100)).toEqual(['> \\# one\n> \n> two']);
    expect(quoted(' \u200B ', 100)).toEqual([]);
  });

  test('and neither begins nor ends a piece with a blank line', () => {
    expect(quoted('one\n\ntwo\n\nthree', 8)).toEqual(['> one', '> two', '> three']);
  });

  test('breaks long lines between words', () => {
    expect(quoted('alpha beta gamma delta', 14)).toEqual(['> alpha beta ', '> gamma delta']);
  });

  test('keeps every character of every text, in pieces that are never too long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 600 }),
        fc.integer({ min: 40, max: 200 }),
        (text, size) => {
          const pieces = quoted(text, size);
          for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(size);
          const back = pieces.join('\n').replace(/^> /gm, '');
          // A wide at sign may have been one from the start.
          const wanted = clean(text).replaceAll('＠', '@');
          expect(read(back).replace(/\s/g, '')).toBe(wanted.replace(/\s/g, ''));
        },
      ),
    );
  });
});

test.each([
  [0, '0 ms'],
  [450, '450 ms'],
  [999.7, '1 s'],
  [3200, '3.2 s'],
  [59_960, '1 min'],
  [23 * 60_000, '23 min'],
  [59.8 * 60_000, '1 h'],
  [125 * 60_000, '2 h 5 min'],
  [47 * 3_600_000, '47 h'],
  [76 * 3_600_000, '3 d 4 h'],
])('%d ms is said as %s', (ms, said) => {
  expect(duration(ms)).toBe(said);
});

test('says how long ago, and how sure', () => {
  expect(ago(1000, 30_000)).toBe('just now');
  expect(ago(0, 300_000)).toBe('5 min ago');
  expect(percent(0.6)).toBe('60 %');
});
