import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QUOTED, runsOf, withoutQuotes } from '../../src/domain/quotes.ts';

const said = 'My landlord is called Grumbold, and I owe him three rents since May.';

const hidden = (text: string) => {
  const runs = runsOf(said);
  return withoutQuotes(text, (run) => runs.has(run)).text;
};

describe('what somebody said who opted out', () => {
  test.each([
    ['You said “my landlord is called Grumbold”, right?', `You said “${QUOTED}”, right?`],
    ['> MY LANDLORD is   called grumbold\nNoted.', `> ${QUOTED}\nNoted.`],
    ['a landlordiscalledgrumboldandiowe z', `a ${QUOTED} z`],
    [said, `${QUOTED}.`],
    ['I owe him three rents, and called Grumbold', `${QUOTED}, and called Grumbold`],
  ])('%j is told as %j', (text, expected) => {
    expect(hidden(text)).toBe(expected);
  });

  test.each(['I owe him nothing', 'Your landlord is late', 'three rents since', ''])('%j stays', (text) => {
    expect(hidden(text)).toBe(text);
  });

  test('never stands whole in what is left, wherever it is quoted', () => {
    assert(
      property(string(), string(), (before, after) => {
        expect(hidden(`${before} ${said} ${after}`)).not.toContain('Grumbold, and I owe');
      }),
    );
  });
});
