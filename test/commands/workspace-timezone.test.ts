import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cardIn, asking, only, said } from '../support/escalations.ts';
import { ask, idOf, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

const HOUR = 3_600_000;

let team: Running;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

const timezone = async (zone?: string) =>
  (await ask(team.ana, team.channel, 'workspace timezone', zone === undefined ? {} : { zone })).text;
const suggested = (value: string) =>
  team.ana.in(team.channel).autocomplete('workspace timezone', { focused: 'zone', value });
/** What a clock there shows, to the minute before or after a minute's change. */
const clocks = (zone: string) =>
  [0, 60_000].map((ago) => DateTime.fromMillis(Date.now() - ago, { zone }).toFormat('HH:mm')).join('|');

test('is that of the config file until one is set, which outlives a restart, and can be given back', async () => {
  expect(await timezone()).toMatch(/\*\*Time zone:\*\* UTC, where it is .* now[^]*As the config file says/);
  expect(await timezone('asia/kathmandu')).toMatch(
    new RegExp(`Asia/Kathmandu, where it is (${clocks('Asia/Kathmandu')}) now[^]*goes back to UTC`),
  );
  await team.restart();
  expect(await timezone()).toContain('Asia/Kathmandu');
  expect((await ask(team.ana, team.channel, 'status')).text).toContain('**Time zone:** Asia/Kathmandu');
  expect((await ask(team.ana, team.channel, 'workspace show')).text).toContain(
    'Reports at 08:00 (Asia/Kathmandu)',
  );
  expect(await timezone('default')).toContain('UTC');
  expect(team.running.app.timezones.of(team.guild.id)).toBe('UTC');
});

test.each([
  ['Berlin', 'There is no time zone “Berlin” in the IANA list. Is it `Europe/Berlin`?'],
  ['Europe/Berlinn', 'pick from the list'],
  ['+01:00', 'an offset such as `+01:00` knows no summer time'],
  ['@everyone', 'There is no time zone'],
])('refuses %s, says what to type, and changes nothing', async (zone, words) => {
  await timezone('Europe/Kyiv');
  expect(await timezone(zone)).toContain(words);
  expect(team.running.app.timezones.of(team.guild.id)).toBe('Europe/Kyiv');
});

test('suggests zones by their cities, each with its time, and what is set before anything is typed', async () => {
  await timezone('America/New_York');
  const names = async (typed: string) => (await suggested(typed)).map(({ name }) => name);
  expect(await names('')).toEqual([
    expect.stringMatching(/^America\/New_York · \d\d:\d\d now$/),
    'As in the config file: UTC',
    expect.stringMatching(/^UTC · /),
  ]);
  expect((await suggested('new yo'))[0]).toMatchObject({ value: 'America/New_York' });
  expect(await names('a')).toHaveLength(25);
  expect(await names('no such place')).toEqual([]);
});

test('is for those who manage the server', async () => {
  const commands = await team.running.app.client.application.commands.fetch();
  await commands.find(({ name }) => name === 'workspace')!.setDefaultMemberPermissions(null);
  const { text } = await ask(team.ben, team.channel, 'workspace timezone', { zone: 'Asia/Tokyo' });
  expect(text).toContain('Only people with “Manage Server”');
  expect(team.running.app.timezones.of(team.guild.id)).toBe('UTC');
});

describe('once it is set', () => {
  const zone = 'Asia/Kathmandu';
  const at = (hours: number) => DateTime.now().setZone(zone).plus({ hours });

  test('/summary reads times by it, and its picture shows them', async () => {
    await timezone(zone);
    team.researcher.in(team.channel).send('Failed: the login is broken.');
    await team.running.settled();
    const { reply, text } = await ask(team.ana, team.channel, 'summary', { since: at(-2).toFormat('HH:mm') });
    const [, since] = /since <t:(\d+):f>/.exec(text)!;
    expect(Number(since) * 1000).toBe(at(-2).startOf('minute').toMillis());
    expect(reply.attachments[0]!.description).toMatch(new RegExp(` to (${clocks(zone)}), `));
  });

  test('“tomorrow” is the next morning by it', async () => {
    await timezone(zone);
    team.researcher.in(team.channel).send(asking());
    await said(team);
    const card = cardIn(team);
    const snoozed = await team.ana.in(team.channel).select(card, idOf(card, 'Snooze'), ['tomorrow']);
    expect(wordsOf(await snoozed.reply())).toContain('put it off until');
    const until = (await only(team)).wakeAt!;
    expect(DateTime.fromMillis(until, { zone }).toFormat('HH:mm')).toBe('08:00');
    expect(until - Date.now()).toBeLessThan(32 * HOUR);
  });
});
