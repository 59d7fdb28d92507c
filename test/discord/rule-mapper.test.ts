import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot, TestBotOptions } from '../support/bot.ts';
import { NOTICE_DELAY } from '../../src/store/workspace-store.ts';
import { said } from '../support/escalations.ts';

const RULES: TestBotOptions['config'] = {
  workspaces: [
    { match: 'project-*', type: 'project', coordinator: 'nanobot' },
    { match: '*-site', type: 'open' },
  ],
};
const { ViewChannel, ReadMessageHistory, SendMessages } = PermissionFlagsBits;

let team: Team;
let store: Store;
let bot: TestBot;
beforeEach(async () => {
  team = await createTeam('project-one');
  store = await openTestStore();
});
afterEach(async () => {
  await bot.stop();
  await store.close();
  await team.discord.close();
});

async function start(config = RULES): Promise<void> {
  bot = await startTestBot({ discord: team.discord, bot: team.bot, config, db: store });
  await bot.settled();
}

const mapped = (channel: { id: string }) => bot.app.workspaces.byChannel(channel.id);
const skipped = () =>
  bot.app.workspaces.skipped(team.guild.id).map(({ name, reason }) => `${name}: ${reason}`);
const notices = (channel = team.channel) =>
  channel.messages().filter(({ author }) => author.id === team.bot.id);

test('maps the channels that are there, and tells each of them once, pinging nobody', async () => {
  await start();
  expect(mapped(team.channel)).toMatchObject({
    name: 'project-one',
    type: 'project',
    coordinator: 'nanobot',
    mappedBy: 'rule',
    unmappedAt: null,
    settings: {},
  });
  await expect.poll(() => notices().length).toBe(1);
  expect(notices()[0]!.content).toMatch(/records this channel[^]*owner can read[^]*\/workspace unmap/);
  await bot.stop();
  await start();
  expect(notices()).toHaveLength(1);
});

test('tells a channel anew what a changed config file says of it, and nothing that it knows', async () => {
  const rule = { match: 'project-*', type: 'project' as const };
  const toldWith = async (config: TestBotOptions['config']) => {
    await start(config);
    await said({ running: bot }, Date.now() + NOTICE_DELAY);
    await bot.stop();
    return [notices().length, notices().at(-1)?.content.split('\n')[1]];
  };
  const owner = "The server's owner can read the log, with `/explain`.";
  expect(await toldWith({ workspaces: [rule] })).toEqual([1, `${owner} It is kept for 90 days.`]);
  expect(await toldWith({ workspaces: [rule] })).toEqual([1, `${owner} It is kept for 90 days.`]);
  const short = { workspaces: [{ ...rule, retention_days: 5 }] };
  expect(await toldWith(short)).toEqual([2, `${owner} It is kept for 5 days.`]);
  expect(await toldWith(short)).toEqual([2, `${owner} It is kept for 5 days.`]);
  const silent = { ...short, work_logs: { silent: true, retention_days: 9 } };
  expect(await toldWith(silent)).toEqual([2, `${owner} It is kept for 5 days.`]);
  const open = { workspaces: [rule], work_logs: { privacy: { user_only_access: false }, retention_days: 9 } };
  const everyone = 'Everyone who can read the channel can read the log, with `/explain`.';
  expect(await toldWith(open)).toEqual([3, `${everyone} It is kept for 9 days.`]);
  await start(open);
});

test('follows channels that are made, renamed and renamed back', async () => {
  await start();
  const channel = team.guild.createChannel({ name: 'later' });
  await bot.settled();
  expect(mapped(channel)).toBeUndefined();
  channel.rename('project-later');
  await bot.settled();
  expect(mapped(channel)).toMatchObject({ name: 'project-later', unmappedAt: null });
  channel.rename('done');
  await bot.settled();
  expect(mapped(channel)).toMatchObject({ name: 'done', unmappedAt: expect.any(Number) });
  channel.rename('project-later');
  await bot.settled();
  expect(mapped(channel)).toMatchObject({ name: 'project-later', unmappedAt: null });
});

test.each([
  ['renamed', () => team.channel.rename('done')],
  ['deleted', () => team.channel.delete()],
] as const)('loses nothing of what was said before a channel was %s', async (_, end) => {
  await start();
  const said = Array.from({ length: 30 }, (_, n) => team.ana.in(team.channel).send(`message ${n}`));
  end();
  await bot.settled();
  const { id } = mapped(team.channel)!;
  const [log] = await store.sessions.list({ workspaceIds: [id], limit: 1 });
  expect(log).toMatchObject({ endReason: 'unmapped', counts: { steps: said.length } });
});

test('takes the first of two rules, says so once in the log, and names both', async () => {
  const channel = team.guild.createChannel({ name: 'project-site' });
  await start();
  channel.setTopic('something else changes');
  await bot.settled();
  expect(mapped(channel)).toMatchObject({ type: 'project' });
  const lines = bot.logged().filter((line) => line.includes('Several rules match'));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 50, channel: 'project-site', rules: ['project-*', '*-site'] },
  ]);
});

test('follows the rules of a changed config file, but never a person', async () => {
  const byPerson = team.guild.createChannel({ name: 'project-two' });
  const unmapped = team.guild.createChannel({ name: 'project-three' });
  await start();
  const { workspaces } = bot.app;
  await workspaces.map({ ...mapped(byPerson)!, type: 'open', coordinator: null, owners: [] });
  await workspaces.unmap(mapped(unmapped)!);
  await bot.stop();
  await start({ workspaces: [{ match: 'project-*', type: 'coordination' }] });
  expect(mapped(team.channel)).toMatchObject({ type: 'coordination', coordinator: null });
  expect(mapped(byPerson)).toMatchObject({ type: 'open', mappedBy: 'command' });
  expect(mapped(unmapped)).toMatchObject({ unmappedAt: expect.any(Number) });
});

test.each([
  ['see', ViewChannel, 'View Channel'],
  ['read the history of', ReadMessageHistory, 'Read Message History'],
] as const)('skips and names a channel that it cannot %s, until it can', async (_, permission, words) => {
  const hidden = team.guild.createChannel({
    name: 'project-hidden',
    overwrites: [{ id: team.bot, deny: permission }],
  });
  await start();
  expect(mapped(hidden)).toBeUndefined();
  expect(skipped()).toEqual([expect.stringMatching(`project-hidden: .*${words}`)]);
  hidden.setOverwrites([]);
  await bot.settled();
  expect(mapped(hidden)).toMatchObject({ unmappedAt: null });
  expect(skipped()).toEqual([]);
});

test('names a workspace it can no longer read, and goes on when it can again, with what was said meanwhile', async () => {
  await start();
  const { channel, ana } = team;
  channel.setOverwrites([{ id: team.bot, deny: ReadMessageHistory }]);
  await bot.settled();
  expect(skipped()).toEqual([expect.stringContaining('project-one: I cannot read its history')]);
  const { id: missed } = ana.in(channel).send('unheard');
  await bot.settled();
  expect(await store.entries.byMessage(missed)).toBeNull();
  channel.setOverwrites([]);
  await bot.settled();
  const { id } = ana.in(channel).send('heard');
  await bot.settled();
  expect(await store.entries.byMessage(id)).toMatchObject({ step: 2, message: 'heard' });
  expect(await store.entries.byMessage(missed)).toMatchObject({ step: 1, message: 'unheard' });
});

test('ends a workspace whose channel is deleted, be the bot there or not', async () => {
  const other = team.guild.createChannel({ name: 'project-two' });
  await start();
  const [one, two] = [mapped(team.channel)!, mapped(other)!];
  team.channel.delete();
  await bot.settled();
  await bot.stop();
  other.delete();
  await start();
  expect(skipped()).toEqual([]);
  for (const { id } of [one, two])
    expect(bot.app.workspaces.byId(id)).toMatchObject({ unmappedAt: expect.any(Number) });
});

test('names a workspace whose channel is gone, as long as Discord does not say that it is deleted', async () => {
  await start();
  team.discord.faults.failRest({ status: 403, path: new RegExp(`/channels/${team.channel.id}$`) });
  team.channel.delete();
  await bot.settled();
  expect(skipped()).toEqual(['project-one: it is deleted, or hidden from me']);
});

test('follows what a role of its may do', async () => {
  const { guild } = team;
  const role = guild.createRole({ name: 'recorder', permissions: 0n });
  const channel = guild.createChannel({
    name: 'project-role',
    overwrites: [
      { id: guild.everyone, deny: ViewChannel },
      { id: role, allow: ViewChannel | ReadMessageHistory | SendMessages },
    ],
  });
  await start();
  expect(mapped(channel)).toBeUndefined();
  guild.setRoles(team.bot, [role]);
  await bot.settled();
  expect(mapped(channel)).toMatchObject({ unmappedAt: null });
});

test('maps the channels of a server that it joins', async () => {
  await start();
  const other = team.discord.createGuild({ name: 'Other', owner: team.ana });
  const channel = other.createChannel({ name: 'project-other' });
  other.add(team.bot);
  await expect.poll(() => mapped(channel)).toMatchObject({ guildId: other.id, name: 'project-other' });
});

test('leaves voice channels, categories and forums alone', async () => {
  const voice = team.guild.createChannel({ name: 'project-voice', type: 'voice' });
  const category = team.guild.createChannel({ name: 'project-category', type: 'category' });
  await start();
  expect([voice, category].map(mapped)).toEqual([undefined, undefined]);
});
