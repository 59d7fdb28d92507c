import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
let messages: string;

beforeEach(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(bot);
  channel = guild.createChannel({ name: 'general' });
  rest = restOf(discord, bot.token);
  messages = `/channels/${channel.id}/messages`;
});

afterEach(() => discord.close());

const deny = (permission: bigint) => channel.setOverwrites([{ id: bot, deny: permission }]);

describe('sending', () => {
  test('answers with the message, its text trimmed', async () => {
    const { status, body } = await rest('POST', messages, { content: '  hello \n' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      content: 'hello',
      type: 0,
      author: { id: bot.id, bot: true },
      channel_id: channel.id,
    });
    expect(body).not.toHaveProperty('message_reference');
    expect(ana.in(channel).see()).toMatchObject([{ id: body.id, content: 'hello' }]);
  });

  test.each([
    ['an empty body', {}, '400 50006'],
    ['only white space', { content: ' \n\t ' }, '400 50006'],
    ['not JSON', '{"content":', '400 50109'],
    ['a list', [], '400 50035'],
    ['2001 characters', { content: 'x'.repeat(2001) }, '400 50035'],
    ['a nonce of 26 characters', { content: 'x', nonce: 'n'.repeat(26) }, '400 50035'],
    ['a reply to nothing', { content: 'x', message_reference: { message_id: '1' } }, '400 50035'],
  ])('refuses %s', async (_, body, expected) => {
    expect(refusalOf(await rest('POST', messages, body))).toBe(expected);
  });

  test.each([
    ['without looking in', P.ViewChannel, { content: 'x' }, '403 50001'],
    ['without sending', P.SendMessages, { content: 'x' }, '403 50013'],
    ['embeds without Embed Links', P.EmbedLinks, { embeds: [{ title: 'x' }] }, '403 50013'],
    ['a spoken message', 0n, { content: 'x', tts: true }, '403 50013'],
  ])('refuses %s', async (_, permission, body, expected) => {
    deny(permission);
    expect(refusalOf(await rest('POST', messages, body))).toBe(expected);
  });

  test('refuses a reply to those who may not read the past', async () => {
    const { id } = ana.in(channel).send('question');
    deny(P.ReadMessageHistory);
    const answer = await rest('POST', messages, { content: 'x', message_reference: { message_id: id } });
    expect(refusalOf(answer)).toBe('403 160002');
  });

  test('refuses unknown channels, wrong tokens and unknown routes with Discord’s bodies', async () => {
    const send = { content: 'x' };
    expect(await rest('POST', '/channels/1234567890123456789/messages', send)).toMatchObject({
      status: 404,
      body: { message: 'Unknown Channel', code: 10003 },
    });
    expect(await restOf(discord, 'wrong')('POST', messages, send)).toMatchObject({
      status: 401,
      body: { message: '401: Unauthorized', code: 0 },
    });
    expect(await restOf(discord)('POST', messages, send)).toMatchObject({ status: 401, body: { code: 0 } });
    expect(await rest('GET', '/nothing/here')).toMatchObject({
      status: 404,
      body: { message: '404: Not Found', code: 0 },
    });
  });

  test('names the place of every fault', async () => {
    const { body } = await rest('POST', messages, { embeds: [{ fields: [{ name: 'n', value: '' }] }] });
    expect(body.message).toBe('Invalid Form Body');
    expect(linesOf(body.errors)).toEqual(['embeds.0.fields.0.value BASE_TYPE_REQUIRED']);
  });

  test('shows what a reply answers, and null once that is deleted', async () => {
    const question = ana.in(channel).send('why?');
    const reference = { message_id: question.id };
    const { body } = await rest('POST', messages, { content: 'so', message_reference: reference });
    expect(body).toMatchObject({
      type: 19,
      message_reference: { message_id: question.id, channel_id: channel.id, guild_id: guild.id },
      referenced_message: { content: 'why?', author: { username: 'ana' } },
    });
    ana.in(channel).delete(question);
    const again = await rest('GET', `${messages}/${body.id}`);
    expect(again.body.referenced_message).toBeNull();
  });

  test('sends an unanswerable reply as a plain message when told to', async () => {
    const reference = { message_id: '1234567890123456789', fail_if_not_exists: false };
    const { body } = await rest('POST', messages, { content: 'x', message_reference: reference });
    expect(body.type).toBe(0);
    expect(body).not.toHaveProperty('message_reference');
  });

  test('an enforced nonce sends once, and once per author', async () => {
    const send = { content: 'once', nonce: 'n1', enforce_nonce: true };
    const first = await rest('POST', messages, send);
    const second = await rest('POST', messages, send);
    expect(second.body.id).toBe(first.body.id);
    expect(first.body.nonce).toBe('n1');
    await rest('POST', messages, { content: 'again', nonce: 'n1' });
    const other = discord.createBot({ username: 'coder' });
    guild.add(other);
    await restOf(discord, other.token)('POST', messages, send);
    expect(channel.messages().map(({ content }) => content)).toEqual(['once', 'again', 'once']);
  });

  test('gives components and embeds back as Discord stores them', async () => {
    const { body } = await rest('POST', messages, {
      content: 'x',
      embeds: [{ title: 't', fields: [{ name: 'n', value: 'v' }], timestamp: '2026-01-02T03:04:05Z' }],
      components: [
        { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] },
        { type: 1, components: [{ type: 3, custom_id: 'pick', options: [{ label: 'a', value: 'a' }] }] },
      ],
    });
    expect(body.embeds).toMatchObject([{ type: 'rich', fields: [{ inline: false }] }]);
    expect(body.components).toMatchObject([
      { id: 1, components: [{ id: 2, label: 'Go' }] },
      { id: 3, components: [{ id: 4, min_values: 1, max_values: 1 }] },
    ]);
  });
});

describe('listing', () => {
  const contents = (body: Body[]) => body.map(({ content }) => content).join('');

  test.each([
    ['', 'edcba'],
    ['?limit=2', 'ed'],
    ['?before=c', 'ba'],
    ['?after=c', 'ed'],
    ['?after=a&limit=2', 'cb'],
    ['?around=c&limit=3', 'dcb'],
  ])('%s gives %s, newest first and without the message named', async (query, expected) => {
    const ids = new Map([...'abcde'].map((content) => [content, ana.in(channel).send(content).id]));
    const { body } = await rest<Body[]>(
      'GET',
      messages + query.replace(/=([a-e])/, (_, key) => `=${ids.get(key)}`),
    );
    expect(contents(body)).toBe(expected);
  });

  test.each(['?limit=0', '?limit=101', '?limit=x', '?before=x', '?before=1&after=1'])(
    'refuses %s',
    async (query) => {
      expect(refusalOf(await rest('GET', messages + query))).toBe('400 50035');
    },
  );

  test('is empty without Read Message History, and refused without a view', async () => {
    const { id } = ana.in(channel).send('past');
    deny(P.ReadMessageHistory);
    expect((await rest('GET', messages)).body).toEqual([]);
    expect(refusalOf(await rest('GET', `${messages}/${id}`))).toBe('403 50001');
    deny(P.ViewChannel);
    expect(refusalOf(await rest('GET', messages))).toBe('403 50001');
  });

  test('hides content from a bot whose portal has Message Content switched off', async () => {
    const id = ana.in(channel).send({ content: 'secret', embeds: [{ title: 'too' }] }).id;
    const spoken = ana.in(channel).send(`<@${bot.id}> for you`);
    bot.setPrivilegedIntents(0);
    expect((await rest('GET', `${messages}/${id}`)).body).toMatchObject({ content: '', embeds: [] });
    expect((await rest('GET', `${messages}/${spoken.id}`)).body.content).toBe(`<@${bot.id}> for you`);
  });
});

describe('editing and deleting', () => {
  test('changes only what is named', async () => {
    const { body } = await rest('POST', messages, { content: 'a', embeds: [{ title: 't' }] });
    const edited = await rest('PATCH', `${messages}/${body.id}`, { content: 'b' });
    expect(edited.body).toMatchObject({ content: 'b', embeds: [{ title: 't' }] });
    expect(edited.body.edited_timestamp).not.toBeNull();
    const emptied = await rest('PATCH', `${messages}/${body.id}`, { content: null, embeds: [] });
    expect(refusalOf(emptied)).toBe('400 50006');
    expect(channel.messages()[0]?.content).toBe('b');
  });

  test('refuses to edit what another wrote, but for hiding embeds', async () => {
    const { id } = ana.in(channel).send({ content: 'mine', embeds: [{ title: 't' }] });
    expect(refusalOf(await rest('PATCH', `${messages}/${id}`, { content: 'yours' }))).toBe('403 50005');
    expect(refusalOf(await rest('PATCH', `${messages}/${id}`, { flags: 4 }))).toBe('403 50013');
    guild.add(bot, { roles: [guild.createRole({ name: 'mods', permissions: P.ManageMessages })] });
    expect((await rest('PATCH', `${messages}/${id}`, { flags: 4 })).body.flags).toBe(4);
  });

  test('deletes its own, and others’ with Manage Messages', async () => {
    const { id } = ana.in(channel).send('mine');
    const own = await rest('POST', messages, { content: 'x' });
    expect((await rest('DELETE', `${messages}/${own.body.id}`)).status).toBe(204);
    expect(refusalOf(await rest('DELETE', `${messages}/${own.body.id}`))).toBe('404 10008');
    expect(refusalOf(await rest('DELETE', `${messages}/${id}`))).toBe('403 50013');
  });

  test('deletes two to a hundred at once, none older than two weeks', async () => {
    const ids = ['a', 'b', 'c'].map((content) => ana.in(channel).send(content).id);
    const bulk = (list: unknown) => rest('POST', `${messages}/bulk-delete`, { messages: list });
    expect(refusalOf(await bulk(ids))).toBe('403 50013');
    guild.add(bot, { roles: [guild.createRole({ name: 'mods', permissions: P.ManageMessages })] });
    expect(refusalOf(await bulk([ids[0]]))).toBe('400 50016');
    expect(refusalOf(await bulk(['175928847299117063', ids[0]]))).toBe('400 50034');
    expect((await bulk(ids.slice(0, 2))).status).toBe(204);
    expect(channel.messages().map(({ content }) => content)).toEqual(['c']);
  });

  test('typing needs the permission to send', async () => {
    expect((await rest('POST', `/channels/${channel.id}/typing`)).status).toBe(204);
    deny(P.SendMessages);
    expect(refusalOf(await rest('POST', `/channels/${channel.id}/typing`))).toBe('403 50013');
  });
});
