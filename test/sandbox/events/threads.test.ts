import { ChannelType, Events, GatewayIntentBits as Intent, PermissionFlagsBits as P } from 'discord.js';
import type { TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, setStage } from '../../support/discord-js.ts';
import type { Stage } from '../../support/discord-js.ts';
import { refusalOf, restOf } from '../../support/rest.ts';

let stage: Stage;
let seen: string[];

beforeEach(async () => {
  stage = await setStage({}, { intents: [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent] });
  seen = [];
  const { client } = stage;
  client.on(Events.MessageCreate, (message) => void seen.push(message.content || `type ${message.type}`));
  client.on(Events.ThreadCreate, ({ name }, isNew) => void seen.push(`+${name}${isNew ? ' new' : ''}`));
  client.on(Events.ThreadUpdate, (_, { name, archived }) => void seen.push(`~${name} ${archived}`));
  client.on(Events.ThreadDelete, ({ name }) => void seen.push(`-${name}`));
  client.on(Events.ThreadListSync, (threads) => void seen.push(`sync ${threads.size}`));
});

afterEach(() => stage.close());

/** The client's view of the stage's channel. */
const text = () => stage.client.channels.cache.get(stage.channel.id) as TextChannel;

describe('a thread on a message', () => {
  test('has the message’s id, begins with a starter, and shows on the message', async () => {
    const { ana, channel } = stage;
    const message = ana.in(channel).send('plan');
    const thread = ana.in(channel).startThread({ name: 'details', message });
    ana.in(thread).send('first');
    await expect.poll(() => seen).toEqual(['plan', '+details new', 'type 21', 'first']);
    expect(thread.id).toBe(message.id);
    const fetched = await text().messages.fetch({ message: message.id, force: true });
    expect(fetched).toMatchObject({ hasThread: true });
    expect(fetched.thread).toMatchObject({
      name: 'details',
      ownerId: ana.id,
      messageCount: 1,
      memberCount: 1,
    });
  });

  test('is started by a bot that then is a member', async () => {
    const { ana, channel, bot } = stage;
    const message = ana.in(channel).send('plan');
    const fetched = await text().messages.fetch(message.id);
    const thread = await fetched.startThread({ name: 'details' });
    expect(thread).toMatchObject({ joined: true, ownerId: bot.id, type: ChannelType.PublicThread });
    await thread.send('on it');
    const again = await restOf(stage.discord, bot.token)(
      'POST',
      `/channels/${channel.id}/messages/${message.id}/threads`,
      { name: 'x' },
    );
    expect(refusalOf(again)).toBe('400 160004');
  });
});

describe('a thread of its own', () => {
  test('is announced in its channel when public', async () => {
    const { ana, channel } = stage;
    ana.in(channel).startThread({ name: 'side talk' });
    await expect.poll(() => seen).toEqual(['+side talk new', 'side talk']);
    expect(channel.messages()[0]).toMatchObject({ type: 18, content: 'side talk' });
  });

  test('is renamed, archived, woken by a message, and deleted', async () => {
    const { ana, channel } = stage;
    const thread = ana.in(channel).startThread({ name: 'a' });
    thread.rename('b');
    thread.archive();
    ana.in(thread).send('up');
    thread.delete();
    await expect
      .poll(() => seen)
      .toEqual(['+a new', 'a', '~b false', 'b', '~b true', '~b false', 'up', '-b']);
  });

  test('can be written in by whoever sees it, but not when it is locked', async () => {
    const { ana, bot, channel } = stage;
    const thread = ana.in(channel).startThread({ name: 'a' });
    const found = await text().threads.fetch(thread.id);
    await found!.send('hello');
    expect(found!.members.cache.has(bot.id)).toBe(true);
    thread.archive({ locked: true });
    await expect(found!.send('late')).rejects.toMatchObject({ code: 50083 });
    stage.ana.in(thread).send('the owner of the guild may');
    await expect(found!.send('late')).rejects.toMatchObject({ code: 160005 });
  });

  test('needs the permission for threads, not the one for channels', async () => {
    const { ana, bot, channel } = stage;
    const thread = ana.in(channel).startThread({ name: 'a' });
    channel.setOverwrites([{ id: bot, deny: P.SendMessages }]);
    expect(bot.in(thread).send('still')).toMatchObject({ content: 'still' });
    channel.setOverwrites([{ id: bot, deny: P.SendMessagesInThreads }]);
    const found = await text().threads.fetch(thread.id);
    await expect(found!.send('x')).rejects.toMatchObject({ code: 50013 });
  });
});

describe('a private thread', () => {
  test('is hidden until the bot is added, and silent after it left', async () => {
    const { ana, bot, ben, channel } = stage;
    const thread = ana.in(channel).startThread({ name: 'secret', private: true });
    ana.in(thread).send('hidden');
    expect([bot.canView(thread), ben.canView(thread), ana.canView(thread)]).toEqual([false, false, true]);
    await expect(stage.client.channels.fetch(thread.id)).rejects.toMatchObject({ code: 50001 });
    thread.invite(bot);
    ana.in(thread).send('shown');
    await expect.poll(() => seen).toEqual(['+secret', 'shown']);
    bot.in(thread).leave();
    ana.in(thread).send('hidden again');
    ana.in(channel).send('end');
    await expect.poll(() => seen.at(-1)).toBe('end');
    expect(seen).not.toContain('hidden again');
  });

  test('gains whoever is mentioned in it and may look into its channel', async () => {
    const { ana, bot, channel } = stage;
    const thread = ana.in(channel).startThread({ name: 'secret', private: true });
    ana.in(thread).send(`<@${bot.id}> help`);
    await expect.poll(() => seen).toEqual(['+secret', `<@${bot.id}> help`]);
  });

  test('is open to who manages threads', async () => {
    const { ana, guild, bot, channel } = stage;
    guild.add(bot, { roles: [guild.createRole({ name: 'mods', permissions: P.ManageThreads })] });
    const thread = ana.in(channel).startThread({ name: 'secret', private: true });
    ana.in(thread).send('seen');
    await expect.poll(() => seen).toEqual(['+secret new', 'seen']);
  });
});

describe('what a client is told of threads', () => {
  test('the active ones when it connects, and those of a channel it can look into from now on', async () => {
    const { ana, bot, guild } = stage;
    const closed = guild.createChannel({ name: 'closed', overwrites: [{ id: bot, deny: P.ViewChannel }] });
    const thread = ana.in(closed).startThread({ name: 'inside' });
    closed.setOverwrites([]);
    ana.in(thread).send('hello');
    await expect.poll(() => seen).toEqual(['sync 1', 'hello']);
  });

  test('an archived one when a message wakes it up', async () => {
    const { discord, ana, guild, channel } = stage;
    const thread = ana.in(channel).startThread({ name: 'old' });
    thread.archive();
    const late = discord.createBot({ username: 'late' });
    guild.add(late);
    const client = await connect(discord, late, { intents: [Intent.Guilds, Intent.GuildMessages] });
    const heard = new Promise((resolve) => void client.once(Events.MessageCreate, resolve));
    expect(client.channels.cache.has(thread.id)).toBe(false);
    const { id } = ana.in(thread).send('up');
    expect(await heard).toMatchObject({ id, channelId: thread.id });
    await client.destroy();
  });

  test('active and archived ones on request', async () => {
    const { ana, bot, channel } = stage;
    const active = ana.in(channel).startThread({ name: 'active' });
    const old = ana.in(channel).startThread({ name: 'old' });
    const own = ana.in(channel).startThread({ name: 'own', private: true, invite: [bot] });
    old.archive();
    own.archive();
    const found = await text().guild.channels.fetchActiveThreads();
    expect([...found.threads.keys()]).toEqual([active.id]);
    const archived = await text().threads.fetchArchived();
    expect([...archived.threads.keys()]).toEqual([old.id]);
    const mine = await text().threads.fetchArchived({ type: 'private' });
    expect([...mine.threads.keys()]).toEqual([own.id]);
    await expect(text().threads.fetchArchived({ type: 'private', fetchAll: true })).rejects.toMatchObject({
      code: 50013,
    });
  });

  test('its members', async () => {
    const { ana, ben, bot, channel } = stage;
    const thread = ana.in(channel).startThread({ name: 'a', invite: [ben] });
    const found = await text().threads.fetch(thread.id);
    await found!.join();
    expect([...(await found!.members.fetch()).keys()].sort()).toEqual([ana.id, ben.id, bot.id].sort());
    await found!.members.add(ben.id);
    await expect(found!.members.remove(ben.id)).rejects.toMatchObject({ code: 50013 });
    await found!.leave();
    await expect.poll(() => found!.joined).toBe(false);
  });
});
