import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bot, GuildChannel } from '../sandbox/sandbox.ts';
import { ask, idOf, startTeam, wordsOf } from './commands/support.ts';
import type { Running } from './commands/support.ts';
import { posted } from './support/escalations.ts';
import {
  blocksOf,
  endSession,
  exchange,
  inboxOf,
  insightBlock,
  insightsOf,
  learn,
} from './support/insights.ts';

const CONFIG = {
  workspaces: [
    { match: 'general', type: 'open' as const },
    { match: 'dm-*', type: 'direct' as const },
    { match: 'project-*', type: 'project' as const, coordinator: 'nanobot' },
  ],
};
const SHORT = 'I prefer short summaries first';
const CITATIONS = 'User likes academic citations in research';
const REACT = 'This project uses React, not Vue';

let team: Running;
let nanobot: Bot;
let coder: Bot;
let general: GuildChannel;
let direct: GuildChannel;
let alpha: GuildChannel;

/** @researcher and @coder are in #general; the project's team is @nanobot and @coder. */
beforeEach(async () => {
  team = await startTeam({ config: CONFIG });
  [nanobot, coder] = ['nanobot', 'coder'].map((username) => team.discord.createBot({ username })) as [
    Bot,
    Bot,
  ];
  for (const bot of [nanobot, coder]) team.guild.add(bot);
  general = team.guild.createChannel({ name: 'general' });
  direct = team.guild.createChannel({ name: 'dm-researcher' });
  alpha = team.guild.createChannel({ name: 'project-alpha' });
  await team.running.settled();
  for (const bot of [team.researcher, coder]) bot.in(general).send('hello');
  team.researcher.in(direct).send('hello');
  for (const bot of [nanobot, coder]) bot.in(alpha).send('hello');
});
afterEach(() => team.end());

test('what one bot learned reaches the right others, once a person has said so, whenever the bot is restarted', async () => {
  team.ben.in(general).send(SHORT);
  await learn(team, nanobot, general, SHORT);
  await learn(team, team.researcher, direct, CITATIONS);
  await learn(team, coder, alpha, REACT, { insight_category: 'research_finding' });
  expect((await insightsOf(team)).map(({ state, content }) => [state, content])).toEqual([
    ['pending', SHORT],
    ['pending', CITATIONS],
    ['pending', REACT],
  ]);
  await exchange(team);
  expect(await inboxOf(team, coder)).toEqual([]);
  await team.restart();

  const { reply, text } = await ask(team.ana, general, 'insights review');
  expect(text).toContain('**3 insights wait for you**');
  expect(text).toContain('for **researcher**'.replace('for', 'For'));
  for (let left = 3; left > 0; left -= 1) {
    const now = left === 3 ? reply : (await ask(team.ana, general, 'insights review')).reply;
    const run = await team.ana.in(general).click(now, idOf(now, 'Approve'));
    expect(wordsOf(await run.reply())).toContain('is approved: it goes out with the next exchange');
  }
  expect(await inboxOf(team, coder)).toEqual([]);
  await team.restart();

  await exchange(team);
  expect(await inboxOf(team, team.researcher)).toEqual([SHORT, CITATIONS].sort());
  expect(await inboxOf(team, coder)).toEqual([SHORT, REACT].sort());
  expect(await inboxOf(team, nanobot)).toEqual([SHORT, REACT].sort());

  const told = (place: GuildChannel) =>
    posted(team, place).filter(({ content }) => content.includes('worklog'));
  const [inGeneral, ...more] = told(general);
  expect(more).toEqual([]);
  expect(inGeneral!.mentions.map(({ id }) => id).sort()).toEqual(
    [nanobot.id, coder.id, team.researcher.id].sort(),
  );
  expect(blocksOf(inGeneral!)).toMatchObject([
    {
      type: 'insight',
      insight: 1,
      content: SHORT,
      category: 'user_preference',
      confidence: 0.95,
      from: 'nanobot',
      approved_by: 'Ana',
    },
  ]);
  expect(told(direct).map(({ mentions }) => mentions.map(({ id }) => id))).toEqual([[team.researcher.id]]);
  expect(told(alpha).map(({ mentions }) => mentions.map(({ id }) => id).sort())).toEqual([
    [nanobot.id, coder.id].sort(),
  ]);

  await team.restart();
  await exchange(team);
  expect([general, direct, alpha].map((place) => told(place).length)).toEqual([1, 1, 1]);
});

test('a bot that joins later gets what is in force, and is the only one who is told', async () => {
  await learn(team, nanobot, general, SHORT);
  await team.running.app.store.insights.act(1, { kind: 'approve' }, actor('a'), Date.now());
  await exchange(team);
  const creative = team.discord.createBot({ username: 'creative' });
  team.guild.add(creative);
  await exchange(team);
  expect(await inboxOf(team, creative)).toEqual([]);
  creative.in(general).send('hello');
  await exchange(team);
  expect(await inboxOf(team, creative)).toEqual([SHORT]);
  const [, late, ...more] = posted(team, general).filter(({ content }) => content.includes('worklog'));
  expect(late!.mentions.map(({ id }) => id)).toEqual([creative.id]);
  expect(more).toEqual([]);
});

test('a bot that left between approval and delivery gets nothing, and none who left since is called', async () => {
  await learn(team, nanobot, general, SHORT);
  await team.running.app.store.insights.act(1, { kind: 'approve' }, actor('a'), Date.now());
  team.guild.remove(coder);
  await exchange(team);
  expect(await inboxOf(team, coder)).toEqual([]);
  expect(await inboxOf(team, team.researcher)).toEqual([SHORT]);
  const told = posted(team, general).find(({ content }) => content.includes('worklog'));
  expect(told!.mentions.map(({ id }) => id)).not.toContain(coder.id);
});

test('a recalled insight is taken out of every inbox and message, and the bots are told', async () => {
  await learn(team, nanobot, general, SHORT);
  await team.running.app.store.insights.act(1, { kind: 'approve' }, actor('a'), Date.now());
  await exchange(team);
  coder
    .in(general)
    .send(block({ type: 'decision', message: 'I answer in one line', details: { insight_ids: [1] } }));
  team.researcher.in(general).send(block({ type: 'decision', message: 'I cite less' }));
  await team.running.settled();
  const { text } = await ask(team.ana, general, 'insights revoke', { id: 1, reason: 'It was a joke' });
  expect(text).toContain('**#1 is taken back.**');
  expect(text).toContain('I answer in one line · *it says so*');
  expect(text).toContain('I cite less · *by time and scope, not certain*');
  await exchange(team);
  expect(await inboxOf(team, coder)).toEqual([]);
  const messages = posted(team, general).filter(
    ({ content }) => content.includes('💡') || content.includes('↩'),
  );
  expect(JSON.stringify(messages)).not.toContain(SHORT);
  expect(blocksOf(messages.at(-1)!)).toMatchObject([
    { type: 'insight_revoked', insight: 1, reason: 'It was a joke', revoked_by: 'Ana' },
  ]);
  expect(
    messages
      .at(-1)!
      .mentions.map(({ id }) => id)
      .sort(),
  ).toEqual([nanobot.id, coder.id, team.researcher.id].sort());
  const waiting = await team.running.app.store.artifacts.waiting({
    consumer: 'coder',
    workspaceIds: [1, 2, 3, 4],
    limit: 10,
  });
  expect(waiting.map(({ content }) => content?.['type'])).toEqual(['insight_revoked']);
});

test('a message that is deleted takes what was learned from it out of every inbox and message, and the bots are told', async () => {
  const message = nanobot.in(general).send(insightBlock(SHORT));
  await endSession(team, general);
  await team.running.app.store.insights.act(1, { kind: 'approve' }, actor('a'), Date.now());
  await exchange(team);
  expect(await inboxOf(team, coder)).toEqual([SHORT]);
  nanobot.in(general).delete(message);
  await exchange(team);
  expect(await inboxOf(team, coder)).toEqual([]);
  expect(JSON.stringify(posted(team, general))).not.toContain(SHORT);
  expect(blocksOf(posted(team, general).at(-1)!)).toMatchObject([
    { type: 'insight_revoked', insight: 1, reason: null, revoked_by: null },
  ]);
  const { artifacts, insights } = team.running.app.store;
  const waiting = await artifacts.waiting({ consumer: 'coder', workspaceIds: [1, 2, 3, 4], limit: 10 });
  expect(waiting.map(({ content }) => content?.['type'])).toEqual(['insight_revoked']);
  expect(await insights.get(1)).toMatchObject({ content: '', state: 'revoked' });
});

test('what a bot takes or names it has seen', async () => {
  await learn(team, nanobot, general, SHORT);
  await team.running.app.store.insights.act(1, { kind: 'approve' }, actor('a'), Date.now());
  await exchange(team);
  const { artifacts, insights } = team.running.app.store;
  const workspaceIds = [1, 2, 3, 4];
  const [waiting] = await artifacts.waiting({ consumer: 'coder', workspaceIds, limit: 10 });
  await artifacts.take({ id: waiting!.id, by: 'coder', workspaceIds }, Date.now());
  team.researcher.in(general).send(block({ message: 'I keep it short', insight_ids: [1, 99] }));
  await team.running.settled();
  const seen = (await insights.deliveries(1)).filter(({ seenAt }) => seenAt !== null);
  expect(seen.map(({ bot }) => bot.name).sort()).toEqual(['coder', 'researcher']);
});

test('the report tells what went to other bots, and what was taken back', async () => {
  for (const message of [REACT, SHORT]) await learn(team, coder, alpha, message);
  for (const id of [1, 2])
    await team.running.app.store.insights.act(id, { kind: 'approve' }, actor(`a${id}`), Date.now());
  await exchange(team);
  const report = async () => (await ask(team.ana, alpha, 'summary', { since: '8h' })).text;
  expect(await report()).toMatch(/ · 2 insights went to other bots$/m);
  await ask(team.ana, alpha, 'insights revoke', { id: 1 });
  expect(await report()).toMatch(/ · 2 insights went to other bots · 1 insight taken back$/m);
});

test('the state of the exchange is in /status and in the report, for those who may read it', async () => {
  await learn(team, coder, alpha, REACT);
  await learn(team, coder, alpha, SHORT);
  const { text } = await ask(team.ana, alpha, 'status');
  expect(text).toContain('**Learned:** 2 insights wait for approval: `/insights review`');
  const { text: report } = await ask(team.ana, alpha, 'summary', { since: '8h' });
  expect(report).toContain('💡 Learned, waiting for approval');
  expect(report).toContain(`**coder** ${REACT}`);
  expect((await ask(team.ben, alpha, 'status')).text).toContain(
    'nothing yet that bots could tell one another',
  );
});

const block = (entry: Record<string, unknown>) => `\`\`\`worklog\n${JSON.stringify(entry)}\n\`\`\``;
const actor = (interactionId: string) => ({
  author: { key: team.ana.id, name: 'Ana', kind: 'person' as const },
  interactionId,
});
