import { expect, test } from 'vitest';
import {
  escalationId,
  listId,
  optionOf,
  optionToken,
  readEscalationPress,
} from '../../src/views/escalation-ids.ts';
import type { Origin } from '../../src/views/escalation-ids.ts';

const read = (customId: string, values: string[] = []) =>
  readEscalationPress(customId.split(':').slice(1), values);

const LIST = { channelId: '500000000000000001', mine: true, page: 39 };

test.each<Origin>(['card', 'reminder', LIST, { channelId: null, mine: false, page: 0 }])(
  'what is pressed is read as it was written, where it stands too: %j',
  (from) => {
    for (const kind of ['open', 'acknowledge', 'dismiss', 'reopen', 'words', 'note'] as const)
      expect(read(escalationId(kind, 7, from))).toEqual({ kind, id: 7, from });
    const token = optionToken('Passphrases', 1);
    const decides = { kind: 'decide', id: 7, from, option: token };
    expect(read(escalationId('decide', 7, from, token))).toEqual(decides);
    expect(read(escalationId('decide', 7, from), [token])).toEqual(decides);
    expect(read(escalationId('snooze', 7, from), ['4h'])).toEqual({ kind: 'snooze', id: 7, from, how: '4h' });
  },
);

test('a page of a list is read as it was written', () => {
  expect(read(listId(LIST))).toEqual({ kind: 'list', list: LIST });
});

test('custom ids stay within Discord’s 100 characters, whatever the numbers', () => {
  const list = { channelId: '9'.repeat(20), mine: true, page: 9999 };
  const token = optionToken('x'.repeat(100), 24);
  expect(escalationId('acknowledge', 999_999_999_999_999, list, token).length).toBeLessThanOrEqual(100);
});

test.each([
  '',
  'else:7:card',
  'decide:7:card',
  'decide:x:card:0.a',
  'snooze:7:card:2h',
  'open:7',
  'open:7:nowhere',
  'list:card',
  'list:all-all--1',
])('“%s” is no press', (id) => {
  expect(readEscalationPress(id.split(':'), [])).toBeUndefined();
});

test('an option is found again as long as it is in its place with the same words', () => {
  const token = optionToken('No', 1);
  expect(optionOf(token, ['Yes', 'No'])).toBe('No');
  expect(optionOf(token, ['Yes', 'Never'])).toBeUndefined();
  expect(optionOf(token, ['No', 'Yes'])).toBeUndefined();
  expect(optionOf('1', ['Yes', 'No'])).toBeUndefined();
});
