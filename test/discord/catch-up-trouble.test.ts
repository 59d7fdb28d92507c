import { GatewayDispatchEvents } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestBot } from '../support/bot.ts';
import { messagesOf, numbered, RULES, startAway } from './catch-up-support.ts';
import type { Away } from './catch-up-support.ts';

let away: Away;
beforeEach(async () => {
  away = await startAway();
});
afterEach(() => away.end());

describe('trouble on the way', () => {
  test('of Discord does not lose or double anything', async () => {
    const { channel, researcher, discord } = away.team;
    await away.stop();
    for (const text of numbered(250)) researcher.in(channel).send(text);
    const path = messagesOf(channel);
    discord.faults.failRest({ retryAfterS: 0.05, method: 'GET', path, times: 2 });
    discord.faults.failRest({ status: 500, method: 'GET', path, times: 5 });
    discord.faults.failRest({ close: true, method: 'GET', path, times: 1 });
    await away.start();
    expect(await away.said()).toEqual(numbered(250));
  });

  test('holds back what is said meanwhile, edits and deletions too, until its place has caught up', async () => {
    const { channel, researcher, ana, discord } = away.team;
    await away.stop();
    const here = researcher.in(channel);
    const early = numbered(250).map((text) => here.send(text));
    discord.faults.failRest({ delayMs: 150, method: 'GET', path: messagesOf(channel), times: 3 });
    const starting = away.start();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const live = numbered(40, 'live').map((text) => here.send(text));
    ana.in(channel).delete(early[10]!);
    ana.in(channel).delete(live[3]!);
    await starting;
    await away.running.settled();
    const expected = [...numbered(250), ...numbered(40, 'live')];
    const texts = await away.said();
    const left = expected.filter((text) => text !== 'message 11' && text !== 'live 4');
    expect(texts.filter((text) => text !== '')).toEqual(left);
  });

  test('more than can be held back is read from Discord again', async () => {
    const { channel, researcher, discord } = away.team;
    await away.stop();
    const here = researcher.in(channel);
    for (const text of numbered(150)) here.send(text);
    discord.faults.failRest({ delayMs: 400, method: 'GET', path: messagesOf(channel), times: 1 });
    const starting = away.start();
    await new Promise((resolve) => setTimeout(resolve, 250));
    for (const text of numbered(1500, 'live')) here.send(text);
    await starting;
    await away.running.settled();
    expect(await away.said()).toEqual([...numbered(150), ...numbered(1500, 'live')]);
  });

  test('being sent away from the server and let in again', async () => {
    const { channel, ana, guild, bot: self } = away.team;
    ana.in(channel).send('seen');
    await away.running.settled();
    guild.remove(self);
    await expect.poll(() => away.gaps()).toMatchObject([{ reason: 'channel_hidden', to: null, whole: true }]);
    ana.in(channel).send('missed');
    guild.add(self);
    await expect.poll(() => away.said()).toEqual(['seen', 'missed']);
    ana.in(channel).send('live');
    await away.running.settled();
    expect(await away.said()).toEqual(['seen', 'missed', 'live']);
    expect(await away.gaps()).toEqual([]);
  });

  test('an end in the middle of the reading, which the next start continues', async () => {
    const { channel, researcher, discord } = away.team;
    await away.stop();
    for (const text of numbered(300)) researcher.in(channel).send(text);
    discord.faults.failRest({ delayMs: 3000, method: 'GET', path: messagesOf(channel), times: 1 });
    const halted = await startTestBot({ discord, bot: away.team.bot, config: RULES, db: away.store });
    const stoppedAt = Date.now();
    await halted.stop();
    expect(Date.now() - stoppedAt).toBeLessThan(2000);
    expect(await away.said()).toEqual([]);
    discord.faults.clear();
    await away.start();
    expect(await away.said()).toEqual(numbered(300));
  });

  test('a lost session of the gateway, while messages flow: each is recorded once, in order', async () => {
    const { channel, researcher, bot: self, discord } = away.team;
    const here = researcher.in(channel);
    const texts: string[] = [];
    for (let n = 1; n <= 120; n += 1) {
      texts.push(`flow ${n}`);
      here.send(`flow ${n}`);
      if (n === 30 || n === 80) discord.faults.invalidateSessions(false, self);
      if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await expect.poll(async () => (await away.said()).length, { timeout: 20_000 }).toBe(120);
    await away.running.settled();
    expect(await away.said()).toEqual(texts);
    const interruptions = await away.store.coverage.interruptions({ from: 0, to: Date.now() }, 10);
    expect(interruptions.every(({ caughtUpAt }) => caughtUpAt !== null)).toBe(true);
  }, 40_000);

  test('a resumed session, with an event that never came', async () => {
    const { channel, ana, bot: self, discord } = away.team;
    ana.in(channel).send('heard');
    await away.running.settled();
    const { ws } = away.running.app.client;
    const listeners = ws.listeners(GatewayDispatchEvents.MessageCreate);
    ws.removeAllListeners(GatewayDispatchEvents.MessageCreate);
    ana.in(channel).send('swallowed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const listener of listeners) ws.on(GatewayDispatchEvents.MessageCreate, listener as () => void);
    discord.faults.dropConnections(self);
    await expect.poll(() => away.said(), { timeout: 10_000 }).toEqual(['heard', 'swallowed']);
  });

  test('a crash between a message and one that should have come before it', async () => {
    const { channel, ana } = away.team;
    const late = ana.in(channel).send('late');
    const early = ana.in(channel).send('early');
    await away.running.settled();
    expect(late.id < early.id).toBe(true);
    await away.stop();
    await away.store.coverage.beat(Date.now(), false);
    await away.start();
    expect(await away.said()).toEqual(['late', 'early']);
  });
});
