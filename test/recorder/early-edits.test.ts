import { expect, test } from 'vitest';
import { EarlyEdits } from '../../src/recorder/early-edits.ts';
import type { Observation } from '../../src/recorder/observation.ts';

const edit = (messageId: string, editedAt: number) => ({ messageId, editedAt }) as Observation;

test('the latest edit of a message is known, until the message is', () => {
  const edits = new EarlyEdits();
  for (const at of [2, 3, 1]) edits.keep(edit('a', at));
  edits.keep(edit('b', 5));
  expect(edits.of([{ messageId: 'c' }, { messageId: 'a' }])).toEqual([edit('a', 3)]);
  edits.drop(['a']);
  expect(edits.of([{ messageId: 'a' }, { messageId: 'b' }])).toEqual([edit('b', 5)]);
});

test('an edit is nothing new for a message that was read after it', () => {
  const edits = new EarlyEdits();
  edits.keep(edit('a', 3));
  expect(edits.of([{ messageId: 'a', changedAt: 4 }])).toEqual([]);
  expect(edits.of([{ messageId: 'a', changedAt: 3 }])).toEqual([]);
  expect(edits.of([{ messageId: 'a', changedAt: 2 }])).toEqual([edit('a', 3)]);
});

test('the oldest are forgotten when there are too many', () => {
  const edits = new EarlyEdits();
  for (let n = 0; n < 1000; n += 1) edits.keep(edit(String(n), 1));
  expect(edits.of([{ messageId: '0' }])).toEqual([]);
  expect(edits.of([{ messageId: '999' }])).toHaveLength(1);
});
