import { ChannelType, Events, GatewayIntentBits as Intent, PermissionFlagsBits as P } from 'discord.js';
import type { Client } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bot, Guild, Person, Sandbox } from '../../../sandbox/sandbox.ts';
import { connect } from '../../support/discord-js.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let discord: Sandbox;
let ana: Person;
let bot: Bot;
let guild: Guild;
const clients: Client[] = [];

beforeEach(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(bot);
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()));
  await discord.close();
});

async function login(who = bot, intents: number[] = [Intent.Guilds]): Promise<Client<true>> {
  const client = await connect(discord, who, { intents });
  clients.push(client);
  return client;
}

test('a bot finds its guild with roles, channels, overwrites and itself', async () => {
  const leads = guild.createRole({ name: 'leads', permissions: P.ManageChannels, color: 0x112233 });
  guild.add(bot, { roles: [leads] });
  const work = guild.createChannel({ name: 'Work', type: 'category' });
  const channel = guild.createChannel({
    name: 'project',
    parent: work,
    topic: 'Things',
    overwrites: [{ id: leads, allow: P.ManageMessages }],
  });
  const client = await login();
  expect(client.user.tag).toMatch(/^researcher#\d{4}$/);
  expect(client.application.flags.toArray()).toContain('GatewayMessageContentLimited');
  const found = client.guilds.cache.get(guild.id)!;
  expect(found).toMatchObject({ name: 'Team', ownerId: ana.id, memberCount: 2, available: true });
  expect(found.roles.everyone.id).toBe(guild.id);
  expect(found.members.me?.roles.cache.has(leads.id)).toBe(true);
  const project = found.channels.cache.get(channel.id)!;
  expect(project).toMatchObject({ type: ChannelType.GuildText, topic: 'Things', parentId: work.id });
  expect(project.permissionsFor(client.user)?.bitfield).toBe(bot.permissionsIn(channel));
});

test('a bot in no guild becomes ready and learns of the guild it is let into', async () => {
  const loner = discord.createBot({ username: 'loner' });
  const client = await login(loner);
  expect(client.guilds.cache.size).toBe(0);
  const joined = new Promise((resolve) => void client.once(Events.GuildCreate, resolve));
  guild.add(loner, { permissions: P.ManageWebhooks });
  expect(await joined).toMatchObject({ id: guild.id });
  const own = client.guilds.cache.get(guild.id)?.members.me?.roles.botRole;
  expect(own).toMatchObject({ name: 'loner', managed: true });
  const left = new Promise((resolve) => void client.once(Events.GuildDelete, resolve));
  guild.remove(loner);
  expect(await left).toMatchObject({ id: guild.id });
});

test('several bots are told the same, each by its own intents', async () => {
  const other = discord.createBot({ username: 'coder' });
  guild.add(other);
  const channel = guild.createChannel({ name: 'general' });
  const hears = await login(bot, [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent]);
  const deaf = await login(other, [Intent.Guilds, Intent.GuildMessageTyping]);
  const heard: string[] = [];
  const typed: string[] = [];
  hears.on(Events.MessageCreate, ({ content }) => void heard.push(content));
  deaf.on(Events.MessageCreate, ({ content }) => void heard.push(`deaf: ${content}`));
  hears.on(Events.TypingStart, () => void typed.push('hears'));
  deaf.on(Events.TypingStart, ({ user }) => void typed.push(user.id));
  ana.in(channel).typing();
  bot.in(channel).send('hello');
  await expect.poll(() => heard).toEqual(['hello']);
  await expect.poll(() => typed).toEqual([ana.id]);
});

test('channels, roles and the guild can change under a connected bot', async () => {
  const client = await login();
  const seen: string[] = [];
  client.on(Events.ChannelCreate, ({ name }) => void seen.push(`+${name}`));
  client.on(Events.ChannelUpdate, (_, channel) => void seen.push(`~${'name' in channel && channel.name}`));
  client.on(Events.ChannelDelete, (channel) => void seen.push(`-${'name' in channel && channel.name}`));
  client.on(Events.GuildRoleCreate, ({ name }) => void seen.push(`+@${name}`));
  client.on(Events.GuildRoleDelete, ({ name }) => void seen.push(`-@${name}`));
  client.on(Events.GuildUpdate, (_, { name }) => void seen.push(`=${name}`));
  const channel = guild.createChannel({ name: 'a' });
  channel.rename('b');
  channel.delete();
  const role = guild.createRole({ name: 'r' });
  guild.deleteRole(role);
  guild.rename('Crew');
  await expect.poll(() => seen).toEqual(['+a', '~b', '-b', '+@r', '-@r', '=Crew']);
});

test('members are listed on request, and only with the Guild Members intent', async () => {
  const ben = discord.createPerson({ username: 'ben' });
  guild.add(ben);
  const client = await login(bot, [Intent.Guilds, Intent.GuildMembers]);
  const all = await client.guilds.cache.get(guild.id)!.members.fetch();
  expect([...all.keys()].sort()).toEqual([ana.id, ben.id, bot.id].sort());
  const one = await client.guilds.cache.get(guild.id)!.members.fetch({ query: 'be', limit: 1 });
  expect([...one.keys()]).toEqual([ben.id]);
});
