import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events, GatewayDispatchEvents, PermissionFlagsBits as P } from 'discord.js';
import type { APIMessage } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HasId } from '../../sandbox/sandbox.ts';
import { objectionDraft } from '../../src/domain/feedback.ts';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot, TestBotOptions } from '../support/bot.ts';

const RULES = { workspaces: [{ match: 'project-*', type: 'project' as const }] };

let team: Team;
let store: Store;
let bot: TestBot | null;
beforeEach(async () => {
  team = await createTeam();
  store = await openTestStore();
  bot = null;
  await start();
});
afterEach(async () => {
  await stop();
  await store.close();
  await team.discord.close();
});

/** Starts the bot, as after a restart when it ran before, and waits until it has caught up. */
async function start(options: Partial<TestBotOptions> = {}): Promise<TestBot> {
  bot = await startTestBot({ discord: team.discord, bot: team.bot, config: RULES, db: store, ...options });
  await bot.settled();
  return bot;
}

async function stop(): Promise<void> {
  await bot?.stop();
  bot = null;
}

/** All that is recorded of a place, over all its sessions, in the order of recording. */
async function said(threadId: string | null = null, channelId = team.channel.id): Promise<string[]> {
  const all = await store.workspaces.list();
  const workspaceId = all.find((one) => one.channelId === channelId)!.id;
  const logs = await store.sessions.list({ workspaceIds: [workspaceId], limit: 50 });
  const own = logs.filter((log) => log.threadId === threadId).sort((a, b) => a.startedAt - b.startedAt);
  const pages = await Promise.all(own.map(({ sessionId }) => store.entries.page({ sessionId }, 0, 10_000)));
  return pages.flatMap(({ entries }) => entries.map(({ message }) => message));
}

async function gaps() {
  const workspaceIds = (await store.workspaces.list()).map(({ id }) => id);
  return store.coverage.gaps({ workspaceIds, from: 0, to: Number.MAX_SAFE_INTEGER }, 100);
}

function numbered(count: number, word = 'message'): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
}

describe('after a time away', () => {
  test('records what was said in channels and threads, by people, bots and webhooks, in order', async () => {
    const { channel, ana, researcher } = team;
    ana.in(channel).send('before');
    const thread = ana.in(channel).startThread({ name: 'known' });
    researcher.in(thread).send('in the thread before');
    await bot!.settled();
    await stop();
    ana.in(channel).send('one');
    channel.createWebhook({ name: 'hook' }).send({ content: 'two', username: 'designer' });
    researcher.in(channel).send('three');
    researcher.in(thread).send('in the thread after');
    await start();
    expect(await said()).toEqual(['before', 'one', 'two', 'three']);
    expect(await said(thread.id)).toEqual(['in the thread before', 'in the thread after']);
    expect(await gaps()).toEqual([]);
  });

  test('reads page after page', async () => {
    const { channel, researcher } = team;
    await stop();
    for (const text of numbered(450)) researcher.in(channel).send(text);
    await start();
    expect(await said()).toEqual(numbered(450));
    // The bot's own notice is among them.
    expect(bot!.logged().join('\n')).toMatch(/"messages":451.*Caught up/);
  });

  test('finds threads that were opened, archived, or opened and archived meanwhile, and ends the session of the archived', async () => {
    const { channel, ana } = team;
    const old = ana.in(channel).startThread({ name: 'old' });
    ana.in(old).send('first');
    await bot!.settled();
    await stop();
    ana.in(old).send('last words');
    old.archive();
    const fresh = ana.in(channel).startThread({ name: 'fresh' });
    ana.in(fresh).send('hello');
    const brief = ana.in(channel).startThread({ name: 'brief' });
    ana.in(brief).send('in and out');
    brief.archive();
    await start();
    expect(await said(old.id)).toEqual(['first', 'last words']);
    expect(await said(fresh.id)).toEqual(['hello']);
    expect(await said(brief.id)).toEqual(['in and out']);
    const logs = await store.sessions.list({ workspaceIds: [1], limit: 10 });
    const reasons = new Map(logs.map(({ threadId, endReason }) => [threadId, endReason]));
    expect([old, brief, fresh].map(({ id }) => reasons.get(id))).toEqual(['archived', 'archived', null]);
  });

  test('finds a thread that was spoken in and archived while the bot was stopping', async () => {
    const { channel, ana } = team;
    const thread = ana.in(channel).startThread({ name: 'old' });
    ana.in(thread).send('first');
    await bot!.settled();
    const stopped = stop();
    ana.in(thread).send('last words');
    thread.archive();
    await stopped;
    await start();
    expect(await said(thread.id)).toEqual(['first', 'last words']);
  });

  test('reads private threads that the bot belongs to, and marks them so', async () => {
    const { channel, ana, bot: self } = team;
    const thread = ana.in(channel).startThread({ name: 'secret', private: true, invite: [self] });
    await bot!.settled();
    await stop();
    ana.in(thread).send('between us');
    thread.archive();
    await start();
    const log = await store.sessions.latest({ workspaceId: 1, threadId: thread.id });
    expect(log).toMatchObject({ privateThread: true, counts: { steps: 1 } });
  });

  test('does not read what was said before the channel was mapped', async () => {
    await stop();
    const { guild, ana } = team;
    const other = guild.createChannel({ name: 'project-other' });
    ana.in(other).send('before it was a workspace');
    await start();
    ana.in(other).send('now');
    await bot!.settled();
    await stop();
    await start();
    expect(await said(null, other.id)).toEqual(['now']);
  });

  test('does not read what was said while recording was switched off', async () => {
    const { channel, ana } = team;
    ana.in(channel).send('on');
    await bot!.settled();
    await stop();
    await start({ config: { ...RULES, work_logs: { enabled: false } } });
    ana.in(channel).send('off');
    await bot!.settled();
    await stop();
    await start();
    expect(await said()).toEqual(['on']);
  });

  test('keeps the names that people have in the server', async () => {
    const { channel, ben, guild } = team;
    guild.setNick(ben, 'Benny');
    await stop();
    ben.in(channel).send('hi');
    await start();
    const [log] = await store.sessions.list({ workspaceIds: [1], limit: 1 });
    expect((await store.sessions.participants(log!.sessionId))[0]!.author.name).toBe('Benny');
  });

  test('passes over own messages and notices, and does not ask for them again', async () => {
    const { channel, ana, bot: self } = team;
    await stop();
    self.in(channel).send('I said');
    ana.in(channel).pin(self.in(channel).send('pinned'));
    await start();
    expect(await said()).toEqual([]);
    const [mark] = await store.coverage.marks(1);
    expect(mark!.messageId).toBe(channel.messages().at(-1)!.id);
  });
});

describe('what became of earlier messages', () => {
  test('is seen: edits, deletions, and many deletions at once', async () => {
    const { channel, ana, researcher } = team;
    const here = researcher.in(channel);
    const [edited, deleted, ...many] = numbered(6).map((text) => here.send(text));
    await bot!.settled();
    await stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    here.edit(edited!, 'something else altogether');
    ana.in(channel).delete(deleted!);
    ana.in(channel).bulkDelete(many.slice(0, 2));
    here.send('news');
    await start();
    const texts = await said();
    expect(texts).toEqual(
      expect.arrayContaining(['message 5', 'message 6', 'news', 'something else altogether']),
    );
    for (const gone of ['message 2', 'message 3', 'message 4']) expect(texts).not.toContain(gone);
  });

  test('is handed over once', async () => {
    const { channel, researcher } = team;
    const message = researcher.in(channel).send('Use MySQL');
    await bot!.settled();
    await stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    researcher.in(channel).edit(message, 'Use PostgreSQL');
    await start();
    const once = await said();
    await stop();
    await start();
    expect(await said()).toEqual(once);
  });

  test('keeps what people said by the bot’s own forms, which is no message', async () => {
    const { channel, ana, researcher } = team;
    const message = researcher.in(channel).send('Use MySQL');
    await bot!.settled();
    const by = { key: ana.id, name: 'Ana', kind: 'person' as const };
    const against = { step: 1, messageId: message.id };
    const later = researcher.in(channel).send('after');
    await bot!.settled();
    const interactionId = (BigInt(later.id) - 1n).toString();
    const objection = { interactionId, by, against, reason: 'No, PostgreSQL', masked: 0, at: Date.now() };
    await store.feedback.object(message.id, objectionDraft(objection));
    await stop();
    await start();
    expect(await said()).toContain('No, PostgreSQL');
  });

  test('is not taken from an empty list of somebody who may not read', async () => {
    const { channel, researcher, bot: self } = team;
    researcher.in(channel).send('stays');
    await bot!.settled();
    await stop();
    channel.setOverwrites([{ id: self, deny: P.ReadMessageHistory }]);
    await start();
    expect(await said()).toEqual(['stays']);
  });
});

describe('gaps', () => {
  test('without the right to read history: one that lasts, and goes when the right is given and all is read', async () => {
    const { channel, ana, bot: self } = team;
    ana.in(channel).send('seen');
    await bot!.settled();
    await stop();
    channel.setOverwrites([{ id: self, deny: P.ReadMessageHistory }]);
    ana.in(channel).send('missed');
    await start();
    expect(await gaps()).toMatchObject([{ reason: 'no_history_permission', to: null, whole: true }]);
    await stop();
    await start();
    expect(await gaps()).toHaveLength(1);
    channel.setOverwrites([]);
    ana.in(channel).send('again');
    await bot!.settled();
    expect(await said()).toEqual(['seen', 'missed', 'again']);
    expect(await gaps()).toEqual([]);
  });

  test('begin when a channel is hidden from the running bot', async () => {
    const { channel, ana, bot: self } = team;
    const hiddenAt = Date.now();
    channel.setOverwrites([{ id: self, deny: P.ViewChannel }]);
    ana.in(channel).send('behind the curtain');
    await bot!.settled();
    const [gap] = await gaps();
    expect(gap).toMatchObject({ reason: 'channel_hidden', to: null });
    expect(gap!.from).toBeGreaterThanOrEqual(hiddenAt);
    channel.setOverwrites([]);
    await bot!.settled();
    expect(await said()).toEqual(['behind the curtain']);
    expect(await gaps()).toEqual([]);
  });

  test('beyond the limit: the newest messages are read, the time of the others is stated', async () => {
    const { channel, ana, researcher } = team;
    ana.in(channel).send('seen');
    await bot!.settled();
    await stop();
    for (const text of numbered(350)) researcher.in(channel).send(text);
    await start({ config: { ...RULES, catch_up: { max_messages: 100 } } });
    expect(await said()).toEqual(['seen', ...numbered(350).slice(-100)]);
    const messages = channel.messages();
    const [gap] = await gaps();
    expect(gap).toMatchObject({ reason: 'too_many_messages', threadId: null, whole: false });
    expect(gap!.to).toBe(Date.parse(messages.at(-100)!.timestamp));
    await stop();
    await start();
    expect(await gaps()).toHaveLength(1);
  });

  test('when the channel was deleted meanwhile', async () => {
    const { channel, ana } = team;
    ana.in(channel).send('seen');
    await bot!.settled();
    await stop();
    ana.in(channel).send('gone with it');
    channel.delete();
    await start();
    const [gap, ...others] = await gaps();
    expect(gap).toMatchObject({ reason: 'history_unavailable', whole: true });
    expect(gap!.to).not.toBeNull();
    expect(others).toEqual([]);
    // What was said there is deleted with the channel; the step stays.
    expect(await said()).toEqual(['']);
  });

  test('when Discord refuses the history of one place, which then goes on live', async () => {
    const { channel, ana, discord } = team;
    ana.in(channel).send('seen');
    await bot!.settled();
    await stop();
    ana.in(channel).send('never given');
    discord.faults.failRest({ status: 400, method: 'GET', path: messagesOf(channel), times: 1 });
    await start();
    ana.in(channel).send('live');
    await bot!.settled();
    expect(await said()).toEqual(['seen', 'live']);
    expect(await gaps()).toMatchObject([{ reason: 'history_unavailable', whole: false }]);
  });
});

describe('trouble on the way', () => {
  test('of Discord does not lose or double anything', async () => {
    const { channel, researcher, discord } = team;
    await stop();
    for (const text of numbered(250)) researcher.in(channel).send(text);
    const path = messagesOf(channel);
    discord.faults.failRest({ retryAfterS: 0.05, method: 'GET', path, times: 2 });
    discord.faults.failRest({ status: 500, method: 'GET', path, times: 5 });
    discord.faults.failRest({ close: true, method: 'GET', path, times: 1 });
    await start();
    expect(await said()).toEqual(numbered(250));
  });

  test('holds back what is said meanwhile, edits and deletions too, until its place has caught up', async () => {
    const { channel, researcher, ana, discord } = team;
    await stop();
    const here = researcher.in(channel);
    const early = numbered(250).map((text) => here.send(text));
    discord.faults.failRest({ delayMs: 150, method: 'GET', path: messagesOf(channel), times: 3 });
    const starting = start();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const live = numbered(40, 'live').map((text) => here.send(text));
    ana.in(channel).delete(early[10]!);
    ana.in(channel).delete(live[3]!);
    await starting;
    await bot!.settled();
    const expected = [...numbered(250), ...numbered(40, 'live')];
    const texts = await said();
    const left = expected.filter((text) => text !== 'message 11' && text !== 'live 4');
    expect(texts.filter((text) => text !== '')).toEqual(left);
  });

  test('more than can be held back is read from Discord again', async () => {
    const { channel, researcher, discord } = team;
    await stop();
    const here = researcher.in(channel);
    for (const text of numbered(150)) here.send(text);
    discord.faults.failRest({ delayMs: 400, method: 'GET', path: messagesOf(channel), times: 1 });
    const starting = start();
    await expect.poll(() => bot !== null || discord.core.world.guilds.size > 0).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 250));
    for (const text of numbered(1500, 'live')) here.send(text);
    await starting;
    await bot!.settled();
    expect(await said()).toEqual([...numbered(150), ...numbered(1500, 'live')]);
  });

  test('being sent away from the server and let in again', async () => {
    const { channel, ana, guild, bot: self } = team;
    ana.in(channel).send('seen');
    await bot!.settled();
    guild.remove(self);
    await expect.poll(gaps).toMatchObject([{ reason: 'channel_hidden', to: null, whole: true }]);
    ana.in(channel).send('missed');
    guild.add(self);
    await expect.poll(() => said()).toEqual(['seen', 'missed']);
    ana.in(channel).send('live');
    await bot!.settled();
    expect(await said()).toEqual(['seen', 'missed', 'live']);
    expect(await gaps()).toEqual([]);
  });

  test('an end in the middle of the reading, which the next start continues', async () => {
    const { channel, researcher, discord } = team;
    await stop();
    for (const text of numbered(300)) researcher.in(channel).send(text);
    discord.faults.failRest({ delayMs: 3000, method: 'GET', path: messagesOf(channel), times: 1 });
    const halted = await startTestBot({ discord, bot: team.bot, config: RULES, db: store });
    const stoppedAt = Date.now();
    await halted.stop();
    expect(Date.now() - stoppedAt).toBeLessThan(2000);
    expect(await said()).toEqual([]);
    discord.faults.clear();
    await start();
    expect(await said()).toEqual(numbered(300));
  });

  test('a lost session of the gateway, while messages flow: each is recorded once, in order', async () => {
    const { channel, researcher, bot: self, discord } = team;
    const here = researcher.in(channel);
    const texts: string[] = [];
    for (let n = 1; n <= 120; n += 1) {
      texts.push(`flow ${n}`);
      here.send(`flow ${n}`);
      if (n === 30 || n === 80) discord.faults.invalidateSessions(false, self);
      if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await expect.poll(async () => (await said()).length, { timeout: 20_000 }).toBe(120);
    await bot!.settled();
    expect(await said()).toEqual(texts);
    const interruptions = await store.coverage.interruptions({ from: 0, to: Date.now() }, 10);
    expect(interruptions.every(({ caughtUpAt }) => caughtUpAt !== null)).toBe(true);
  }, 40_000);

  test('a message that is deleted while the page that shows it is on its way', async () => {
    const { channel, ana, bot: self, discord } = team;
    const thread = ana.in(channel).startThread({ name: 'busy' });
    ana.in(thread).send('heard');
    await bot!.settled();
    discord.faults.dropConnections(self);
    const secrets = [channel, thread].map((at) => ana.in(at).send(`the key is ${at.id}`));
    const deleted = new Set<string>();
    holdPages(bot!, async (page) => {
      for (const secret of secrets.filter(({ id }) => page.some((message) => message.id === id))) {
        ana.in({ id: secret.channelId }).delete(secret);
        deleted.add(secret.id);
      }
      await roundTrips(bot!);
    });
    discord.faults.expireSessions();
    await expect.poll(() => deleted.size, { timeout: 10_000 }).toBe(2);
    await bot!.settled();
    expect([...(await said()), ...(await said(thread.id))].filter((text) => text !== '')).toEqual(['heard']);
  });

  test('what waits when the session of the gateway is lost, and is deleted or edited out of sight', async () => {
    const { channel, ana, discord } = team;
    const page = Promise.withResolvers<void>();
    let pages = 0;
    holdPages(bot!, () => {
      pages += 1;
      return page.promise;
    });
    discord.faults.expireSessions();
    await expect.poll(() => pages, { timeout: 10_000 }).toBe(1);
    const here = ana.in(channel);
    const [secret, rephrased] = [here.send('the key is 1234'), here.send('one')];
    here.edit(rephrased, 'two');
    await roundTrips(bot!);
    discord.faults.expireSessions();
    here.delete(secret);
    here.edit(rephrased, 'three');
    await expect.poll(() => pages, { timeout: 10_000 }).toBe(2);
    page.resolve();
    await bot!.settled();
    expect(await said()).toEqual(['three']);
  });

  test('a deletion does not wait until its place has caught up', async () => {
    const { channel, ana, bot: self, discord } = team;
    const secret = ana.in(channel).send('the key is 1234');
    await bot!.settled();
    const page = Promise.withResolvers<void>();
    let pages = 0;
    holdPages(bot!, () => {
      pages += 1;
      return page.promise;
    });
    discord.faults.dropConnections(self);
    await expect.poll(() => pages, { timeout: 10_000 }).toBe(1);
    ana.in(channel).delete(secret);
    await expect.poll(() => said()).toEqual(['']);
    page.resolve();
  });

  test('a message that was heard before the connection was lost, and is not yet stored when the reading begins', async () => {
    const { channel, ana, discord } = team;
    await stop();
    const disk = Promise.withResolvers<void>();
    let isSlow = false;
    const append: Store['entries']['append'] = async (...args) => {
      if (isSlow) await disk.promise;
      return store.entries.append(...args);
    };
    await start({ db: { ...store, entries: { ...store.entries, append } } });
    isSlow = true;
    const secret = ana.in(channel).send('the key is 1234');
    await roundTrips(bot!);
    const ready = new Promise((resolve) => {
      bot!.app.client.once(Events.ShardReady, resolve);
    });
    discord.faults.expireSessions();
    ana.in(channel).delete(secret);
    await ready;
    await new Promise((resolve) => setTimeout(resolve, 200));
    disk.resolve();
    await bot!.settled();
    expect(await said()).toEqual(['']);
  });

  test('a resumed session, with an event that never came', async () => {
    const { channel, ana, bot: self, discord } = team;
    ana.in(channel).send('heard');
    await bot!.settled();
    const { ws } = bot!.app.client;
    const listeners = ws.listeners(GatewayDispatchEvents.MessageCreate);
    ws.removeAllListeners(GatewayDispatchEvents.MessageCreate);
    ana.in(channel).send('swallowed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const listener of listeners) ws.on(GatewayDispatchEvents.MessageCreate, listener as () => void);
    discord.faults.dropConnections(self);
    await expect.poll(() => said(), { timeout: 10_000 }).toEqual(['heard', 'swallowed']);
  });

  test('a crash between a message and one that should have come before it', async () => {
    const { channel, ana } = team;
    const late = ana.in(channel).send('late');
    const early = ana.in(channel).send('early');
    await bot!.settled();
    expect(late.id < early.id).toBe(true);
    await stop();
    await store.coverage.beat(Date.now(), false);
    await start();
    expect(await said()).toEqual(['late', 'early']);
  });
});

/** Lets each page of messages arrive late: when what happens in between has happened. */
function holdPages({ app }: TestBot, between: (page: APIMessage[]) => Promise<void>): void {
  const { rest } = app.client;
  const get = rest.get.bind(rest);
  rest.get = async (route, options) => {
    const answer = await get(route, options);
    if (route.endsWith('/messages')) await between(answer as APIMessage[]);
    return answer;
  };
}

/** Resolves when the bot has everything that Discord sent before. */
async function roundTrips({ app }: TestBot): Promise<void> {
  const guild = app.client.guilds.cache.first()!;
  await guild.members.fetch({ query: 'nobody-of-that-name', limit: 1, time: 5000 });
}

function messagesOf({ id }: HasId): RegExp {
  return new RegExp(`/channels/${id}/messages$`);
}

test('the marks of a database file survive a restart of the process', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'work-logs-catch-up-'));
  await stop();
  const { channel, ana } = team;
  await start({ db: join(dir, 'a.db') });
  ana.in(channel).send('one');
  await bot!.settled();
  await stop();
  ana.in(channel).send('two');
  await start({ db: join(dir, 'a.db') });
  const [log] = await bot!.app.store.sessions.list({ workspaceIds: [1], limit: 1 });
  expect(log!.counts.steps).toBe(2);
  await stop();
  rmSync(dir, { recursive: true });
});
