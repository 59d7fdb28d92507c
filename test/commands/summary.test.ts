import { afterEach, beforeEach, expect, test } from 'vitest';
import { asking } from '../support/escalations.ts';
import { partsOf } from '../views/support.ts';
import { ask, forge, idOf, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

async function work(...messages: string[]): Promise<void> {
  for (const message of messages) team.researcher.in(team.channel).send(message);
  await team.running.settled();
}

test('a summary tells what happened since one last looked, with its picture', async () => {
  await work('Failed: the login is broken.');
  const { reply, text } = await ask(team.ben, team.channel, 'summary');
  expect(text).toContain('**researcher** Failed: the login is broken.');
  expect(reply.attachments).toHaveLength(1);
  await expect
    .poll(async () => (await ask(team.ben, team.channel, 'summary')).text)
    .not.toContain('Went wrong');
  expect((await ask(team.ana, team.channel, 'summary')).text).toContain('login');
  const today = new Date(Date.now() - 3_600_000).toISOString();
  for (const since of ['8h', today])
    expect((await ask(team.ben, team.channel, 'summary', { since })).text).toContain('login');
});

test.each([
  ['soon', '`since` is a length of time'],
  ['-3h', '`since` is a length of time'],
  ['400d', 'reaches back 31 days'],
])('since %s is answered with what to type', async (since, words) => {
  expect((await ask(team.ben, team.channel, 'summary', { since })).text).toContain(words);
});

test('the times that one may choose are suggested', async () => {
  const choices = await team.ben.in(team.channel).autocomplete('summary', { focused: 'since', value: '24' });
  expect(choices).toEqual([{ name: 'The last 24 hours', value: '24h' }]);
});

test('all that waits for a decision is counted, however much of it is shown', async () => {
  await work(...Array.from({ length: 30 }, (_, index) => asking({ reason: `Question ${index + 1}?` })));
  const { text } = await ask(team.ben, team.channel, 'summary');
  expect(text).toMatch(/\*\*➡ Next\*\* Decide what .*, and 29 more/);
});

test('each of many decisions can be decided from the report, page by page', async () => {
  await work(...Array.from({ length: 30 }, (_, index) => asking({ reason: `Question ${index + 1}?` })));
  const { reply, text } = await ask(team.ana, team.channel, 'summary');
  expect(text).not.toContain('Question 30?');
  const run = await team.ana.in(team.channel).click(reply, idOf(reply, 'All 30 decisions'));
  expect(run.ephemeral).toBe(true);
  let list = await run.reply();
  const decided = () =>
    partsOf({ components: list.components as never }).map((part) => String(part['custom_id']));
  const seen = new Set<string>();
  for (let page = 0; page < 6; page += 1) {
    for (const id of decided()) if (id.startsWith('escalation:decide:')) seen.add(id.split(':')[2]!);
    if (page === 5) break;
    const before = wordsOf(list);
    await team.ana.in(team.channel).click(list, idOf(list, '›'));
    await expect.poll(async () => wordsOf((list = await run.reply()))).not.toBe(before);
  }
  expect(seen.size).toBe(30);
});

test('what does not fit a screen is behind a button', async () => {
  await work(...Array.from({ length: 30 }, (_, index) => `Failed: part ${index} of the long list of parts.`));
  const { reply, text } = await ask(team.ben, team.channel, 'summary');
  expect(text).not.toContain('part 9 ');
  const run = await team.ben.in(team.channel).click(reply, idOf(reply, 'Show all'));
  expect(wordsOf(await run.reply())).toContain('part 9 ');
});

test('who may not read the workspace gets no summary of it', async () => {
  await work('Failed: the login is broken.');
  const command = { name: 'summary', options: [{ name: 'workspace', type: 7, value: team.channel.id }] };
  team.channel.setOverwrites([{ id: team.ben, deny: 1024n }]);
  const elsewhere = team.guild.createChannel({ name: 'elsewhere' });
  await team.running.settled();
  const asked = { ...team, channel: elsewhere };
  expect(await forge(asked, team.ben, command)).toContain('There is no work log here that you may read.');
});

test('a private thread is in no summary of its channel', async () => {
  const thread = team.ana
    .in(team.channel)
    .startThread({ name: 'secret', private: true, invite: [team.researcher] });
  team.researcher.in(thread).send('Failed: the secret plan.');
  await team.running.settled();
  expect((await ask(team.ana, team.channel, 'summary')).text).not.toContain('secret plan');
});
