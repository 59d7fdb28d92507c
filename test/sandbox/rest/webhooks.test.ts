import { PermissionFlagsBits as P, WebhookClient } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bot, Guild, GuildChannel, Person, Sandbox } from '../../../sandbox/sandbox.ts';
import { linesOf } from '../../support/refusals.ts';
import { refusalOf, restOf } from '../../support/rest.ts';
import type { Body, Rest } from '../../support/rest.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let discord: Sandbox;
let ana: Person;
let bot: Bot;
let guild: Guild;
let channel: GuildChannel;
let rest: Rest;
let hooks: string;

beforeEach(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(bot, { permissions: P.ManageWebhooks });
  channel = guild.createChannel({ name: 'general' });
  rest = restOf(discord, bot.token);
  hooks = `/channels/${channel.id}/webhooks`;
});

afterEach(() => discord.close());

test('webhooks are made, listed, changed and deleted by who manages them', async () => {
  const { body } = await rest('POST', hooks, { name: 'relay' });
  expect(body).toMatchObject({ type: 1, name: 'relay', channel_id: channel.id, application_id: bot.id });
  expect((await rest<Body[]>('GET', hooks)).body.map(({ id }) => id)).toEqual([body.id]);
  expect((await rest<Body[]>('GET', `/guilds/${guild.id}/webhooks`)).body).toHaveLength(1);
  expect((await rest('PATCH', `/webhooks/${body.id}`, { name: 'new' })).body['name']).toBe('new');
  expect((await rest('DELETE', `/webhooks/${body.id}`)).status).toBe(204);
  expect(refusalOf(await rest('GET', `/webhooks/${body.id}`))).toBe('404 10015');
  guild.setRoles(bot, []);
  expect(refusalOf(await rest('POST', hooks, { name: 'relay' }))).toBe('403 50013');
  expect(refusalOf(await rest('GET', hooks))).toBe('403 50013');
});

test('a channel holds fifteen', async () => {
  for (let count = 0; count < 15; count += 1) channel.createWebhook({ name: `hook ${count}` });
  expect(refusalOf(await rest('POST', hooks, { name: 'one more' }))).toBe('400 30007');
});

test.each([['Clyde'], ['my discord hook']])('the name %s is refused', async (name) => {
  const { body } = await rest('POST', hooks, { name });
  expect(linesOf(body.errors)).toEqual(['name USERNAME_INVALID_CONTAINS']);
});

test('without a name it is refused', async () => {
  expect(linesOf((await rest('POST', hooks, {})).body.errors)).toEqual(['name BASE_TYPE_REQUIRED']);
});

test('executing needs its token alone, and answers only who waits', async () => {
  const hook = channel.createWebhook({ name: 'relay' });
  const path = `/webhooks/${hook.id}/${hook.token}`;
  const nobody = restOf(discord);
  expect((await nobody('POST', path, { content: 'quiet' })).status).toBe(204);
  const { status, body } = await nobody('POST', `${path}?wait=true`, {
    content: 'loud',
    username: 'coder',
    avatar_url: 'https://example.com/a.png',
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    content: 'loud',
    webhook_id: hook.id,
    author: { id: hook.id, username: 'coder', discriminator: '0000', bot: true },
  });
  expect(body).not.toHaveProperty('member');
  expect(channel.messages().map(({ content }) => content)).toEqual(['quiet', 'loud']);
  expect(refusalOf(await nobody('POST', `/webhooks/${hook.id}/wrong`, { content: 'x' }))).toBe('401 50027');
  expect(refusalOf(await nobody('POST', `/webhooks/1234567890123456789/x`, { content: 'x' }))).toBe(
    '404 10015',
  );
  expect(refusalOf(await nobody('POST', path, { content: ' ' }))).toBe('400 50006');
  const seen = (await nobody('GET', path)).body;
  expect(seen).toMatchObject({ id: hook.id, name: 'relay' });
  expect(seen).not.toHaveProperty('user');
});

test('threads of its channel are reached by thread_id, others are not', async () => {
  const hook = channel.createWebhook({ name: 'relay' });
  const thread = ana.in(channel).startThread({ name: 'side' });
  const elsewhere = ana.in(guild.createChannel({ name: 'other' })).startThread({ name: 'far' });
  const path = `/webhooks/${hook.id}/${hook.token}?wait=true&thread_id=`;
  expect((await rest('POST', path + thread.id, { content: 'x' })).body['channel_id']).toBe(thread.id);
  expect(refusalOf(await rest('POST', path + elsewhere.id, { content: 'x' }))).toBe('404 10003');
});

test('a forum takes posts with a name or messages in a thread, and nothing else does', async () => {
  const forum = guild.createChannel({ name: 'Ideas', type: 'forum' });
  const { id, token } = forum.createWebhook({ name: 'relay' });
  const path = `/webhooks/${id}/${token}?wait=true`;
  expect(refusalOf(await rest('POST', path, { content: 'x' }))).toBe('400 220001');
  const post = await rest('POST', path, { content: 'idea', thread_name: 'An idea' });
  expect(post.body['channel_id']).toBe(post.body.id);
  expect((await rest('GET', `/channels/${post.body.id}`)).body).toMatchObject({
    name: 'An idea',
    parent_id: forum.id,
  });
  const reply = await rest('POST', `${path}&thread_id=${post.body.id}`, { content: 'more' });
  expect(reply.body['channel_id']).toBe(post.body.id);
  const hook = channel.createWebhook({ name: 'relay' });
  const misplaced = await rest('POST', `/webhooks/${hook.id}/${hook.token}`, {
    content: 'x',
    thread_name: 'x',
  });
  expect(refusalOf(misplaced)).toBe('400 220003');
});

test('discord.js sends, edits, reads and deletes through a webhook', async () => {
  const { id, token } = channel.createWebhook({ name: 'relay' });
  const client = new WebhookClient({ id, token }, { rest: { api: discord.api } });
  const sent = await client.send({ content: 'one', username: 'coder' });
  await client.editMessage(sent.id, 'two');
  expect((await client.fetchMessage(sent.id)).content).toBe('two');
  const other = channel.createWebhook({ name: 'other' }).send('not mine');
  await expect(client.editMessage(other.id, 'mine')).rejects.toMatchObject({ code: 10008 });
  await client.deleteMessage(sent.id);
  expect(channel.messages().map(({ content }) => content)).toEqual(['not mine']);
  client.destroy();
});
