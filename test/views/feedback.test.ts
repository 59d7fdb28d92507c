import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ratingButtons,
  readFeedback,
  withoutRating,
  wrongButton,
  wrongModal,
  wrongSelect,
} from '../../src/views/feedback.ts';
import { view } from '../../src/views/limits.ts';
import { buttons, container, text } from '../../src/views/parts.ts';
import { faultsOf } from '../support/message-limits.ts';
import { hostileEntry } from './hostile.ts';
import { customIdOf, entries, entry } from './support.ts';

const SESSION = '300000000000000001';
const read = (customId: string, values: string[] = []) => readFeedback(customId.split(':').slice(1), values);

describe('a press', () => {
  test('says whether it helped', () => {
    const asked = view([ratingButtons(SESSION)]);
    const rating = { kind: 'rating', sessionId: SESSION };
    expect(read(customIdOf(asked, '👍 Helped'))).toEqual({ ...rating, helped: true });
    expect(read(customIdOf(asked, '👎 Did not help'))).toEqual({ ...rating, helped: false });
  });

  test('says which step was wrong, by a button, out of several, or in the form that asks why', () => {
    const wrong = { kind: 'wrong', sessionId: SESSION, step: 7 };
    expect(read(wrongButton(SESSION, 7).custom_id)).toEqual(wrong);
    expect(read(`feedback:wrong:${SESSION}`, ['7'])).toEqual(wrong);
    expect(read(wrongModal(SESSION, 7).custom_id)).toEqual(wrong);
  });

  test.each([
    '',
    'rating',
    'rating:maybe:1',
    'rating:yes:x',
    'wrong:1',
    'wrong:x:1',
    'wrong:1:x',
    'else:1:1',
  ])('of “%s” says nothing', (id) => {
    expect(readFeedback(id.split(':'), [])).toBeUndefined();
  });
});

test('the question whether it helped is taken away, and nothing else', () => {
  const rest = [container(text('what was said')), buttons(wrongButton(SESSION, 1))];
  expect(withoutRating([...rest, ratingButtons(SESSION)])).toEqual(rest);
});

test('steps are listed by number and author, as many as Discord takes', () => {
  expect(wrongSelect(SESSION, [])).toBeNull();
  expect(faultsOf(view([wrongSelect(SESSION, entries(40))!]))).toEqual([]);
  expect(wrongSelect(SESSION, [entry(4, { level: 'decision' })])).toMatchObject({
    components: [{ options: [{ label: '4 ◆ nanobot', value: '4', description: 'what was said in step 4' }] }],
  });
});

test('whatever was said, Discord takes the list', () => {
  fc.assert(
    fc.property(fc.array(hostileEntry, { minLength: 1, maxLength: 12 }), (some) => {
      const all = some.map((one, index) => entry(index + 1, one));
      expect(faultsOf(view([wrongSelect(SESSION, all)!]))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
