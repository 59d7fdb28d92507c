import { once } from 'node:events';
import { Client } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bot, Guild, GuildChannel, Person, Sandbox } from '../../../sandbox/sandbox.ts';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { manualClock } from '../../../sandbox/clock.ts';
import { startTestSandbox } from '../../support/sandbox.ts';
import { PageClient } from './support.ts';

let discord: Sandbox;
let ana: Person;
let ben: Person;
let bot: Bot;
let guild: Guild;
let open: GuildChannel;
let hidden: GuildChannel;
let page: PageClient;

beforeEach(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  ben = discord.createPerson({ username: 'ben' });
  bot = discord.createBot({ username: 'scribe' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(ben);
  guild.add(bot);
  open = guild.createChannel({ name: 'general' });
  const overwrites = [
    { id: guild.everyone, deny: P.ViewChannel },
    { id: bot, allow: P.ViewChannel },
  ];
  hidden = guild.createChannel({ name: 'hidden', topic: 'secret plans', overwrites });
  page = new PageClient(discord);
});
afterEach(() => discord.close());

test('it offers the people to be, with what says who they are, and no bots', async () => {
  const response = await fetch(`${discord.url}/web/api/people`);
  expect(await response.json()).toMatchObject([
    { username: 'ana', global_name: 'Ana', owner: true },
    { username: 'ben', owner: false },
  ]);
  const refused = await page.post('/web/api/visits', { person: bot.id });
  expect(await refused.json()).toEqual({ error: 'There is nobody like that here.' });
});

test('a person hears live what they may see, and nothing of what they may not', async () => {
  await page.visit(ben);
  const stream = await page.listen();
  ana.in(hidden).send('the hidden word');
  const secret = ana.in(hidden).startThread({ name: 'hidden thread' });
  ana.in(secret).send('the hidden word too');
  hidden.setTopic('more secret plans');
  ana.in(open).typing();
  const message = ana.in(open).send('hello');
  ana.in(open).edit(message, 'hello there');
  ben.in(open).react(message, '👍');
  ana.in(open).delete(message);
  expect((await stream.settled('message')).map(({ data }) => data)).toMatchObject([
    { content: 'hello' },
    { content: 'hello there' },
    { content: 'hello there', reactions: [{ count: 1, me: true }] },
  ]);
  expect(await stream.settled('gone')).toMatchObject([{ data: { id: message.id } }]);
  expect(await stream.settled('typing')).toMatchObject([{ data: { user_id: ana.id } }]);
  expect(JSON.stringify(stream.said)).not.toMatch(/hidden|secret/);
});

test('sight follows permissions: a channel comes and goes with them', async () => {
  await page.visit(ben);
  const stream = await page.listen();
  const namesNow = async () => {
    const { guilds } = (await stream.settled('sight')).at(-1)!.data as {
      guilds: { channels: { name: string; viewers: string[] }[] }[];
    };
    return guilds[0]!.channels.map(({ name }) => name);
  };
  expect(await namesNow()).toEqual(['general']);
  hidden.setOverwrites([]);
  await expect.poll(namesNow).toEqual(['general', 'hidden']);
  hidden.setOverwrites([{ id: guild.everyone, deny: P.ViewChannel }]);
  await expect.poll(namesNow).toEqual(['general']);
});

test('what a person may not see or do is refused in words', async () => {
  await page.visit(ben);
  await expect(page.act('read', hidden)).rejects.toThrow('Missing Access');
  await expect(page.act('send', hidden, { content: 'x' })).rejects.toThrow('Missing Access');
  const message = ana.in(open).send('mine');
  await expect(page.act('delete', open, { message: message.id })).rejects.toThrow('Missing Permissions');
  await expect(page.act('send', open, { content: 'x'.repeat(2001) })).rejects.toThrow('2000');
  await expect(page.act('send', open, { content: 7 })).rejects.toThrow('makes no sense');
  await expect(page.act('nonsense', open)).rejects.toThrow('There is no such act.');
  await expect(page.act('constructor', open)).rejects.toThrow('There is no such act.');
});

test('a long channel is read from its end, and further back on demand', async () => {
  const ids = Array.from({ length: 120 }, (_, index) => ana.in(open).send(`line ${index}`).id);
  await page.visit(ben);
  type Stretch = { messages: { id: string }[]; isMoreBefore: boolean; isMoreAfter: boolean };
  const end = await page.act<Stretch>('read', open);
  expect(end.messages.map(({ id }) => id)).toEqual(ids.slice(70));
  expect(end).toMatchObject({ isMoreBefore: true, isMoreAfter: false });
  const earlier = await page.act<Stretch>('read', open, { before: ids[20] });
  expect(earlier.messages.map(({ id }) => id)).toEqual(ids.slice(0, 20));
  expect(earlier).toMatchObject({ isMoreBefore: false });
  const middle = await page.act<Stretch>('read', open, { around: ids[60] });
  expect(middle.messages.some(({ id }) => id === ids[60])).toBe(true);
  expect(middle).toMatchObject({ isMoreBefore: true, isMoreAfter: true });
});

test('the guide is told to open pages whenever it changes, and a tip does what it offers', async () => {
  await page.visit(ben);
  const stream = await page.listen();
  let done = 0;
  const action = { label: 'Do it', run: () => void (done += 1) };
  discord.showGuide({
    title: 'Try',
    tips: [
      { text: 'one', channel: open, type: '/x', as: ana },
      { text: 'two', action },
    ],
  });
  expect((await stream.settled('guide')).at(-1)!.data).toEqual({
    title: 'Try',
    tips: [
      { text: 'one', channel: open.id, type: '/x', as: ana.id },
      { text: 'two', action: 'Do it' },
    ],
  });
  const run = async (tip: number) => (await page.post('/web/api/guide', { tip })).json();
  expect(await run(1)).toEqual({});
  expect(await run(0)).toEqual({ error: 'This is not offered any more.' });
  expect(done).toBe(1);
});

test('an application that is not there is told of in words', async () => {
  const clock = manualClock();
  const alone = await startTestSandbox({ clock });
  const owner = alone.createPerson({ username: 'owner' });
  const absent = alone.createBot({ username: 'absent' });
  const server = alone.createGuild({ name: 'Team', owner });
  server.add(absent);
  const room = server.createChannel({ name: 'general' });
  const options = [{ type: 3, name: 'what', description: 'What', autocomplete: true }];
  await fetch(`${alone.api}/v10/applications/${absent.id}/commands`, {
    method: 'POST',
    headers: { authorization: `Bot ${absent.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'ask', description: 'Asks', options }),
  });
  const own = new PageClient(alone);
  await own.visit(owner);
  const within = async <T>(act: Promise<T>): Promise<T> => {
    const timer = setInterval(() => clock.advance(3000), 20);
    return act.finally(() => clearInterval(timer));
  };
  const typed = { path: 'ask', app: absent.id, options: {} };
  const completed = within(own.act('complete', room, { ...typed, focused: 'what', value: '' }));
  await expect(completed).rejects.toThrow('Loading options failed');
  expect(await within(own.act('command', room, typed))).toEqual({ failed: true });
  await alone.close();
});

test('commands, ephemeral answers and modals pass between the page and a real bot', async () => {
  const client = new Client({ intents: ['Guilds'], rest: { api: discord.api } });
  const ready = once(client, 'clientReady');
  await client.login(bot.token);
  await ready;
  await client.application!.commands.create({ name: 'ask', description: 'Asks' });
  client.on('interactionCreate', async (interaction) => {
    if (interaction.isChatInputCommand()) {
      await interaction.showModal({
        custom_id: 'form',
        title: 'Why?',
        components: [{ type: 1, components: [{ type: 4, custom_id: 'why', style: 1, label: 'Why' }] }],
      });
    } else if (interaction.isModalSubmit()) {
      const why = interaction.fields.getTextInputValue('why');
      await interaction.reply({ content: `because ${why}`, flags: 64 });
    }
  });

  await page.visit(ben);
  const bens = await page.listen();
  const others = new PageClient(discord);
  await others.visit(ana);
  const anas = await others.listen();
  const commands = await page.act<{ name: string; application_id: string }[]>('commands', open);
  expect(commands).toMatchObject([{ name: 'ask', application_id: bot.id }]);
  const said = { path: 'ask', options: {}, app: bot.id };
  const { modal } = await page.act<{ modal: { id: string; title: string } }>('command', open, said);
  expect(modal.title).toBe('Why?');
  const submitted = await page.act('submit', open, { modal: modal.id, fields: { why: 'it rains' } });
  expect(submitted).toEqual({ failed: false });
  expect(await bens.settled('message')).toMatchObject([{ data: { content: 'because it rains', flags: 64 } }]);
  expect(await anas.settled('message')).toEqual([]);
  const again = page.act('submit', open, { modal: modal.id, fields: {} });
  await expect(again).rejects.toThrow('not open any more');
  await client.destroy();
});
