import { expect, test } from 'vitest';
import { isGrounded } from '../../src/domain/lead.ts';

const LINES = [
  'completed: nanobot to researcher: Analyse 3 competitors → All use React.',
  'went wrong: coder: write_file failed in src/auth.ts',
];

test.each([
  ['The researcher analysed 3 competitors, and all use React.'],
  ['Three sites were analysed. The work of coder failed in src/auth.ts.'],
  ["All is well but for coder's write_file."],
])('%s: says only what is there', (lead) => {
  expect(isGrounded(lead, LINES)).toBe(true);
});

test.each([
  ['The researcher analysed 4 competitors.', 'another number'],
  ['The work was done by Karen.', 'another name'],
  ['Then coder deployed it to @everyone.', 'a mention'],
  ['The file src/other.ts failed.', 'another file'],
  ['See example.com for more.', 'a place'],
  ['One. Two. Three.', 'more than two sentences'],
  ['', 'nothing'],
  [`All use React ${'and so on '.repeat(50)}.`, 'a long speech'],
])('%s: is not used, because it is %s', (lead) => {
  expect(isGrounded(lead, LINES)).toBe(false);
});
