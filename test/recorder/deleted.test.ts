import { expect, test } from 'vitest';
import { Deleted } from '../../src/recorder/deleted.ts';

test('remembers the latest deletions, and no more than it may', () => {
  const deleted = new Deleted(3);
  deleted.add(['1', '2', '3']);
  deleted.add(['1', '4']);
  expect(['1', '2', '3', '4'].filter((id) => deleted.has(id))).toEqual(['1', '3', '4']);
});
