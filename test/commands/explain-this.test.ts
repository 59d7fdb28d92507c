import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HasId } from '../../sandbox/sandbox.ts';
import { REFUSAL } from '../../src/discord/reader.ts';
import { startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

async function explainThis(message: HasId, place: HasId = team.channel, person = team.ben): Promise<string> {
  const run = await person.in(place).messageCommand('Explain this', message);
  const reply = await run.reply();
  expect(run.ephemeral).toBe(true);
  return wordsOf(reply);
}

test('shows the whole step, what it answered, what answered it and what is around it', async () => {
  const question = team.ben.in(team.channel).send('Please look at the login');
  team.researcher.in(team.channel).send('Looking');
  const long = `Found ${'an issue and '.repeat(30)}that is all.`;
  const finding = team.researcher.in(team.channel).send({ content: long, replyTo: question });
  team.researcher.in(team.channel).send('Done looking');
  for (let i = 0; i < 5; i++) team.researcher.in(team.channel).send(`Other ${i}`);
  team.ben.in(team.channel).send({ content: 'Thanks for that', replyTo: finding });
  await team.running.settled();

  const text = await explainThis(finding);
  expect(text).toContain(`💬 info: **researcher** (to 1)\n> ${long}`);
  expect(text).toMatch(/-# It answers\n\[1\].*Please look at the login/);
  expect(text).toMatch(/-# Answered by\n\[10\].*Thanks for that/);
  expect(text).toMatch(/-# Around it\n\[2\].*Looking\n\[4\].*Done looking\n\[5\].*Other 0/);
});

test('on any message of a long answer shows the whole answer, and who answered any of them', async () => {
  const researcher = team.researcher.in(team.channel);
  const first = researcher.send(`Found ${'an issue and '.repeat(150)}`.trim());
  const second = researcher.send('that is all.');
  team.ben.in(team.channel).send({ content: 'Thanks for that', replyTo: second });
  await team.running.settled();
  for (const message of [first, second]) {
    const text = await explainThis(message);
    expect(text).toMatch(/an issue and\n> that is all\./);
    expect(text).toMatch(/-# Answered by\n\[2\].*Thanks for that/);
  }
});

test('a message that came before the recording is not in the log, and that is said', async () => {
  const other = team.guild.createChannel({ name: 'later' });
  const early = team.ben.in(other).send('Too early');
  await team.running.settled();
  await team.running.app.workspaces.map({
    guildId: team.guild.id,
    channelId: other.id,
    name: 'later',
    type: 'open',
    coordinator: null,
    owners: ['everyone'],
  });
  expect(await explainThis(early, other)).toContain('This message is not in the work log');
});

test('in a channel that is no workspace, or not the asker’s, nothing is told', async () => {
  const random = team.guild.createChannel({ name: 'random' });
  const message = team.ben.in(random).send('hi');
  expect(await explainThis(message, random)).toBe(REFUSAL);
});
