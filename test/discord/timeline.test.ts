import { MessageFlags } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, idOf, startTeam, wordsOf } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam();
  team.ana.in(team.channel).send('Build the website');
  team.researcher.in(team.channel).send('The drafts are finished.');
  await team.running.settled();
});
afterEach(() => team.end());

const explained = async () => (await ask(team.ben, team.channel, 'explain')).reply;

/** What opens beside the explanation. Where painting takes long, the press is acknowledged first. */
async function press(reply: Awaited<ReturnType<typeof explained>>) {
  const run = await team.ben.in(team.channel).click(reply, idOf(reply, 'Timeline'));
  const first = await run.reply();
  if (first.id !== reply.id) return first;
  await expect.poll(() => run.followUps.length, { timeout: 10_000 }).toBe(1);
  return run.followUps[0]!;
}

test('the picture of a session opens beside its explanation, for the one who asked alone, also after a restart', async () => {
  const reply = await explained();
  await team.restart();
  const picture = await press(reply);
  expect(picture.flags! & MessageFlags.Ephemeral).toBeTruthy();
  expect(picture.attachments).toMatchObject([
    {
      filename: 'timeline.png',
      description: expect.stringMatching(
        /^Timeline of #project-site, .*people: 1 message; researcher: 1 message/,
      ),
    },
  ]);
  expect(wordsOf(picture)).toContain('“Build the website”');
});

test('where no file may be attached it is told in words, and a summary comes without its picture', async () => {
  team.channel.setOverwrites([{ id: team.bot, deny: 1n << 15n }]);
  await team.running.settled();
  const picture = await press(await explained());
  expect(picture.attachments).toEqual([]);
  expect(wordsOf(picture)).toMatch(/Timeline of \\?#project-site.*\n-# The picture is missing/);
  expect((await ask(team.ben, team.channel, 'summary')).reply.attachments).toEqual([]);
});

test('who may not read the session any more sees no picture of it', async () => {
  const reply = await explained();
  const { sessionId } = (await team.running.app.store.sessions.latest({ workspaceId: 1, threadId: null }))!;
  team.channel.setOverwrites([{ id: team.ben, deny: 1n << 16n }]);
  await team.running.settled();
  const run = await team.ben.in(team.channel).click(reply, idOf(reply, 'Timeline'));
  const said = wordsOf(await run.reply());
  expect(said).toContain('that you may read');
  expect(said).not.toContain(sessionId);
});
