import { expect, test } from 'vitest';
import { choosables, faultOf, matching, parsed } from '../../../../sandbox/web/page/model/commands.js';
import { arranged, withMessage, withoutMessages } from '../../../../sandbox/web/page/model/histories.js';
import { placeOf, pathOf } from '../../../../sandbox/web/page/model/places.js';
import { withMentions } from '../../../../sandbox/web/page/model/suggest.js';
import { namedTime } from '../../../../sandbox/web/page/model/time.js';
import type {
  Channel,
  Command,
  CommandOption,
  Guild,
  History,
  Message,
} from '../../../../sandbox/web/page/types.d.ts';

const message = (id: string, more: object = {}) =>
  ({
    id,
    type: 0,
    author: { id: '1', username: 'ana' },
    timestamp: '2026-01-01T10:00:00Z',
    ...more,
  }) as Message;
const history = (ids: string[], more: Partial<History> = {}): History => ({
  messages: ids.map((id) => message(id)),
  isMoreBefore: false,
  isMoreAfter: false,
  ...more,
});
const ids = ({ messages }: History) => messages.map(({ id }) => id);

test.each([
  [['10', '20'], '30', {}, ['10', '20', '30']],
  [['10', '30'], '20', {}, ['10', '20', '30']],
  [['9', '11'], '10', {}, ['9', '10', '11']],
  [['10', '20'], '5', {}, ['5', '10', '20']],
  [['10', '20'], '5', { isMoreBefore: true }, ['10', '20']],
  [['10', '20'], '30', { isMoreAfter: true }, ['10', '20']],
  [[], '1', {}, ['1']],
])('into %j comes %s, where %j', (before, id, more, after) => {
  expect(ids(withMessage(history(before, more), message(id)))).toEqual(after);
});

test('a message that is there already is replaced, and one that is gone is gone', () => {
  const changed = withMessage(history(['1', '2']), message('2', { content: 'new' }));
  expect(changed.messages.map(({ content }) => content)).toEqual([undefined, 'new']);
  expect(ids(withoutMessages(changed, ['1']))).toEqual(['2']);
});

test('a page that is open for long forgets the oldest', () => {
  const long = history(Array.from({ length: 600 }, (_, index) => String(index + 1000)));
  const { messages, isMoreBefore } = withMessage(long, message('2000'));
  expect(messages.length).toBeLessThan(600);
  expect(messages.at(-1)!.id).toBe('2000');
  expect(isMoreBefore).toBe(true);
});

test('messages of one author stand together for seven minutes, within a day, unless they answer something', () => {
  const at = (time: string, more: object = {}) =>
    message(time, { timestamp: `2026-01-0${time}:00`, ...more });
  const rows = arranged([
    at('1T10:00'),
    at('1T10:05'),
    at('1T10:13'),
    at('1T10:14', { type: 19 }),
    at('1T10:15', { author: { id: '2', username: 'ben' } }),
    at('1T10:16', { author: { id: '2', username: 'ben' }, flags: 64 }),
    at('3T10:00', { author: { id: '2', username: 'ben' } }),
  ]);
  expect(rows.map(({ isFirst }) => isFirst)).toEqual([true, false, true, true, true, true, true]);
  expect(rows.map(({ day }) => day)).toEqual([true, false, false, false, false, false, true]);
});

test.each([
  ['/channels/1/2/3', { guildId: '1', channelId: '2', messageId: '3' }],
  ['/channels/@me/2', { guildId: '@me', channelId: '2', messageId: null }],
  ['https://discord.com/channels/1/2', { guildId: '1', channelId: '2', messageId: null }],
  ['https://canary.discord.com/channels/1/2/3', { guildId: '1', channelId: '2', messageId: '3' }],
])('%s is a place', (address, place) => {
  expect(placeOf(address)).toEqual(place);
  expect(placeOf(pathOf(place))).toEqual(place);
});

test.each([
  'https://evil.example/channels/1/2',
  '/channels/x/y',
  '/channels/1/2/3/4',
  '/',
  'https://discord.com.evil.example/channels/1/2',
])('%s is none', (address) => {
  expect(placeOf(address)).toBe(null);
});

const option = (more: object) => ({ name: 'o', description: '', ...more }) as CommandOption;

test.each([
  [{ type: 3 }, 'text', 'text'],
  [{ type: 3, choices: [{ name: 'One', value: 1 }] }, 'one', 1],
  [{ type: 3, choices: [{ name: 'One', value: 1 }] }, 'two', undefined],
  [{ type: 4 }, '12', 12],
  [{ type: 4 }, '1.5', undefined],
  [{ type: 10 }, '1.5', 1.5],
  [{ type: 10 }, 'x', undefined],
  [{ type: 5 }, 'True', true],
  [{ type: 5 }, 'maybe', undefined],
  [{ type: 7 }, 'general', undefined],
])('for %j, %j is taken as %j', (shape, text, value) => {
  expect(parsed(option(shape), text)).toBe(value);
});

test('what is missing or wrong is told before anything is sent', () => {
  expect(faultOf(option({ type: 3, required: true }), { name: 'o', text: ' ' })).toMatch(/required/);
  expect(faultOf(option({ type: 3 }), undefined)).toBe('');
  expect(faultOf(option({ type: 4 }), { name: 'o', text: 'x' })).toMatch(/whole number/);
  expect(faultOf(option({ type: 6 }), { name: 'o', text: 'nobody' })).toMatch(/list/);
  expect(faultOf(option({ type: 6 }), { name: 'o', text: '@Ben', value: '1' })).toBe('');
});

test('commands are listed by subcommand, and found by what they begin with first', () => {
  const command = (name: string, options: object[] = []) =>
    ({ name, type: 1, description: name, application_id: '1', options }) as unknown as Command;
  const sub = { type: 1, name: 'map', description: '', options: [{ type: 3, name: 'x' }] };
  const all = choosables([
    command('workspace', [
      { type: 2, name: 'a', options: [sub] },
      { type: 1, name: 'list', description: '' },
    ]),
    command('map'),
    { ...command('Explain this'), type: 3 } as Command,
  ]);
  expect(all.map(({ path }) => path)).toEqual(['map', 'workspace a map', 'workspace list']);
  expect(all[1]!.options).toMatchObject([{ name: 'x' }]);
  expect(matching(all, 'map').map(({ path }) => path)).toEqual(['map', 'workspace a map']);
  expect(matching(all, 'zzz')).toEqual([]);
});

test('names that are typed become mentions, the longest that fits', () => {
  const user = (id: string, username: string) => ({ user: { id, username } });
  const guild = {
    id: '9',
    members: [user('1', 'ana'), user('2', 'ana b')],
    roles: [
      { id: '9', name: '@everyone' },
      { id: '3', name: 'team' },
    ],
    channels: [{ id: '4', name: 'general' }],
    threads: [{ id: '5', name: 'the thread' }],
  } as unknown as Guild;
  const typed = '@ana, @Ana b and @anatol; a@ana.example @team #general #the thread #nothing @everyone <@7>';
  expect(withMentions(typed, guild, {} as Channel)).toBe(
    '<@1>, <@2> and @anatol; a@ana.example <@&3> <#4> <#5> #nothing @everyone <@7>',
  );
});

test('times are told as Discord does, impossible ones too', () => {
  const now = Date.UTC(2026, 0, 1, 12);
  expect(namedTime(now / 1000 - 120, 'R', now)).toBe('2 minutes ago');
  expect(namedTime(now / 1000 + 3 * 3600, 'R', now)).toBe('in 3 hours');
  expect(namedTime(9e12, 'F', now)).toBe('Invalid date');
});
