import { expect, test } from 'vitest';
import { findableNames, nameless, namelessIn, namesWithId } from '../../src/domain/person-names.ts';

test.each([
  ['Ask @Ana, or Ana Maria', ['Ana'], 'Ask @someone, or someone Maria'],
  ['Anabel and mariana', ['Ana'], 'Anabel and mariana'],
  ['Ask @Bo about Bo', ['Bo'], 'Ask @someone about Bo'],
  ['a.b (x) and a+b', ['a.b (x)'], 'someone and a+b'],
  ['Ana Maria and Ana', ['Ana', 'Ana Maria'], 'someone and someone'],
])('%j without %j is %j', (text, names, expected) => {
  expect(nameless(text, findableNames(names))).toBe(expected);
});

const ID = '175928847299117063';

test.each([
  [`Ask <@${ID}>, <@!${ID}> or @${ID}`, 'Ask @someone, @someone or @someone'],
  [`user_${ID} is at users/${ID}/profile`, 'user_someone is at users/someone/profile'],
  [`not ${ID}4`, `not ${ID}4`],
])('%j without the id is %j', (text, expected) => {
  expect(nameless(text, namesWithId(ID, []))).toBe(expected);
});

test('an id that was read as a number goes, though its last digits are lost; other numbers stay', () => {
  const said = JSON.parse(
    `{"user": ${ID}, "ids": ["${ID}"], "${ID}": 1, "n": 1.5, "big": 175928847299999999}`,
  );
  expect(namelessIn(said, namesWithId(ID, ['1.5']))).toEqual({
    user: 'someone',
    ids: ['someone'],
    someone: 1,
    n: 1.5,
    big: 175928847300000000,
  });
});
