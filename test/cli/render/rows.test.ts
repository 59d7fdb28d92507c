import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { readMarkdown } from '../../../src/cli/render/markdown.ts';
import { rowsOf } from '../../../src/cli/render/rows.ts';
import { piecesOf, widthOf } from '../../../src/cli/render/width.ts';
import { shown } from '../../../src/views/text.ts';

const known = {
  channel: (id: string) => (id === '5' ? 'general' : undefined),
  now: Date.UTC(2026, 0, 5, 9),
  timezone: 'Europe/Lisbon',
};
const plain = (_style: string, text: string) => text;

/** Markdown as rows of plain text. */
function rows(text: string, width = 40): string[] {
  const look = { width, paint: plain, opens: false };
  return readMarkdown(text, known).flatMap((line) => rowsOf(line, look));
}

test.each<[string, string]>([
  ['**nanobot** *said* `x`', 'nanobot said x'],
  [String.raw`a \*\*b\*\* \[c\]\(d\) :\//e`, 'a **b** [c](d) ://e'],
  ['[12](https://discord.com/channels/1/2/3) text', '12 text'],
  [String.raw`[“it \`is\`”](https://x.y) · **a \* b**`, '“it `is`” · a * b'],
  ['in <#5>, <#6>, <@7>', 'in #general, #6, @7'],
  ['<t:1767603300:R>', '5 min ago'],
  ['-# small · print', 'small · print'],
  ['> quoted', '▏ quoted'],
  ['see `/how` and `/workspace`', 'see work-logs how and /workspace'],
  ['snake_case * 3', 'snake_case * 3'],
])('%s reads %s', (markdown, text) => {
  expect(rows(markdown, 200)).toEqual([text]);
});

test('instants are told in the time zone of the configuration', () => {
  expect(rows(`<t:${Date.UTC(2026, 6, 1, 12) / 1000}:f>`)).toEqual(['1 Jul 2026, 13:00']);
});

test('a step goes on beside its number, a quote behind its bar', () => {
  expect(rows('12 💬 nanobot says what is to be done', 22)).toEqual([
    '12 💬 nanobot says',
    '   what is to be done',
  ]);
  expect(rows('> one two three four', 12)).toEqual(['▏ one two', '▏ three four']);
});

test('a word that looks different in its parts is not torn apart', () => {
  expect(rows('a few words **bold**, tail', 18)).toEqual(['a few words bold,', 'tail']);
});

test.each([
  ['plain', 5],
  ['日本語', 6],
  ['👩‍🚀🤝', 4],
  ['e\u0301', 1],
  ['', 0],
])('%s is %i columns wide', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test('a word that is longer than a row is cut between characters', () => {
  expect(piecesOf('日本語', 4)).toEqual(['日本', '語']);
  expect(rows('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
});

test('no row is wider than the terminal, and no visible character is lost, whatever was written', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 120 }), (text, width) => {
      const line = shown(text, 2000);
      const all = rows(line, width);
      expect(Math.max(...all.map(widthOf))).toBeLessThanOrEqual(width);
      expect(all.join('').replaceAll(/\s/g, '')).toBe(rows(line, 100_000).join('').replaceAll(/\s/g, ''));
    }),
  );
});
