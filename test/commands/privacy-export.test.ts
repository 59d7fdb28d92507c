import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../sandbox/sandbox.ts';
import { ask, idOf, startTeam } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

async function writes(person: Person, content: string) {
  person.in(team.channel).send(content);
  await team.running.settled();
}

test('/privacy export gives what the person wrote, and nobody else’s words', async () => {
  await writes(team.ben, 'mine');
  await writes(team.ana, 'hers');
  const { reply, text } = await ask(team.ben, team.channel, 'privacy export');
  expect(text).toContain('1 step, one per line');
  const { url } = reply.attachments[0]!;
  const lines = (await (await fetch(url)).text()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ message: 'mine', bot_name: 'Ben' }]);
});

test('/privacy export does not tell what a channel is called that is hidden from the person by now', async () => {
  await writes(team.ben, 'mine');
  team.channel.setOverwrites([{ id: team.ben, deny: PermissionFlagsBits.ViewChannel }]);
  team.channel.rename('project-layoffs');
  await team.running.settled();
  const lobby = team.guild.createChannel({ name: 'lobby' });
  const { reply } = await ask(team.ben, lobby, 'privacy export');
  const text = await (await fetch(reply.attachments[0]!.url)).text();
  expect(JSON.parse(text)).toMatchObject({ message: 'mine', workspace_id: `#${team.channel.id}` });
  expect(text).not.toContain('layoffs');
});

test('/privacy export gives also what the person wrote in forms', async () => {
  const { ana, ben, channel } = team;
  await writes(ben, 'mine');
  const run = (person: Person, name: string, options: Record<string, string | number>) =>
    ask(person, channel, name, options);
  await run(ben, 'escalate', { reason: 'Which one?', options: 'A, B' });
  await run(ben, 'insights add', { content: 'Tests are slow', category: 'tool_pattern' });
  await run(ana, 'insights add', { content: 'Hers', category: 'user_preference' });
  const { reply: review } = await run(ana, 'insights review', {});
  await ana.in(channel).click(review, idOf(review, 'Approve'));
  await run(ben, 'insights revoke', { id: 1, reason: 'Not any more' });
  const { reply, text } = await ask(ben, channel, 'privacy export');
  expect(text).toContain('4 lines: steps, and what was written of insights in forms');
  const lines = (await (await fetch(reply.attachments[0]!.url)).text()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { message: 'mine', step: 1 },
    { message: 'Which one?', step: 2 },
    {
      insight: 1,
      did: 'worded',
      category: 'tool_pattern',
      message: 'Tests are slow',
      workspace_id: '#project-site',
    },
    { insight: 1, did: 'revoked', category: null, message: 'Not any more' },
  ]);
});
