import { expect, test } from 'vitest';
import { neutral } from '../../../../sandbox/demo/render/neutral.ts';

test.each([
  ['a colour', '\u001B[31mred\u001B[0m', 'red'],
  ['a cleared screen', 'before\u001B[2J\u001B[Hafter', 'beforeafter'],
  ['a changed window title', '\u001B]0;owned\u0007text', 'text'],
  ['a hidden link', '\u001B]8;;https://evil.example\u0007bank\u001B]8;;\u0007', 'bank'],
  ['an escape character alone', 'a\u001B', 'a␛'],
  ['a bell', 'ding\u0007', 'ding␇'],
  ['a carriage return that overwrites the line', 'safe\rEVIL', 'safe␍EVIL'],
  ['a line feed of Windows', 'one\r\ntwo', 'one\ntwo'],
  ['a tab', 'a\tb', 'a  b'],
  ['a delete character', 'a\u007Fb', 'a␡b'],
  ['a right-to-left override', 'gpj.\u202Eexe', 'gpj.�exe'],
  ['a line separator', 'a\u2028b', 'a�b'],
  ['plain text in any language', 'naïve 東京 🚨 مرحبا', 'naïve 東京 🚨 مرحبا'],
])('%s cannot act on the terminal', (_name, text, shown) => {
  expect(neutral(text)).toBe(shown);
});
