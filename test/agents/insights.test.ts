import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bot } from '../../sandbox/sandbox.ts';
import { ask } from '../commands/support.ts';
import { exchange, insightsOf, learn } from '../support/insights.ts';
import { startWithDoors, tokenFor } from './support.ts';
import type { WithDoors } from './support.ts';

const SHORT = 'I prefer short summaries first';

/** The coder learns, the researcher has a program. */
let team: WithDoors;
let coder: Bot;
beforeEach(async () => {
  team = await startWithDoors();
  coder = team.discord.createBot({ username: 'coder' });
  team.guild.add(coder);
  for (const bot of [coder, team.researcher]) bot.in(team.channel).send('hello');
});
afterEach(() => team.end());

type Answer = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
type Call = (name: string, input?: Record<string, unknown>) => Promise<Answer>;

const overHttp = async (): Promise<Call> => async (name, input) => (await team.call(name, input)).body;

async function overMcp(): Promise<Call> {
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${team.token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${team.url()}/mcp`), { requestInit }));
  return async (name, input = {}) => {
    const { structuredContent, content } = await client.callTool({ name, arguments: input });
    return (structuredContent as Answer | undefined) ?? { error: content };
  };
}

/** The coder learns it, and the researcher is told. */
async function tell(message: string): Promise<number> {
  await learn(team, coder, team.channel, message);
  const author = { key: team.ana.id, name: 'Ana', kind: 'person' as const };
  const { id } = (await insightsOf(team)).at(-1)!;
  const actor = { author, interactionId: `a${id}` };
  await team.running.app.store.insights.act(id, { kind: 'approve' }, actor, Date.now());
  await exchange(team);
  return id;
}

const seenBy = async (id: number) =>
  (await team.running.app.store.insights.deliveries(id))
    .filter(({ seenAt }) => seenAt !== null)
    .map(({ bot }) => bot.name);

describe.each([
  ['HTTP', overHttp],
  ['MCP', overMcp],
])('over %s', (_, door) => {
  test('a bot lists what it has, which it has seen by that', async () => {
    const call = await door();
    expect(await call('list_insights')).toEqual({ insights: [] });
    const id = await tell(SHORT);
    expect(await seenBy(id)).toEqual([]);
    expect(await call('list_insights')).toMatchObject({
      insights: [
        { type: 'insight', insight: id, content: SHORT, from: 'coder', approved_by: 'Ana', confidence: 0.95 },
      ],
    });
    expect(await seenBy(id)).toEqual(['researcher']);
  });

  test('a bot acknowledges one that it was told of in Discord, and people see that', async () => {
    const call = await door();
    const [id, other] = [await tell(SHORT), await tell('Tests run in ten seconds')];
    expect(await call('ack_insight', { insight: id })).toEqual({ insight: id, acknowledged: true });
    expect([await seenBy(id), await seenBy(other)]).toEqual([['researcher'], []]);
    const { text } = await ask(team.ana, team.channel, 'insights show', { id });
    expect(text).toMatch(/\*\*researcher\*\* \(seen <t:\d+:R>\)/);
    expect(text).toMatch(/\*\*coder\*\* \(told <t:\d+:R>\)/);
  });

  test('one that it does not have is as one that is not there', async () => {
    const call = await door();
    await learn(team, coder, team.channel, SHORT);
    const [pending, absent] = [
      await call('ack_insight', { insight: 1 }),
      await call('ack_insight', { insight: 9 }),
    ];
    expect(pending).toEqual(absent);
    expect(JSON.stringify(pending)).toContain('There is nothing of that name');
  });

  test('what is taken back is not listed any more', async () => {
    const call = await door();
    const id = await tell(SHORT);
    await ask(team.ana, team.channel, 'insights revoke', { id });
    expect(await call('list_insights')).toEqual({ insights: [] });
  });
});

test('a bot that joins later, by its program alone, gets what is in force', async () => {
  await tell(SHORT);
  const creative = team.discord.createBot({ username: 'creative' });
  team.guild.add(creative);
  const token = await tokenFor(team, creative);
  const entries = [{ type: 'decision', message: 'Use blue', confidence: 0.9 }];
  await team.call('log_entries', { entries }, { token });
  await exchange(team);
  const { body } = await team.call('list_insights', {}, { token });
  expect(body['insights']).toMatchObject([{ content: SHORT }]);
});

test('a bot that takes the name of another does not take what that one was told', async () => {
  await tell(SHORT);
  const double = team.discord.createBot({ username: 'double' });
  team.guild.add(double);
  const token = await tokenFor(team, double);
  team.guild.setNick(double, 'researcher');
  const listed = async (said?: { token: string }) =>
    (await team.call('list_artifacts', {}, said)).body['artifacts'];
  expect(await listed({ token })).toEqual([]);
  const [own] = await listed();
  expect(own).toMatchObject({ schema: 'work-log-insight-v1', producer: 'work-logs' });
  expect((await team.call('take_artifact', { id: own.id }, { token })).status).toBe(404);
  expect((await team.call('take_artifact', { id: own.id })).body['artifact']).toMatchObject({
    content: SHORT,
  });
  expect(await seenBy(1)).toEqual(['researcher']);
});

test('a bot that does not see the channel any more is shown nothing of it', async () => {
  const id = await tell(SHORT);
  team.channel.setOverwrites([{ id: team.researcher, deny: PermissionFlagsBits.ViewChannel }]);
  await team.running.settled();
  expect((await team.call('list_insights')).body).toEqual({ insights: [] });
  expect(await seenBy(id)).toEqual([]);
});
