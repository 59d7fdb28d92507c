import { Client, Events, GatewayIntentBits as Intent } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setStage } from '../../support/discord-js.ts';
import type { Stage } from '../../support/discord-js.ts';

let stage: Stage;
let heard: string[];

beforeEach(async () => {
  const intents = [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent];
  // The client waits five seconds between two identifies unless it is given a throttler of its own.
  const buildIdentifyThrottler = async () => ({ waitForIdentify: async () => undefined });
  stage = await setStage({ heartbeatIntervalMs: 400 }, { intents, ws: { buildIdentifyThrottler } });
  heard = [];
  stage.client.on(Events.MessageCreate, ({ content }) => void heard.push(content));
});

afterEach(() => stage.close());

const say = (content: string) => stage.ana.in(stage.channel).send(content);
const once = (event: string) => new Promise((resolve) => void stage.client.once(event, resolve));
const faults = () => stage.discord.faults;

describe('discord.js resumes without losing a message', () => {
  test.each<[string, () => void]>([
    ['after a dropped TCP connection', () => faults().dropConnections()],
    ['after op 7', () => faults().requestReconnect()],
    ['after op 9 true', () => faults().invalidateSessions(true)],
    ['after close code 4000', () => faults().closeConnections(4000)],
    ['after close code 4009', () => faults().closeConnections(4009)],
  ])('%s', async (_, fail) => {
    say('before');
    await expect.poll(() => heard).toEqual(['before']);
    const resumed = once(Events.ShardResume);
    fail();
    for (let count = 0; count < 50; count += 1) say(`during ${count}`);
    await resumed;
    say('after');
    const during = Array.from({ length: 50 }, (_, count) => `during ${count}`);
    await expect.poll(() => heard).toEqual(['before', ...during, 'after']);
  });

  test('after heartbeats that nobody acknowledged', async () => {
    const resumed = once(Events.ShardResume);
    faults().withholdAcks();
    await once(Events.ShardReconnecting);
    say('during');
    faults().withholdAcks(false);
    await resumed;
    await expect.poll(() => heard).toEqual(['during']);
  });
});

describe('discord.js starts anew', () => {
  test.each<[string, () => void]>([
    ['after op 9 false', () => faults().invalidateSessions(false)],
    ['after close code 4007', () => faults().closeConnections(4007)],
  ])('%s, and hears what comes then', async (_, fail) => {
    const ready = once(Events.ShardReady);
    fail();
    await ready;
    say('after');
    await expect.poll(() => heard).toEqual(['after']);
  });

  test('after the server could not be reached; nothing is replayed', async () => {
    const ready = once(Events.ShardReady);
    faults().refuseConnections();
    say('lost');
    await expect(fetch(`${stage.discord.api}/v10/gateway`)).rejects.toThrow('fetch failed');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    faults().refuseConnections(false);
    await ready;
    say('after');
    await expect.poll(() => heard.at(-1)).toBe('after');
  });
});

describe('discord.js stops for good', () => {
  test('with a wrong token', async () => {
    const client = new Client({ intents: [], rest: { api: stage.discord.api } });
    await expect(client.login('nonsense')).rejects.toThrow(/invalid token/i);
    const late = once(Events.ShardDisconnect);
    faults().closeConnections(4004);
    expect(await late).toMatchObject({ code: 4004 });
  });

  test('with an intent that the portal does not grant', async () => {
    stage.bot.setPrivilegedIntents(0);
    const client = new Client({ intents: [Intent.MessageContent], rest: { api: stage.discord.api } });
    await expect(client.login(stage.bot.token)).rejects.toThrow(/disallowed intents/i);
    await client.destroy();
  });
});

describe('events', () => {
  test('can arrive twice, under two sequence numbers', async () => {
    const arrived: [string, number][] = [];
    stage.client.on(Events.Raw, ({ t, s, d }: { t: string; s: number; d: { content: string } }) => {
      if (t === 'MESSAGE_CREATE') arrived.push([d.content, s]);
    });
    faults().duplicateEvents({ event: 'MESSAGE_CREATE', bot: stage.bot });
    say('echo');
    say('once');
    await expect
      .poll(() => arrived)
      .toEqual([
        ['echo', 3],
        ['echo', 4],
        ['once', 5],
      ]);
    // The client itself takes the second one for the first.
    expect(heard).toEqual(['echo', 'once']);
  });

  test('can be overtaken by the next one', async () => {
    faults().reorderEvents({ event: 'MESSAGE_CREATE' });
    for (const content of ['1', '2', '3']) say(content);
    await expect.poll(() => heard).toEqual(['2', '1', '3']);
  });
});

describe('REST', () => {
  test.each<[string, object, number]>([
    ['is retried at once after a 503', { status: 503 }, 0],
    ['waits out a 429', { retryAfterS: 0.4 }, 390],
    ['waits for a slow answer', { delayMs: 300 }, 290],
  ])('%s', async (_, fault, atLeastMs) => {
    const channel = stage.client.channels.cache.get(stage.channel.id);
    if (!channel?.isSendable()) throw new Error('cannot send');
    faults().failRest({ method: 'POST', path: /messages$/, ...fault });
    const startedAt = performance.now();
    await channel.send('hello');
    expect(performance.now() - startedAt).toBeGreaterThan(atLeastMs);
    expect(stage.channel.messages()).toHaveLength(1);
  });

  test('a socket that closes after the work was done makes a second message, unless the nonce is enforced', async () => {
    const channel = stage.client.channels.cache.get(stage.channel.id);
    if (!channel?.isSendable()) throw new Error('cannot send');
    const body = { content: 'once', nonce: 'n1', enforceNonce: true };
    faults().failRest({ method: 'POST', close: 'afterwards' });
    await expect(channel.send(body)).rejects.toThrow(/other side closed|ECONNRESET|fetch failed/);
    await channel.send(body);
    expect(stage.channel.messages()).toHaveLength(1);
  });
});
