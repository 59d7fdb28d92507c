import { describe, expect, test } from 'vitest';
import { MessageHistory } from '../../sandbox/history.ts';
import type { Message } from '../../sandbox/world.ts';

const messageOf = (id: string) => ({ id }) as Message;
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id);

function historyOf(count: number, limit?: number): MessageHistory {
  const history = new MessageHistory(limit);
  for (let id = 1; id <= count; id += 1) history.append(messageOf(String(id)));
  return history;
}

describe('a history', () => {
  test('finds and removes messages by id, also across a change in length of the ids', () => {
    const history = historyOf(12);
    expect(history.get('9')?.id).toBe('9');
    history.remove('9');
    history.remove('99');
    expect(history.get('9')).toBeUndefined();
    expect(ids(history.all())).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '10', '11', '12']);
  });

  test.each([
    [{ limit: 3 }, ['12', '11', '10']],
    [{ limit: 2, before: '10' }, ['9', '8']],
    [{ limit: 2, before: '1' }, []],
    [{ limit: 2, after: '9' }, ['11', '10']],
    [{ limit: 5, after: '12' }, []],
    [{ limit: 2, after: '0' }, ['2', '1']],
    [{ limit: 3, around: '6' }, ['7', '6', '5']],
    [{ limit: 3, around: '1' }, ['2', '1']],
    [{ limit: 4, around: '12' }, ['12', '11', '10']],
  ])('gives the page %o newest first', (page, expected) => {
    expect(ids(historyOf(12).page(page))).toEqual(expected);
  });

  test('keeps the newest and returns those that had to go', () => {
    const history = historyOf(20, 10);
    expect(ids(history.append(messageOf('21')))).toEqual(Array.from({ length: 11 }, (_, i) => String(i + 1)));
    expect(history.all()).toHaveLength(10);
    expect(history.get('12')).toBeDefined();
    expect(history.get('11')).toBeUndefined();
  });
});
