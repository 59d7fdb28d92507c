import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../../sandbox/clock.ts';
import type { ManualClock } from '../../../sandbox/clock.ts';
import type { Bot, Guild, GuildChannel, Person, Sandbox } from '../../../sandbox/sandbox.ts';
import { refusals } from '../../support/refusals.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let clock: ManualClock;
let discord: Sandbox;
let ana: Person;
let ben: Person;
let bot: Bot;
let guild: Guild;
let channel: GuildChannel;

beforeEach(async () => {
  clock = manualClock();
  discord = await startTestSandbox({ clock, historyLimit: 100 });
  ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  ben = discord.createPerson({ username: 'ben' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(ben);
  guild.add(bot);
  channel = guild.createChannel({ name: 'general' });
});

afterEach(() => discord.close());

const texts = (who: Person | Bot) =>
  who
    .in(channel)
    .see()
    .map(({ content }) => content);

describe('a person', () => {
  test('sees what is said, oldest first, with edits and without what was deleted', () => {
    const first = ben.in(channel).send('one');
    ben.in(channel).send('two');
    const gone = ben.in(channel).send('three');
    ben.in(channel).edit(first, 'ONE');
    ana.in(channel).delete(gone);
    expect(texts(ana)).toEqual(['ONE', 'two']);
  });

  test('is bound by the rules that bind clients', () => {
    const hers = ana.in(channel).send('mine');
    channel.setOverwrites([{ id: ben, deny: P.SendMessages }]);
    expect(refusals(() => ben.in(channel).send('x'))).toEqual(['50013']);
    expect(refusals(() => ben.in(channel).edit(hers, 'x'))).toEqual(['50005']);
    expect(refusals(() => ben.in(channel).delete(hers))).toEqual(['50013']);
    expect(refusals(() => ana.in(channel).send(' '))).toEqual(['50006']);
    expect(refusals(() => ana.in(channel).send('x'.repeat(2001)))).toEqual(['content BASE_TYPE_MAX_LENGTH']);
    channel.setOverwrites([{ id: ben, deny: P.ViewChannel }]);
    expect(refusals(() => ben.in(channel).see())).toEqual(['50001']);
    expect(ben.canView(channel)).toBe(false);
  });

  test('replies, attaches files and reacts', () => {
    const question = ana.in(channel).send('logs?');
    const answer = ben
      .in(channel)
      .send({ content: 'here', replyTo: question, files: [{ name: 'a.txt', data: 'log' }] });
    ana.in(channel).react(answer, '👍');
    expect(ana.in(channel).see().at(-1)).toMatchObject({
      referenced_message: { id: question.id },
      attachments: [{ filename: 'a.txt', size: 3 }],
      reactions: [{ emoji: { name: '👍' }, me: true }],
    });
  });

  test('waits for a message that is there, or still comes', async () => {
    ana.in(channel).send('there');
    expect((await ben.in(channel).waitFor(({ content }) => content === 'there')).content).toBe('there');
    const coming = ben.in(channel).waitFor(({ content }) => content === 'edited');
    const message = ana.in(channel).send('raw');
    ana.in(channel).edit(message, 'edited');
    expect((await coming).id).toBe(message.id);
  });

  test('is told what came instead when nothing comes', async () => {
    ana.in(channel).send('something else');
    await expect(ben.in(channel).waitFor(() => false, { timeoutMs: 10 })).rejects.toThrow(
      'the last one seen was: something else',
    );
  });

  test('who is removed sees nothing, and the threads forget them', () => {
    const thread = ben.in(channel).startThread({ name: 'x', private: true });
    guild.remove(ben);
    expect(ben.canView(channel)).toBe(false);
    guild.add(ben);
    expect(ben.canView(thread)).toBe(false);
  });
});

describe('a channel', () => {
  test('keeps as many messages as it is told to, and no file longer than its message', () => {
    const file = ana.in(channel).send({ content: 'f', files: [{ name: 'a.txt', data: 'x' }] });
    for (let count = 0; count < 1000; count += 1) ana.in(channel).send(String(count));
    const kept = texts(ana);
    expect(kept.length).toBeLessThanOrEqual(200);
    expect(kept.at(-1)).toBe('999');
    expect(discord.core.world.files.has(file.attachments[0]!.id)).toBe(false);
  });

  test('of a deleted guild channel is unknown', () => {
    channel.delete();
    expect(refusals(() => ana.in(channel).send('x'))).toEqual(['10003']);
  });
});

test('a thread is archived when nothing was said for the time it was given, and can wake and sleep again', () => {
  const day = 24 * 3_600_000;
  const thread = ana.in(channel).startThread({ name: 'x' });
  const isArchived = () => discord.core.world.channels.get(thread.id)?.thread?.archived;
  clock.advance(2 * day);
  ana.in(thread).send('still here');
  clock.advance(2 * day);
  expect(isArchived()).toBe(false);
  clock.advance(day);
  expect(isArchived()).toBe(true);
  ana.in(thread).send('up');
  expect(isArchived()).toBe(false);
  clock.advance(3 * day);
  expect(isArchived()).toBe(true);
});

test('an instant is the clock’s', () => {
  const first = ana.in(channel).send('a');
  clock.advance(60_000);
  ana.in(channel).edit(first, 'b');
  const [seen] = ana.in(channel).see();
  expect(Date.parse(seen!.edited_timestamp!) - Date.parse(seen!.timestamp)).toBe(60_000);
  expect(seen!.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
});
