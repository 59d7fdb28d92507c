import { PermissionFlagsBits as P, PermissionsBitField } from 'discord.js';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Client, GuildTextBasedChannel } from 'discord.js';
import { ALL_PERMISSIONS } from '../../sandbox/permissions.ts';
import type { Bot, Guild, GuildChannel, Person, Role, Sandbox } from '../../sandbox/sandbox.ts';
import { connect } from '../support/discord-js.ts';
import { startTestSandbox } from '../support/sandbox.ts';

let discord: Sandbox;
let ana: Person;
let bot: Bot;
let guild: Guild;
let a: Role;
let b: Role;
let channel: GuildChannel;
let client: Client<true>;

beforeAll(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(bot);
  a = guild.createRole({ name: 'a' });
  b = guild.createRole({ name: 'b' });
  channel = guild.createChannel({ name: 'general' });
  client = await connect(discord, bot);
});

afterAll(async () => {
  await client.destroy();
  await discord.close();
});

beforeEach(() => {
  guild.setRoles(bot, [a, b]);
  for (const role of [a, b]) guild.changeRole(role, { permissions: 0n });
  channel.setOverwrites([]);
});

const may = (permission: bigint) => (bot.permissionsIn(channel) & permission) === permission;

describe('what a member may do in a channel', () => {
  test('is what @everyone and the roles together may', () => {
    expect(may(P.SendMessages)).toBe(true);
    expect(may(P.ManageMessages)).toBe(false);
    guild.changeRole(b, { permissions: P.ManageMessages });
    expect(may(P.ManageMessages)).toBe(true);
  });

  test('is everything for the owner and for administrators, whatever is denied', () => {
    channel.setOverwrites([{ id: guild.everyone, deny: ALL_PERMISSIONS }]);
    expect(ana.permissionsIn(channel)).toBe(ALL_PERMISSIONS);
    guild.changeRole(a, { permissions: P.Administrator });
    expect(bot.permissionsIn(channel)).toBe(ALL_PERMISSIONS);
  });

  test.each<[string, () => Parameters<GuildChannel['setOverwrites']>[0], boolean]>([
    ['denied to everyone', () => [{ id: guild.everyone, deny: P.SendMessages }], false],
    [
      'denied to everyone, allowed to a role',
      () => [
        { id: guild.everyone, deny: P.SendMessages },
        { id: a, allow: P.SendMessages },
      ],
      true,
    ],
    [
      'denied to one role, allowed to another',
      () => [
        { id: a, deny: P.SendMessages },
        { id: b, allow: P.SendMessages },
      ],
      true,
    ],
    [
      'allowed to a role, denied to the member',
      () => [
        { id: a, allow: P.SendMessages },
        { id: bot, deny: P.SendMessages },
      ],
      false,
    ],
    [
      'denied to a role, allowed to the member',
      () => [
        { id: a, deny: P.SendMessages },
        { id: bot, allow: P.SendMessages },
      ],
      true,
    ],
  ])('%s', (_, overwrites, expected) => {
    channel.setOverwrites(overwrites());
    expect(may(P.SendMessages)).toBe(expected);
  });

  test('is nothing at all without View Channel', () => {
    channel.setOverwrites([{ id: bot, deny: P.ViewChannel }]);
    expect(bot.permissionsIn(channel)).toBe(0n);
    expect(bot.canView(channel)).toBe(false);
  });

  test('has no files, embeds and mentions of all without sending', () => {
    channel.setOverwrites([{ id: bot, deny: P.SendMessages }]);
    expect(may(P.AttachFiles) || may(P.EmbedLinks) || may(P.MentionEveryone)).toBe(false);
    expect(may(P.ReadMessageHistory)).toBe(true);
  });

  test('is to look on for who is timed out, as long as they are, unless they administrate', async () => {
    guild.changeRole(a, { permissions: P.ManageThreads });
    guild.timeOut(bot, Date.now() + 60_000);
    expect(bot.permissionsIn(channel)).toBe(P.ViewChannel | P.ReadMessageHistory);
    guild.changeRole(b, { permissions: P.Administrator });
    expect(bot.permissionsIn(channel)).toBe(ALL_PERMISSIONS);
    guild.changeRole(b, { permissions: 0n });
    guild.timeOut(bot, Date.now() + 20);
    await expect.poll(() => may(P.ManageThreads)).toBe(true);
  });

  test('follows a category that the channel is moved to', () => {
    const category = guild.createChannel({
      name: 'closed',
      type: 'category',
      overwrites: [{ id: guild.everyone, deny: P.ViewChannel }],
    });
    channel.moveTo(category);
    expect(bot.canView(channel)).toBe(false);
  });

  test('is nothing for strangers', () => {
    expect(discord.createPerson({ username: 'stranger' }).permissionsIn(channel)).toBe(0n);
  });

  test('in a thread is what its channel allows, with the right to send in threads', () => {
    const thread = ana.in(channel).startThread({ name: 'x' });
    channel.setOverwrites([{ id: bot, deny: P.SendMessagesInThreads }]);
    expect((bot.permissionsIn(thread) & P.AttachFiles) === 0n).toBe(true);
    expect((bot.permissionsIn(channel) & P.AttachFiles) === 0n).toBe(false);
  });
});

test('discord.js comes to the same answer from what it was told, for any overwrites', async () => {
  const compared = [P.ViewChannel, P.SendMessages, P.ManageMessages, P.ReadMessageHistory];
  const bits = fc.subarray(compared);
  const overwrite = fc.record({ allow: bits, deny: bits });
  const sum = (list: bigint[]) => list.reduce((all, bit) => all | bit, 0n);
  await fc.assert(
    fc.asyncProperty(fc.tuple(overwrite, overwrite, overwrite, overwrite), async (said) => {
      const ids = [guild.everyone, a, b, bot];
      channel.setOverwrites(
        said.map(({ allow, deny }, index) => ({ id: ids[index]!, allow: sum(allow), deny: sum(deny) })),
      );
      const told = (await client.channels.fetch(channel.id, { force: true }).catch(() => undefined)) as
        | GuildTextBasedChannel
        | undefined;
      const ours = new PermissionsBitField(bot.permissionsIn(channel));
      const theirs = told?.permissionsFor(client.user) ?? new PermissionsBitField();
      expect(compared.filter((bit) => ours.has(bit))).toEqual(compared.filter((bit) => theirs.has(bit)));
    }),
    { numRuns: 60 },
  );
});
