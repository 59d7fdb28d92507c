import { expect, test } from 'vitest';
import type { Look } from '../../../../sandbox/demo/render/markup.ts';
import { readMarkup } from '../../../../sandbox/demo/render/markup.ts';
import type { Paint } from '../../../../sandbox/demo/render/paint.ts';
import { plain } from '../../../../sandbox/demo/render/paint.ts';

const USER = '80351110224678912';
const names = {
  user: (id: string) => (id === USER ? 'Ana' : undefined),
  role: () => undefined,
  channel: (id: string) => (id === USER ? 'general' : undefined),
};
const look: Look = { names, paint: plain };

test.each([
  ['**bold** and __underlined__', 'bold and underlined'],
  ['*slanted* _too_ ~~gone~~ ||hidden||', 'slanted too gone hidden'],
  ['**very *much* so**', 'very much so'],
  ['a * b * c', 'a * b * c'],
  ['write_file src/rate_limiter.py', 'write_file src/rate_limiter.py'],
  [String.raw`write\_file \*not slanted\* \[x\]\(y\) \<@1>`, 'write_file *not slanted* [x](y) <@1>'],
  [String.raw`**a \*\* b**`, 'a ** b'],
  ['`**code**` stays', '**code** stays'],
  ['``a ` b``', 'a ` b'],
  [`<@${USER}> <@!${USER}> in <#${USER}>`, '@Ana @Ana in #general'],
  ['<@123456789012345678> <@&12> <#34>', '@unknown-user @deleted-role #no-access'],
  ['<:shipit:123456789012345678> </workspace map:12>', ':shipit: /workspace map'],
  ['[guide](https://example.org/x)', 'guide (https://example.org/x)'],
  ['[step 3](https://discord.com/channels/1/2/3)', 'step 3'],
  ['# Title', 'Title'],
  ['-# small print', 'small print'],
  ['> quoted', '▏ quoted'],
  ['- item', '• item'],
  ['\u001B[31mred\u001B[0m', 'red'],
])('%j reads %j', (text, shown) => {
  expect(readMarkup(text, look)).toEqual([shown]);
});

test('an instant is shown as a date and time', () => {
  const noon = Math.floor(new Date(2026, 0, 2, 12, 5, 9).getTime() / 1000);
  expect(readMarkup(`<t:${noon}> · <t:${noon}:d> · <t:${noon}:t> · <t:${noon}:T>`, look)).toEqual([
    '2 Jan 2026, 12:05 · 2 Jan 2026 · 12:05 · 12:05:09',
  ]);
});

test('an instant beyond all calendars is no crash', () => {
  expect(readMarkup('<t:9999999999999>', look)).toEqual(['Invalid Date']);
});

test('a code block keeps its lines as they are', () => {
  expect(readMarkup('before\n```json\n{ "a": "**b**" }\n```\n**after**', look)).toEqual([
    'before',
    '{ "a": "**b**" }',
    'after',
  ]);
});

test('colour is put word by word, so that no line break cuts it', () => {
  const marked: Paint = (style, text) => text.replaceAll(/\S+/g, (word) => `<${style}:${word}>`);
  expect(readMarkup('**two words**', { names, paint: marked })).toEqual(['<bold:two> <bold:words>']);
});

test('a name cannot carry escape sequences into the terminal', () => {
  const evil: Look = { names: { ...names, user: () => '\u001B[2Jeve' }, paint: plain };
  expect(readMarkup('<@1>', evil)).toEqual(['@eve']);
});
