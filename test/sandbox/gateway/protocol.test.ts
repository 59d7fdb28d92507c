import { GatewayIntentBits as Intent } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../../sandbox/clock.ts';
import type { ManualClock } from '../../../sandbox/clock.ts';
import type { Bot, GuildChannel, Person, Sandbox } from '../../../sandbox/sandbox.ts';
import { isEvent, isOp, openRaw } from '../../support/raw-gateway.ts';
import type { RawClient } from '../../support/raw-gateway.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let clock: ManualClock;
let discord: Sandbox;
let ana: Person;
let bot: Bot;
let channel: GuildChannel;
let client: RawClient;

beforeEach(async () => {
  clock = manualClock();
  discord = await startTestSandbox({ clock });
  ana = discord.createPerson({ username: 'ana' });
  bot = discord.createBot({ username: 'researcher' });
  const guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(bot);
  channel = guild.createChannel({ name: 'general' });
  client = await openRaw(discord);
});

afterEach(async () => {
  client.drop();
  await discord.close();
});

const intents = Intent.Guilds | Intent.GuildMessages | Intent.MessageContent;

async function begin(): Promise<{ sessionId: string }> {
  client.identify(bot.token, { intents });
  const ready = await client.next(isEvent('READY'));
  await client.next(isEvent('GUILD_CREATE'));
  return { sessionId: ready.d.session_id };
}

async function resume(sessionId: string, seq: number, token = bot.token): Promise<void> {
  client = await openRaw(discord);
  client.send(6, { token, session_id: sessionId, seq });
}

describe('a connection', () => {
  test('begins with Hello, and every heartbeat is acknowledged', async () => {
    expect((await client.next(isOp(10))).d.heartbeat_interval).toBe(41_250);
    client.send(1, null);
    await client.next(isOp(11));
  });

  test('READY lists guilds as unavailable, names the resume address and counts from one', async () => {
    client.identify(bot.token, { intents });
    const ready = await client.next(isEvent('READY'));
    const guild = await client.next(isEvent('GUILD_CREATE'));
    expect([ready.s, guild.s]).toEqual([1, 2]);
    expect(ready.d).toMatchObject({ v: 10, guilds: [{ id: guild.d.id, unavailable: true }] });
    expect(ready.d.resume_gateway_url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each<[string, (raw: RawClient) => void, number]>([
    ['an unknown opcode', (raw) => raw.send(77, null), 4001],
    ['what is not JSON', (raw) => raw.sendText('{'), 4002],
    ['more than 4096 bytes', (raw) => raw.send(1, 'x'.repeat(4096)), 4002],
    ['an identify without properties', (raw) => raw.send(2, { token: 'x', intents: 0 }), 4002],
    ['a request before identify', (raw) => raw.send(8, { guild_id: '1' }), 4003],
    ['a wrong token', (raw) => raw.identify('nonsense'), 4004],
    ['a bad shard', (raw) => raw.identify(bot.token, { shard: [1, 1] }), 4010],
    ['unknown intents', (raw) => raw.identify(bot.token, { intents: 1 << 30 }), 4013],
    ['no intents', (raw) => raw.identify(bot.token, { intents: undefined }), 4013],
  ])('is closed for %s', async (_, act, code) => {
    act(client);
    expect(await client.closed).toBe(code);
  });

  test('is closed for a second identify', async () => {
    await begin();
    client.identify(bot.token);
    expect(await client.closed).toBe(4005);
  });

  test('is closed for an intent that is switched off in the portal, and only for that', async () => {
    bot.setPrivilegedIntents(Intent.GuildMembers);
    client.identify(bot.token, { intents: Intent.Guilds | Intent.GuildMembers | Intent.MessageContent });
    expect(await client.closed).toBe(4014);
    client = await openRaw(discord);
    client.identify(bot.token, { intents: Intent.Guilds | Intent.GuildMembers });
    await client.next(isEvent('READY'));
  });

  test('is closed for the 121st event of a minute', async () => {
    for (let count = 0; count < 120; count += 1) client.send(1, null);
    await expect.poll(() => client.frames.filter(isOp(11))).toHaveLength(120);
    clock.advance(60_000);
    for (let count = 0; count < 121; count += 1) client.send(1, null);
    expect(await client.closed).toBe(4008);
  });

  test('is closed when no heartbeat comes, and can be resumed after that', async () => {
    const { sessionId } = await begin();
    clock.advance(41_250);
    client.send(1, 2);
    await client.next(isOp(11));
    clock.advance(80_000);
    expect(client.frames.at(-1)?.op).toBe(11);
    clock.advance(2_500);
    expect(await client.closed).toBe(4009);
    await resume(sessionId, 2);
    await client.next(isEvent('RESUMED'));
  });

  test('accepts a presence, and other versions of the protocol not at all', async () => {
    await begin();
    client.send(3, { since: null, activities: [], status: 'online', afk: false });
    client.send(1, null);
    await client.next(isOp(11));
    const old = await openRaw(discord, '?v=6&encoding=json');
    expect(await old.closed).toBe(4012);
  });
});

describe('a resume', () => {
  test('replays what was missed, in order, then says so', async () => {
    const { sessionId } = await begin();
    ana.in(channel).send('seen');
    const seen = await client.next(isEvent('MESSAGE_CREATE'));
    client.drop();
    await client.closed;
    for (const content of ['one', 'two', 'three']) ana.in(channel).send(content);
    await resume(sessionId, seen.s!);
    const resumed = await client.next(isEvent('RESUMED'));
    const replayed = client.frames.filter(isEvent('MESSAGE_CREATE'));
    expect(replayed.map(({ s, d }) => [s, d.content])).toEqual([
      [4, 'one'],
      [5, 'two'],
      [6, 'three'],
    ]);
    expect(resumed.s).toBe(7);
  });

  test('takes the session from a connection that still seems open', async () => {
    const { sessionId } = await begin();
    const former = client;
    await resume(sessionId, 2);
    await client.next(isEvent('RESUMED'));
    expect(await former.closed).toBe(4000);
    ana.in(channel).send('here');
    expect((await client.next(isEvent('MESSAGE_CREATE'))).d.content).toBe('here');
  });

  test('of an unknown session, or with another bot’s token, is refused with op 9', async () => {
    const { sessionId } = await begin();
    client.drop();
    await client.closed;
    await resume('nonsense', 1);
    expect((await client.next(isOp(9))).d).toBe(false);
    client.drop();
    await resume(sessionId, 1, discord.createBot({ username: 'thief' }).token);
    expect((await client.next(isOp(9))).d).toBe(false);
    client.identify(bot.token, { intents });
    expect((await client.next(isEvent('READY'))).d.session_id).not.toBe(sessionId);
  });

  test('from the future closes with 4007, with a wrong token with 4004', async () => {
    const { sessionId } = await begin();
    client.drop();
    await resume(sessionId, 99);
    expect(await client.closed).toBe(4007);
    await resume(sessionId, 2, 'nonsense');
    expect(await client.closed).toBe(4004);
  });

  test('is over after the resume window', async () => {
    const { sessionId } = await begin();
    discord.faults.dropConnections();
    await client.closed;
    clock.advance(5 * 60_000);
    await resume(sessionId, 2);
    expect((await client.next(isOp(9))).d).toBe(false);
  });

  test('cannot go back before what the client has acknowledged', async () => {
    const { sessionId } = await begin();
    client.send(1, 2);
    await client.next(isOp(11));
    client.drop();
    await client.closed;
    await resume(sessionId, 1);
    expect((await client.next(isOp(9))).d).toBe(false);
  });
});

describe('requesting members', () => {
  test('echoes the nonce, names who is not there, and lists no one without the intent', async () => {
    await begin();
    const guildId = channel.guildId;
    client.send(8, { guild_id: guildId, user_ids: [ana.id, '1234567890123456789'], nonce: 'n' });
    const some = await client.next(isEvent('GUILD_MEMBERS_CHUNK'));
    expect(some.d).toMatchObject({ nonce: 'n', not_found: ['1234567890123456789'], chunk_count: 1 });
    expect(some.d.members).toMatchObject([{ user: { username: 'ana' } }]);
    client.send(8, { guild_id: guildId, query: '', limit: 0 });
    expect((await client.next(isEvent('GUILD_MEMBERS_CHUNK'))).d.members).toEqual([]);
  });
});
