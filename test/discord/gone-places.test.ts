import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { GatewayDispatchEvents } from 'discord.js';
import type { ThreadChannel } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HasId } from '../../sandbox/sandbox.ts';
import type { Store } from '../../src/store/store.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot } from '../support/bot.ts';
import { openTestStore } from '../support/empty-store.ts';
import { asking } from '../support/escalations.ts';

let team: Team;
let store: Store;
let bot: TestBot;
beforeEach(async () => {
  team = await createTeam();
  store = await openTestStore();
  await start();
});
afterEach(async () => {
  await bot.stop();
  await store.close();
  await team.discord.close();
});

async function start(): Promise<void> {
  const config = { workspaces: [{ match: 'project-*', type: 'project' as const }] };
  bot = await startTestBot({ discord: team.discord, bot: team.bot, config, db: store });
  await bot.settled();
}

/** Ana writes there; gives what is kept of it. */
function says(place: HasId, content: string) {
  const { id } = team.ana.in(place).send(content);
  return async () => (await store.entries.byMessage(id))?.message;
}

/** In the channel, in a thread that stays, and in one that goes. */
async function conversation() {
  const [staying, going] = ['staying', 'going'].map((name) => {
    return team.ana.in(team.channel).startThread({ name });
  });
  const said = {
    channel: says(team.channel, 'in the channel'),
    staying: says(staying!, 'in a thread'),
    going: says(going!, 'in another'),
  };
  await bot.settled();
  return { staying: staying!, going: going!, said };
}

test('what was said in a thread goes when the thread is deleted, and the steps stay', async () => {
  const { going, said } = await conversation();
  going.delete();
  await bot.settled();
  expect(await said.going()).toBe('');
  expect([await said.channel(), await said.staying()]).toEqual(['in the channel', 'in a thread']);
});

test('a thread that Discord only takes out of sight is kept', async () => {
  const { going, said } = await conversation();
  const {
    id,
    guildId: guild_id,
    parentId: parent_id,
    type,
  } = bot.app.client.channels.cache.get(going.id) as ThreadChannel;
  bot.app.client.ws.emit(GatewayDispatchEvents.ThreadDelete, { id, guild_id, parent_id, type });
  await bot.settled();
  expect(await said.going()).toBe('in another');
});

test('the sessions of a thread and of a channel end when that is deleted, also while the bot is away', async () => {
  const { staying, going } = await conversation();
  const ending = async (threadId: string | null) => {
    const log = await store.sessions.latest({ workspaceId: 1, threadId });
    return log!.endedAt === null ? 'runs' : log!.endReason;
  };
  going.delete();
  await bot.settled();
  expect([await ending(going.id), await ending(staying.id), await ending(null)]).toEqual([
    'deleted',
    'runs',
    'runs',
  ]);
  await bot.stop();
  staying.delete();
  await start();
  expect([await ending(staying.id), await ending(null)]).toEqual(['deleted', 'runs']);
  team.channel.delete();
  await bot.settled();
  expect(await ending(null)).not.toBe('runs');
});

test('a card in a thread that is deleted is let go of without an error', async () => {
  const thread = team.ana.in(team.channel).startThread({ name: 'aside' });
  team.researcher.in(thread).send(asking());
  await bot.settled();
  await expect.poll(async () => (await store.escalations.get(1))?.card ?? null).not.toBeNull();
  thread.delete();
  await bot.settled();
  await expect.poll(() => store.outbox.due(Date.now() + 60_000, 9)).toEqual([]);
  expect((await store.outbox.state([1], Date.now())).givenUp).toEqual([]);
  expect(bot.logged().filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});

test('what was said in a channel and its threads goes when the channel is deleted', async () => {
  const { said } = await conversation();
  team.channel.delete();
  await bot.settled();
  expect([await said.channel(), await said.staying(), await said.going()]).toEqual(['', '', '']);
});

test('also what was recorded before the channel was unmapped', async () => {
  const { said } = await conversation();
  await bot.app.workspaces.unmap(bot.app.workspaces.byChannel(team.channel.id)!);
  team.channel.delete();
  await bot.settled();
  expect(await said.channel()).toBe('');
});

test('the same when the bot was away meanwhile', async () => {
  const other = team.guild.createChannel({ name: 'project-other' });
  await bot.settled();
  const elsewhere = says(other, 'elsewhere');
  const { staying, going, said } = await conversation();
  staying.archive();
  await bot.settled();
  await bot.stop();
  going.delete();
  other.delete();
  await start();
  expect([await said.going(), await elsewhere()]).toEqual(['', '']);
  expect([await said.channel(), await said.staying()]).toEqual(['in the channel', 'in a thread']);
});

test('single messages that were deleted meanwhile go, however much was said after them', async () => {
  const { ana, channel, researcher } = team;
  const thread = ana.in(channel).startThread({ name: 'aside' });
  const [first, inThread] = [ana.in(channel).send('first'), ana.in(thread).send('aside')];
  const kept = says(thread, 'also aside');
  for (let n = 0; n < 150; n += 1) researcher.in(channel).send(`message ${n}`);
  const middle = ana.in(channel).send('in the middle');
  for (let n = 0; n < 150; n += 1) researcher.in(channel).send(`message ${n}`);
  thread.archive();
  await bot.settled();
  await bot.stop();
  thread.unarchive();
  ana.in(thread).delete(inThread);
  thread.archive();
  for (const message of [first, middle]) ana.in(channel).delete(message);
  await start();
  const messages = [first, middle, inThread].map(({ id }) => store.entries.byMessage(id));
  expect((await Promise.all(messages)).map((entry) => entry!.message)).toEqual(['', '', '']);
  expect(await kept()).toBe('also aside');
  const log = await store.sessions.latest({ workspaceId: 1, threadId: null });
  const { entries } = await store.entries.page({ sessionId: log!.sessionId }, 0, 500);
  expect(entries.filter(({ message }) => message === '')).toHaveLength(2);
});

/** How many requests for older messages are under way at the same time at most, until this is asked. */
function countingRequests() {
  const underWay = new Set<unknown>();
  let most = 0;
  const begins = (message: unknown) => {
    const { request } = message as { request: { path: string } };
    if (request.path.includes('before=')) underWay.add(request);
    most = Math.max(most, underWay.size);
  };
  const ends = (message: unknown) => void underWay.delete((message as { request: unknown }).request);
  subscribe('undici:request:create', begins);
  subscribe('undici:request:trailers', ends);
  return () => {
    unsubscribe('undici:request:create', begins);
    unsubscribe('undici:request:trailers', ends);
    return most;
  };
}

test('one channel after the other is looked through: whoever asks something meanwhile has to share what Discord allows', async () => {
  const others = ['a', 'b', 'c'].map((name) => team.guild.createChannel({ name: `project-${name}` }));
  await bot.settled();
  for (const channel of others)
    for (let n = 0; n < 150; n += 1) team.researcher.in(channel).send(`message ${n}`);
  await bot.settled();
  await bot.stop();
  const most = countingRequests();
  await start();
  expect(most()).toBe(1);
});

test('a channel and a thread that are only closed to the bot keep what was said there', async () => {
  const thread = team.ana.in(team.channel).startThread({ name: 'closed', private: true, invite: [team.bot] });
  const said = says(thread, 'in private');
  const channel = says(team.channel, 'in the channel');
  await bot.settled();
  await bot.stop();
  team.bot.in(thread).leave();
  await start();
  team.discord.faults.failRest({ status: 403, path: new RegExp(`/channels/${team.channel.id}$`) });
  team.channel.delete();
  await bot.settled();
  expect([await said(), await channel()]).toEqual(['in private', 'in the channel']);
});
