import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bot, Guild, GuildChannel, Person, Sandbox } from '../../../sandbox/sandbox.ts';
import { refusalOf, restOf } from '../../support/rest.ts';
import type { Body, Rest } from '../../support/rest.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let discord: Sandbox;
let ana: Person;
let bot: Bot;
let guild: Guild;
let channel: GuildChannel;
let rest: Rest;

beforeEach(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(bot);
  channel = guild.createChannel({ name: 'general', topic: 'All' });
  rest = restOf(discord, bot.token);
});

afterEach(() => discord.close());

const grant = (permissions: bigint) => {
  guild.add(bot, { roles: [guild.createRole({ name: 'extra', permissions })] });
};

describe('channels', () => {
  test('are read by those who may look in', async () => {
    const { body } = await rest('GET', `/channels/${channel.id}`);
    expect(body).toMatchObject({
      id: channel.id,
      name: 'general',
      topic: 'All',
      guild_id: guild.id,
      type: 0,
    });
    channel.setOverwrites([{ id: guild.everyone, deny: P.ViewChannel }]);
    expect(refusalOf(await rest('GET', `/channels/${channel.id}`))).toBe('403 50001');
    expect(refusalOf(await rest('GET', '/channels/1234567890123456789'))).toBe('404 10003');
  });

  test('are listed whole, also those that the bot cannot look into', async () => {
    const hidden = guild.createChannel({ name: 'h', overwrites: [{ id: bot, deny: P.ViewChannel }] });
    const { body } = await rest<Body[]>('GET', `/guilds/${guild.id}/channels`);
    expect(body.map(({ id }) => id)).toEqual([channel.id, hidden.id]);
  });

  test('are made, changed and deleted by who manages channels', async () => {
    const path = `/guilds/${guild.id}/channels`;
    expect(refusalOf(await rest('POST', path, { name: 'new' }))).toBe('403 50013');
    expect(refusalOf(await rest('PATCH', `/channels/${channel.id}`, { name: 'x' }))).toBe('403 50013');
    expect(refusalOf(await rest('DELETE', `/channels/${channel.id}`))).toBe('403 50013');
    grant(P.ManageChannels);
    const made = await rest('POST', path, { name: 'new', topic: 't' });
    expect([made.status, made.body['topic']]).toEqual([201, 't']);
    expect((await rest('PATCH', `/channels/${made.body.id}`, { name: 'newer' })).body['name']).toBe('newer');
    expect(refusalOf(await rest('PATCH', `/channels/${channel.id}`, { name: '' }))).toBe('400 50035');
    expect((await rest('DELETE', `/channels/${made.body.id}`)).status).toBe(200);
    expect(refusalOf(await rest('GET', `/channels/${made.body.id}`))).toBe('404 10003');
  });

  test('of text are named in lower case with dashes', async () => {
    expect(guild.createChannel({ name: 'Project  Refactor' }).name).toBe('project-refactor');
    channel.rename('New Name');
    expect((await rest('GET', `/channels/${channel.id}`)).body['name']).toBe('new-name');
    expect(guild.createChannel({ name: 'Big Work', type: 'category' }).name).toBe('Big Work');
  });

  test('of a forum hold posts, each with its first message', async () => {
    const forum = guild.createChannel({ name: 'ideas', type: 'forum' });
    const path = `/channels/${forum.id}`;
    expect(refusalOf(await rest('POST', `${path}/messages`, { content: 'x' }))).toBe('400 50008');
    const post = await rest('POST', `${path}/threads`, { name: 'One', message: { content: 'first' } });
    expect(post).toMatchObject({ status: 201, body: { parent_id: forum.id, message: { content: 'first' } } });
    expect((await rest('GET', `/channels/${post.body.id}/messages`)).body).toMatchObject([
      { id: post.body.id },
    ]);
    const bare = await rest('POST', `${path}/threads`, { name: 'Two' });
    expect(refusalOf(bare)).toBe('400 50035');
  });

  test('take the overwrites of their category', () => {
    const overwrites = [{ id: bot, deny: P.ViewChannel }];
    const category = guild.createChannel({ name: 'Secret', type: 'category', overwrites });
    expect(bot.canView(guild.createChannel({ name: 'inner', parent: category }))).toBe(false);
  });
});

describe('overwrites', () => {
  const path = () => `/channels/${channel.id}/permissions/${bot.id}`;

  test('are put and deleted by who manages roles, within their own permissions', async () => {
    const deny = { type: 1, deny: String(P.SendMessages) };
    expect(refusalOf(await rest('PUT', path(), deny))).toBe('403 50013');
    grant(P.ManageRoles);
    expect((await rest('PUT', path(), deny)).status).toBe(204);
    expect(bot.permissionsIn(channel) & P.SendMessages).toBe(0n);
    const beyond = { type: 1, allow: String(P.BanMembers) };
    expect(refusalOf(await rest('PUT', path(), beyond))).toBe('403 50013');
    expect((await rest('DELETE', path())).status).toBe(204);
    expect(refusalOf(await rest('DELETE', path()))).toBe('404 10009');
  });
});

describe('guilds', () => {
  test('are read by their members only', async () => {
    const { body } = await rest('GET', `/guilds/${guild.id}?with_counts=true`);
    expect(body).toMatchObject({ name: 'Team', owner_id: ana.id, approximate_member_count: 2 });
    expect(refusalOf(await rest('GET', '/guilds/1234567890123456789'))).toBe('404 10004');
    const other = discord.createGuild({ name: 'Other', owner: ana });
    expect(refusalOf(await rest('GET', `/guilds/${other.id}`))).toBe('403 50001');
    expect((await rest<Body[]>('GET', '/users/@me/guilds')).body.map(({ id }) => id)).toEqual([guild.id]);
  });

  test('have roles, from @everyone up', async () => {
    const leads = guild.createRole({ name: 'leads', permissions: P.ManageMessages });
    const { body } = await rest<Body[]>('GET', `/guilds/${guild.id}/roles`);
    expect(body).toMatchObject([
      { id: guild.id, name: '@everyone', position: 0 },
      { id: leads.id, permissions: String(P.ManageMessages), position: 1 },
    ]);
    expect(refusalOf(await rest('POST', `/guilds/${guild.id}/roles`, { name: 'x' }))).toBe('403 50013');
    expect(refusalOf(await rest('GET', `/guilds/${guild.id}/roles/1`))).toBe('404 10011');
  });

  test('roles are managed below one’s own, and no permission is given that one lacks', async () => {
    const low = guild.createRole({ name: 'low' });
    grant(P.ManageRoles);
    const high = guild.createRole({ name: 'high' });
    guild.changeRole(high, { position: 9 });
    const roles = `/guilds/${guild.id}/roles`;
    guild.changeRole(low, { position: 1 });
    expect((await rest('PATCH', `${roles}/${low.id}`, { name: 'lower' })).body['name']).toBe('lower');
    expect(refusalOf(await rest('PATCH', `${roles}/${high.id}`, { name: 'x' }))).toBe('403 50013');
    const powerful = { name: 'x', permissions: String(P.Administrator) };
    expect(refusalOf(await rest('POST', roles, powerful))).toBe('403 50013');
    expect((await rest('PUT', `/guilds/${guild.id}/members/${ana.id}/roles/${low.id}`)).status).toBe(204);
    expect((await rest('GET', `/guilds/${guild.id}/members/${ana.id}`)).body['roles']).toEqual([low.id]);
    expect((await rest('DELETE', `${roles}/${low.id}`)).status).toBe(204);
    expect((await rest('GET', `/guilds/${guild.id}/members/${ana.id}`)).body['roles']).toEqual([]);
  });

  test('have members: listed with the portal’s switch, found by name, nicknamed', async () => {
    const members = `/guilds/${guild.id}/members`;
    const { body } = await rest<Body[]>('GET', `${members}?limit=10`);
    expect(body).toHaveLength(2);
    expect((await rest('GET', `${members}/search?query=AN`)).body).toMatchObject([{ user: { id: ana.id } }]);
    expect((await rest('PATCH', `${members}/@me`, { nick: 'R' })).body).toMatchObject({ nick: 'R' });
    expect(refusalOf(await rest('PATCH', `${members}/${ana.id}`, { nick: 'x' }))).toBe('403 50013');
    expect(refusalOf(await rest('GET', `${members}/1234567890123456789`))).toBe('404 10007');
    bot.setPrivilegedIntents(0);
    expect(refusalOf(await rest('GET', members))).toBe('403 50001');
  });
});

describe('users', () => {
  test('are oneself and others', async () => {
    expect((await rest('GET', '/users/@me')).body).toMatchObject({ id: bot.id, bot: true });
    expect((await rest('GET', `/users/${ana.id}`)).body).toMatchObject({
      username: 'ana',
      global_name: 'Ana',
      discriminator: '0',
    });
    expect(refusalOf(await rest('GET', '/users/1234567890123456789'))).toBe('404 10013');
  });

  test('are reached by direct messages if they share a guild and take them; bots are not', async () => {
    const dm = await rest('POST', '/users/@me/channels', { recipient_id: ana.id });
    expect(dm.body).toMatchObject({ type: 1, recipients: [{ id: ana.id }] });
    const again = await rest('POST', '/users/@me/channels', { recipient_id: ana.id });
    expect(again.body.id).toBe(dm.body.id);
    const send = () => rest('POST', `/channels/${dm.body.id}/messages`, { content: 'hi' });
    expect((await send()).status).toBe(200);
    expect(ana.in(dm.body).see()).toMatchObject([{ content: 'hi', author: { id: bot.id } }]);
    ana.refuseDms();
    expect(refusalOf(await send())).toBe('403 50007');
    const stranger = discord.createPerson({ username: 'stranger' });
    const far = await rest('POST', '/users/@me/channels', { recipient_id: stranger.id });
    const answer = await rest('POST', `/channels/${far.body.id}/messages`, { content: 'hi' });
    expect(refusalOf(answer)).toBe('403 50007');
    expect(refusalOf(await rest('GET', `/channels/${stranger.dm(ana).id}`))).toBe('404 10003');
  });
});
