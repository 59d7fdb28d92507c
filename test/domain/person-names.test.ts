import { expect, test } from 'vitest';
import { findableNames, nameless } from '../../src/domain/person-names.ts';

test.each([
  ['Ask @Ana, or Ana Maria', ['Ana'], 'Ask @someone, or someone Maria'],
  ['Anabel and mariana', ['Ana'], 'Anabel and mariana'],
  ['Ask @Bo about Bo', ['Bo'], 'Ask @someone about Bo'],
  ['a.b (x) and a+b', ['a.b (x)'], 'someone and a+b'],
  ['Ana Maria and Ana', ['Ana', 'Ana Maria'], 'someone and someone'],
])('%j without %j is %j', (text, names, expected) => {
  expect(nameless(text, findableNames(names))).toBe(expected);
});
