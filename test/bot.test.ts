import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBackendService } from '../src/backend-service.ts';
import { startBot } from '../src/bot.ts';
import type { Entry } from '../src/domain/entry.ts';
import { RpcError } from '../src/rpc.ts';
import { openTestStore } from './support/empty-store.ts';
import { createTeam, startTestBot, testConfig } from './support/bot.ts';
import type { Team, TestBot, TestBotOptions } from './support/bot.ts';

const RULES = { workspaces: [{ match: 'project-*', type: 'project' as const, coordinator: 'nanobot' }] };

let team: Team;
let running: TestBot[];
beforeEach(async () => {
  running = [];
  team = await createTeam();
});
afterEach(async () => {
  for (const bot of running) await bot.stop();
  await team.discord.close();
});

async function start(options: Partial<TestBotOptions> = {}): Promise<TestBot> {
  const bot = await startTestBot({ discord: team.discord, bot: team.bot, config: RULES, ...options });
  running.push(bot);
  await bot.settled();
  return bot;
}

async function stop(bot: TestBot): Promise<void> {
  running = running.filter((other) => other !== bot);
  await bot.stop();
}

/** The latest session of a place. */
async function session({ app }: TestBot, channelId: string, threadId: string | null = null) {
  const workspaceId = app.workspaces.byChannel(channelId)!.id;
  return app.store.sessions.latest({ workspaceId, threadId });
}

async function entries(bot: TestBot, channelId: string, threadId: string | null = null): Promise<Entry[]> {
  const log = await session(bot, channelId, threadId);
  if (!log) return [];
  return (await bot.app.store.entries.page({ sessionId: log.sessionId }, 0, 100)).entries;
}

async function said(bot: TestBot, channelId: string, threadId: string | null = null): Promise<string[]> {
  return (await entries(bot, channelId, threadId)).map(({ author, message }) => `${author.name}: ${message}`);
}

describe('recording', () => {
  test('keeps what people, bots and webhook personas say in a mapped channel, in order', async () => {
    const bot = await start();
    const { channel, ana, researcher } = team;
    ana.in(channel).send('Which CSS framework?');
    researcher.in(channel).send('Looking into it');
    channel.createWebhook({ name: 'hook' }).send({ content: 'Plain CSS', username: 'designer' });
    await bot.settled();
    expect(await said(bot, channel.id)).toEqual([
      'Ana: Which CSS framework?',
      'researcher: Looking into it',
      'designer: Plain CSS',
    ]);
  });

  test('knows by name whom a message mentions without notifying, once that one has written', async () => {
    const bot = await start();
    const { channel, ana, researcher } = team;
    researcher.in(channel).send('here');
    ana.in(channel).send({ content: `${researcher} go on`, allowedMentions: { parse: [] } });
    await bot.settled();
    const [, asked] = await entries(bot, channel.id);
    expect(asked).toMatchObject({ message: '@researcher go on', mentions: ['@researcher'] });
  });

  test('knows who was asked and what was answered', async () => {
    const bot = await start();
    const { channel, ana, researcher } = team;
    const question = ana.in(channel).send(`${researcher} which framework?`);
    researcher.in(channel).send({ content: 'None', replyTo: question });
    await bot.settled();
    expect(await entries(bot, channel.id)).toMatchObject([
      { step: 1, mentions: ['@researcher'], message: '@researcher which framework?' },
      { step: 2, responseTo: 1, triggeredBy: 'user' },
    ]);
  });

  test('takes a name for a mention, also of a bot that was only mentioned so far', async () => {
    const bot = await start();
    const { channel, ana, researcher, guild, discord } = team;
    const coder = discord.createBot({ username: 'coder' });
    guild.add(coder);
    ana.in(channel).send(`${coder} will join us`);
    researcher.in(channel).send('@coder over to you');
    await bot.settled();
    expect((await entries(bot, channel.id))[1]).toMatchObject({ level: 'handoff', handoffTo: ['@coder'] });
  });

  test('keeps nothing of channels that are not mapped, of direct messages, and of itself', async () => {
    const bot = await start();
    const { guild, channel, ana, bot: self } = team;
    const general = guild.createChannel({ name: 'general' });
    ana.in(general).send('not for the log');
    ana.in(ana.dm(self)).send('nor this');
    self.in(channel).send('nor what I say');
    await bot.settled();
    expect(bot.app.workspaces.byChannel(general.id)).toBeUndefined();
    expect(await entries(bot, channel.id)).toEqual([]);
  });

  test('gives threads sessions of their own, however they interleave', async () => {
    const bot = await start();
    const { channel, ana, researcher } = team;
    const one = ana.in(channel).startThread({ name: 'one' });
    const two = ana.in(channel).startThread({ name: 'two' });
    for (let round = 1; round <= 3; round += 1) {
      for (const [name, place] of Object.entries({ main: channel, one, two }))
        researcher.in(place).send(`${name} ${round}`);
    }
    await bot.settled();
    const rounds = (name: string) => [1, 2, 3].map((round) => `researcher: ${name} ${round}`);
    expect(await said(bot, channel.id)).toEqual(rounds('main'));
    expect(await said(bot, channel.id, one.id)).toEqual(rounds('one'));
    expect(await said(bot, channel.id, two.id)).toEqual(rounds('two'));
  });

  test('marks what was said in a private thread that it belongs to', async () => {
    const bot = await start();
    const { channel, ana, bot: self } = team;
    const thread = ana.in(channel).startThread({ name: 'secret', private: true, invite: [self] });
    ana.in(thread).send('between us');
    await bot.settled();
    expect(await session(bot, channel.id, thread.id)).toMatchObject({ privateThread: true });
  });

  test('loses nothing of a channel that is made and written to at once', async () => {
    const bot = await start();
    const { guild, ana } = team;
    const fresh = guild.createChannel({ name: 'project-fresh' });
    for (let n = 1; n <= 5; n += 1) ana.in(fresh).send(`message ${n}`);
    await bot.settled();
    expect(await said(bot, fresh.id)).toEqual([1, 2, 3, 4, 5].map((n) => `Ana: message ${n}`));
  });

  test('loses nothing of a thread that was archived when it started', async () => {
    const { channel, ana } = team;
    const thread = ana.in(channel).startThread({ name: 'old' });
    thread.archive();
    const bot = await start();
    thread.unarchive();
    ana.in(thread).send('back again');
    await bot.settled();
    expect(await said(bot, channel.id, thread.id)).toEqual(['Ana: back again']);
  });

  test('asks Discord for a thread it has never heard of, and keeps the order meanwhile', async () => {
    const bot = await start();
    const { channel, ana, discord } = team;
    const thread = ana.in(channel).startThread({ name: 'unknown' });
    await bot.settled();
    bot.app.client.channels.cache.delete(thread.id);
    discord.faults.failRest({ status: 503, path: new RegExp(thread.id), times: 4 });
    for (let n = 1; n <= 3; n += 1) ana.in(thread).send(`message ${n}`);
    await bot.settled();
    expect(bot.logged().join('\n')).toContain('its messages wait');
    expect(await said(bot, channel.id, thread.id)).toEqual([1, 2, 3].map((n) => `Ana: message ${n}`));
  });

  test('records an event once that is delivered twice, and what was said while the connection was lost', async () => {
    const bot = await start();
    const { channel, ana, bot: self, discord } = team;
    discord.faults.duplicateEvents({ event: 'MESSAGE_CREATE', bot: self });
    ana.in(channel).send('once');
    await bot.settled();
    discord.faults.dropConnections(self);
    ana.in(channel).send('while you were away');
    await bot.settled();
    expect(await said(bot, channel.id)).toEqual(['Ana: once', 'Ana: while you were away']);
  });

  test('goes on after a message of a shape that nobody foresaw, and says which one it was', async () => {
    const bot = await start();
    const { channel, ana, guild } = team;
    const broken = { id: '1099000000000000099', channel_id: channel.id, guild_id: guild.id, type: 0 };
    bot.app.client.ws.emit('MESSAGE_CREATE', broken);
    ana.in(channel).send('still here');
    await bot.settled();
    expect(await said(bot, channel.id)).toEqual(['Ana: still here']);
    expect(bot.logged().join('')).toMatch(/1099000000000000099.*could not be read/);
  });

  test('is durable within 50 ms of the message', async () => {
    const bot = await start();
    const { channel, ana } = team;
    const times: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      const sentAt = performance.now();
      const { id } = ana.in(channel).send(`message ${n}`);
      while (!(await bot.app.store.entries.byMessage(id))) await sleep(1);
      times.push(performance.now() - sentAt);
    }
    // The quickest, because a busy machine holds single ones up.
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test('continues an open session after a restart, and keeps what came just before the stop', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'work-logs-bot-'));
    const { channel, ana } = team;
    const first = await start({ db: join(dir, 'a.db') });
    ana.in(channel).send('before');
    await first.app.client.guilds.cache.first()!.members.fetch({ query: 'x', limit: 1 });
    await stop(first);
    expect(first.logged().join()).not.toContain('no connection');
    const second = await start({ db: join(dir, 'a.db') });
    ana.in(channel).send('after');
    await second.settled();
    expect(await said(second, channel.id)).toEqual(['Ana: before', 'Ana: after']);
    await stop(second);
    rmSync(dir, { recursive: true });
  });

  test('records nothing and tells no channel when recording is switched off', async () => {
    const bot = await start({ config: { ...RULES, work_logs: { enabled: false } } });
    const { channel, ana } = team;
    ana.in(channel).send('hello');
    await bot.settled();
    expect(await entries(bot, channel.id)).toEqual([]);
    expect(channel.messages()).toHaveLength(1);
  });
});

describe('commands', () => {
  test('are deployed to one server alone where that is asked for', async () => {
    const bot = await start({ env: { DISCORD_GUILD_ID: team.guild.id } });
    const { application, guilds } = bot.app.client;
    await expect.poll(() => bot.logged().join('')).toContain('The commands are deployed');
    expect((await application.commands.fetch()).size).toBe(0);
    expect((await guilds.cache.first()!.commands.fetch()).map(({ name }) => name)).toContain('workspace');
  });

  test('that Discord refuses do not keep the bot from recording', async () => {
    const bot = await start({ env: { DISCORD_GUILD_ID: '1099000000000000001' } });
    await expect.poll(() => bot.logged().join('')).toContain('Discord refuses the commands');
    team.ana.in(team.channel).send('still heard');
    await bot.settled();
    expect(await said(bot, team.channel.id)).toEqual(['Ana: still heard']);
  });
});

describe('the end of the backend', () => {
  test('is told, because nothing could be recorded any more', async () => {
    const store = await openTestStore();
    const { token } = team.bot;
    const config = testConfig({ discord: team.discord, config: RULES });
    let calls = 0;
    const record = async () => {
      calls += 1;
      if (calls === 1) throw new RpcError('The other thread has ended');
      return { unreadable: [] };
    };
    const bot = await startBot({
      config: { ...config, discord: { ...config.discord, token } },
      backend: { ...(await createBackendService(store, config.recording)), record },
      log: pino({ level: 'silent' }),
      now: Date.now,
      signal: new AbortController().signal,
    });
    await bot.settled();
    team.ana.in(team.channel).send('unheard');
    await expect(bot.failed).rejects.toBeInstanceOf(RpcError);
    await bot.stop();
    await store.close();
  });
});

describe('a thread that is archived', () => {
  test('ends its session, after what was said in it', async () => {
    const bot = await start();
    const { channel, ana } = team;
    const thread = ana.in(channel).startThread({ name: 'short' });
    ana.in(thread).send('done');
    thread.archive();
    await bot.settled();
    await expect
      .poll(() => session(bot, channel.id, thread.id))
      .toMatchObject({ endReason: 'archived', counts: { steps: 1 } });
  });
});
