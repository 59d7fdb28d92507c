import { DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot } from '../support/bot.ts';
import { asking } from '../support/escalations.ts';

const { SendMessages, ViewChannel } = PermissionFlagsBits;
const CONFIG = { workspaces: [{ match: 'project-*', type: 'project' as const }] };
const HOUR = 60 * 60_000;
/** The bot looks every second or two. */
const PATIENCE = { timeout: 15_000, interval: 50 };

let team: Team;
let running: TestBot;
beforeEach(async () => {
  team = await createTeam();
  team.channel.setOverwrites([{ id: team.bot, deny: SendMessages }]);
});
afterEach(async () => {
  await running.stop();
  await team.discord.close();
});

const start = async (db = ':memory:', now = Date.now) => {
  const { discord, bot } = team;
  running = await startTestBot({ discord, bot, config: CONFIG, db, now });
};
const own = (place: { messages(): { author: { id: string } }[] } = team.channel) =>
  place.messages().filter(({ author }) => author.id === team.bot.id);
const told = () =>
  team.ana
    .in(team.ana.dm(team.bot))
    .see()
    .map(({ content }) => content);

test('the owner is told once by direct message, and a channel that opens again gets what still matters', async () => {
  await start();
  team.researcher.in(team.channel).send(asking());
  await expect.poll(told, PATIENCE).toHaveLength(1);
  expect(told()[0]).toContain('I cannot write for #project-site in Team');
  expect(told()[0]).toContain('Send Messages');
  team.researcher.in(team.channel).send(asking({ reason: 'And the colour?' }));
  const givenUp = async () => (await running.app.store.outbox.state([1], Date.now())).givenUp;
  await expect.poll(givenUp, PATIENCE).toMatchObject([{ channelId: team.channel.id, count: 3 }]);
  team.channel.setOverwrites([]);
  await expect.poll(() => own().length, PATIENCE).toBe(3);
  expect(told()).toHaveLength(1);
  expect(await givenUp()).toEqual([]);
});

test('what is refused though the permissions allow it is tried again every hour, for a day', async () => {
  team.channel.setOverwrites([]);
  let ahead = 0;
  await start(':memory:', () => Date.now() + ahead);
  await expect.poll(() => own().length, PATIENCE).toBe(1);
  const { rest } = running.app.client;
  const post = rest.post.bind(rest);
  let refused = 0;
  rest.post = async (route, options) => {
    if (!route.includes(team.channel.id)) return post(route, options);
    refused += 1;
    const code = RESTJSONErrorCodes.MissingPermissions;
    throw new DiscordAPIError({ code, message: 'Missing Permissions' }, code, 403, 'POST', route, {});
  };
  team.researcher.in(team.channel).send(asking());
  await expect.poll(() => refused, PATIENCE).toBe(1);
  const givenUp = async () => (await running.app.store.outbox.state([1], Date.now())).givenUp;
  await expect.poll(givenUp, PATIENCE).toHaveLength(1);
  const [before] = await givenUp();
  ahead = HOUR;
  await expect.poll(() => refused, PATIENCE).toBe(2);
  expect(await givenUp()).toEqual([before]);
  rest.post = post;
  ahead = 2 * HOUR;
  await expect.poll(() => own().length, PATIENCE).toBe(2);
  await expect.poll(givenUp, PATIENCE).toEqual([]);
  expect(told()).toHaveLength(1);
});

test('a person who takes no messages of the bot is left alone, and nothing is said of that', async () => {
  team.ana.refuseDms();
  await start();
  const refusedDm = () => running.logged().filter((line) => line.includes('50007'));
  await expect.poll(() => refusedDm().length, PATIENCE).toBe(1);
  const { givenUp } = await running.app.store.outbox.state([1], Date.now());
  expect(givenUp).toMatchObject([{ count: 1 }]);
});

test('a channel that nobody can write in but people who own it are told by name', async () => {
  const owners = [`user:${team.ben.id}` as const, 'everyone' as const];
  const { discord, bot } = team;
  const config = { workspaces: [{ match: 'project-*', type: 'project' as const, owners }] };
  running = await startTestBot({ discord, bot, config });
  const seen = () => team.ben.in(team.ben.dm(team.bot)).see().length;
  await expect.poll(seen, PATIENCE).toBe(1);
  expect(told()).toEqual([]);
});

test('a channel that is hidden from the bot altogether is named with the permission that is missing', async () => {
  team.channel.setOverwrites([]);
  await start();
  await expect.poll(() => own().length, PATIENCE).toBe(1);
  team.channel.setOverwrites([{ id: team.bot, deny: ViewChannel }]);
  const { channel } = team;
  await running.app.store.outbox.add({ channelId: channel.id, payload: { content: 'x' } }, Date.now());
  await expect.poll(told, PATIENCE).toHaveLength(1);
  expect(told()[0]).toContain('View Channel');
});
