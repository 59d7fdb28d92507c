import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMembers } from '../../src/agents/members.ts';
import { startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

let team: Running;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.end());

/** A bot of the server, and how its membership is known by a clock that is set by hand. */
function guest() {
  const { discord, guild } = team;
  const bot = discord.createBot({ username: 'guest' });
  guild.add(bot);
  const clock = { ms: 0 };
  const member = createMembers(team.running.app.client, () => clock.ms);
  return { bot, clock, member: () => member(guild.id, bot.id) };
}

test('what Discord said of a bot counts for two seconds and no longer', async () => {
  const { bot, clock, member } = guest();
  expect((await member())?.id).toBe(bot.id);
  team.guild.remove(bot);
  clock.ms = 1_499;
  expect((await member())?.id).toBe(bot.id);
  clock.ms = 2_000;
  expect(await member()).toBeNull();
});

test('Discord is asked again before that, and the answer counts at once', async () => {
  const { bot, clock, member } = guest();
  await member();
  team.guild.remove(bot);
  clock.ms = 1_500;
  expect((await member())?.id).toBe(bot.id);
  await expect.poll(member).toBeNull();
});

test('nobody is a member of a server that the bot is not in', async () => {
  const member = createMembers(team.running.app.client, () => 0);
  expect(await member('1', team.researcher.id)).toBeNull();
});
