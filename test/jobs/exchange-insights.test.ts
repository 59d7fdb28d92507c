import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bot, GuildChannel } from '../../sandbox/sandbox.ts';
import { exchangeInsights } from '../../src/jobs/exchange-insights.ts';
import { jobs } from '../../src/jobs/index.ts';
import type { WorkspaceType } from '../../src/domain/workspace.ts';
import { startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import { posted } from '../support/escalations.ts';
import type { TestBotOptions } from '../support/bot.ts';
import {
  blocksOf,
  endSession,
  exchange,
  inboxOf,
  insightBlock,
  insightsOf,
  learn,
} from '../support/insights.ts';

const { ViewChannel } = PermissionFlagsBits;
const TYPES: WorkspaceType[] = ['open', 'project', 'direct', 'coordination'];

let team: Running;
afterEach(() => team.end());

async function start(config: NonNullable<TestBotOptions['config']> = {}): Promise<void> {
  const workspaces = TYPES.map((type) => ({ match: `${type}-*`, type, owners: ['everyone' as const] }));
  team = await startTeam({ config: { workspaces, ...config } });
}

const newBot = (username: string): Bot => {
  const bot = team.discord.createBot({ username });
  team.guild.add(bot);
  return bot;
};

async function approveAll(): Promise<void> {
  const author = { key: team.ana.id, name: 'Ana', kind: 'person' as const };
  for (const { id, state } of await insightsOf(team))
    if (state === 'pending')
      await team.running.app.store.insights.act(
        id,
        { kind: 'approve' },
        { author, interactionId: `a${id}` },
        Date.now(),
      );
}

const handedIn = (place: GuildChannel | { messages(): ReturnType<GuildChannel['messages']> }) =>
  posted(team, place).filter(({ content }) => content.includes('```worklog'));

describe('the matrix of scopes', () => {
  /** Which bots are in which workspace; everybody sees every channel, but for the closed project. */
  const PLACES: [name: string, type: WorkspaceType, bots: string[]][] = [
    ['open-one', 'open', ['a', 'b']],
    ['open-two', 'open', ['c']],
    ['project-one', 'project', ['a', 'b', 'c']],
    ['project-two', 'project', ['d']],
    ['coordination-one', 'coordination', ['b', 'd']],
    ['direct-a', 'direct', ['a', 'b']],
    ['direct-e', 'direct', ['e']],
  ];
  const EVERYBODY = ['a', 'b', 'c', 'd', 'e'];

  test('has no leak: each bot has what is for it by inbox, artifact and mention, and nothing else', async () => {
    await start();
    const bots = new Map(EVERYBODY.map((name) => [name, newBot(name)]));
    const places = new Map(PLACES.map(([name]) => [name, team.guild.createChannel({ name })]));
    await team.running.settled();
    for (const [name, , members] of PLACES) {
      for (const member of members) bots.get(member)!.in(places.get(name)!).send('hello');
      await learn(team, bots.get(members[0]!)!, places.get(name)!, `Learned in ${name}`);
    }
    const secret = team.ben
      .in(places.get('project-one')!)
      .startThread({ name: 'secret', private: true, invite: [team.bot, bots.get('c')!] });
    await team.running.settled();
    bots.get('c')!.in(secret).send(insightBlock('Learned in secret'));
    await endSession(team, places.get('project-one')!, secret.id);
    await approveAll();
    await exchange(team);

    const meant = (bot: string) =>
      [
        ...PLACES.filter(([, type, members]) =>
          type === 'open' ? true : type === 'direct' ? members[0] === bot : members.includes(bot),
        ).map(([name]) => `Learned in ${name}`),
        ...(bot === 'c' ? ['Learned in secret'] : []),
      ].sort();
    const { artifacts } = team.running.app.store;
    const workspaceIds = team.running.app.workspaces.ofGuild(team.guild.id).map(({ id }) => id);
    const messages = [...places.values(), secret].flatMap(handedIn);
    for (const bot of EVERYBODY) {
      const account = bots.get(bot)!;
      const waiting = await artifacts.waiting({ consumer: bot, workspaceIds, limit: 100 });
      const told = messages
        .filter(({ mentions }) => mentions.some(({ id }) => id === account.id))
        .flatMap(blocksOf);
      expect({
        inbox: await inboxOf(team, account),
        artifacts: waiting.map(({ content }) => String(content?.['content'])).sort(),
        told: told.map(({ content }) => String(content)).sort(),
      }).toEqual({ inbox: meant(bot), artifacts: meant(bot), told: meant(bot) });
    }
    expect(handedIn(secret).flatMap(blocksOf)).toMatchObject([{ content: 'Learned in secret' }]);
    expect(JSON.stringify([...places.values()].flatMap((place) => posted(team, place)))).not.toContain(
      'Learned in secret',
    );
  });

  test('a bot that cannot see the channel any more gets nothing of its project', async () => {
    await start();
    const [a, b] = [newBot('a'), newBot('b')];
    const place = team.guild.createChannel({ name: 'project-closed' });
    await team.running.settled();
    for (const bot of [a, b]) bot.in(place).send('hello');
    await learn(team, a, place, 'The key is under the mat');
    await approveAll();
    place.setOverwrites([{ id: b, deny: ViewChannel }]);
    await exchange(team);
    expect([await inboxOf(team, a), await inboxOf(team, b)]).toEqual([['The key is under the mat'], []]);
    expect(handedIn(place).map(({ mentions }) => mentions.map(({ id }) => id))).toEqual([[a.id]]);
  });
});

describe('the exchange', () => {
  beforeEach(() => start());

  test('is one of the jobs, as often as the configuration says', () => {
    expect(jobs).toContain(exchangeInsights);
    const { schedule } = exchangeInsights;
    expect(typeof schedule === 'function' && schedule(team.running.app.config)).toBe('0 * * * *');
  });

  test('hands out many in few messages, none too long, each to each bot once, also where Discord fails meanwhile', async () => {
    const [a, b] = [newBot('a'), newBot('b')];
    const place = team.guild.createChannel({ name: 'project-many' });
    await team.running.settled();
    b.in(place).send('hello');
    for (let n = 0; n < 12; n += 1)
      a.in(place).send(insightBlock(`Number ${n} is ${'`<@&1>\u200b'.repeat(20 * n)}`));
    await endSession(team, place);
    await approveAll();
    await exchangeInsights.run(team.running.app, Date.now());
    team.discord.faults.failRest({ method: 'POST', path: /messages$/, close: 'afterwards', times: 2 });
    team.discord.faults.failRest({ method: 'POST', path: /messages$/, status: 503 });
    for (const later of [0, 60_000, 120_000]) await exchange(team, Date.now() + later);
    const told = handedIn(place);
    const blocks = told.flatMap(blocksOf);
    expect(blocks.map(({ insight }) => insight).sort((x, y) => Number(x) - Number(y))).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    expect(told.length).toBeLessThan(12);
    expect(Math.max(...told.map(({ content }) => content.length))).toBeLessThanOrEqual(2000);
    expect(await inboxOf(team, b)).toHaveLength(12);
  });

  test('goes on where it stopped when more waits than one cycle takes', async () => {
    const [a, b] = [newBot('a'), newBot('b')];
    const place = team.guild.createChannel({ name: 'project-many' });
    await team.running.settled();
    b.in(place).send('hello');
    for (let n = 0; n < 60; n += 1) a.in(place).send(insightBlock(`Fact ${n} of many`));
    await endSession(team, place);
    await approveAll();
    await exchange(team);
    expect(handedIn(place).length).toBeLessThanOrEqual(10);
    for (let cycle = 0; cycle < 4; cycle += 1) await exchange(team);
    expect(await inboxOf(team, b)).toHaveLength(60);
  });

  test('reaches more bots than one message mentions, and tells all of them when it is taken back', async () => {
    const place = team.guild.createChannel({ name: 'project-crowd' });
    await team.running.settled();
    const crowd = Array.from({ length: 22 }, (_, n) => newBot(`bot${n}`));
    for (const bot of crowd) bot.in(place).send('hello');
    await learn(team, crowd[0]!, place, 'Blue is best');
    await approveAll();
    await exchange(team);
    const called = (type: string) =>
      handedIn(place)
        .filter((message) => blocksOf(message)[0]!['type'] === type)
        .map(({ mentions }) => mentions.length);
    expect(called('insight')).toEqual([20, 2]);
    const author = { key: team.ana.id, name: 'Ana', kind: 'person' as const };
    const revoke = { kind: 'revoke', reason: null } as const;
    await team.running.app.store.insights.act(1, revoke, { author, interactionId: 'r' }, Date.now());
    await exchange(team);
    expect(called('insight_revoked')).toEqual([20, 2]);
    const told = handedIn(place).filter((message) => blocksOf(message)[0]!['type'] === 'insight_revoked');
    expect(new Set(told.flatMap(({ mentions }) => mentions.map(({ id }) => id))).size).toBe(22);
  });

  test('asks Discord about bots only when there is something for them', async () => {
    const asked: string[] = [];
    const place = team.guild.createChannel({ name: 'project-calm' });
    await team.running.settled();
    await learn(team, newBot('a'), place, 'Blue is best');
    await approveAll();
    await exchange(team);
    team.running.app.client.rest.on('response', ({ path }) => asked.push(path));
    await exchange(team);
    expect(asked.filter((path) => path.includes('/members/'))).toEqual([]);
  });

  test('goes on in other workspaces where Discord does not answer about the bots of one', async () => {
    const [a, b] = [newBot('a'), newBot('b')];
    const places = ['project-one', 'project-two'].map((name) => team.guild.createChannel({ name }));
    await team.running.settled();
    await learn(team, a, places[0]!, 'One');
    await learn(team, b, places[1]!, 'Two');
    await approveAll();
    team.discord.faults.failRest({ path: new RegExp(`/members/${a.id}$`), status: 500, times: 20 });
    await expect(exchange(team)).rejects.toThrow('The exchange failed in 1 of 3 workspaces');
    expect([await inboxOf(team, a), await inboxOf(team, b)]).toEqual([[], ['Two']]);
    team.discord.faults.clear();
    await exchange(team);
    expect(await inboxOf(team, a)).toEqual(['One']);
  });

  test('reaches personas of webhooks by their inbox, and names them', async () => {
    const place = team.guild.createChannel({ name: 'project-hooks' });
    await team.running.settled();
    const hook = place.createWebhook({ name: 'hook' });
    hook.send({ username: 'painter', content: 'hello' });
    await learn(team, team.researcher, place, 'Blue is best');
    await approveAll();
    await exchange(team);
    const key = `${hook.id}:painter`;
    expect(await inboxOf(team, { id: key })).toHaveLength(1);
    expect(handedIn(place)[0]!.content).toContain('**painter**');
  });
});

test('bots are told in the exchange channel only as long as all who see that may see the workspace', async () => {
  await start();
  const exchangeChannel = team.guild.createChannel({ name: 'exchange' });
  const place = team.guild.createChannel({ name: 'project-one' });
  await team.running.settled();
  const { app } = team.running;
  app.config.exchange.channelId = exchangeChannel.id;
  await learn(team, team.researcher, place, 'One');
  await approveAll();
  await exchange(team);
  expect([handedIn(exchangeChannel).length, handedIn(place).length]).toEqual([1, 0]);
  place.setOverwrites([{ id: team.ben, deny: ViewChannel }]);
  await learn(team, team.researcher, place, 'Two');
  await approveAll();
  await exchange(team);
  expect([handedIn(exchangeChannel).length, handedIn(place).length]).toEqual([1, 1]);
});
