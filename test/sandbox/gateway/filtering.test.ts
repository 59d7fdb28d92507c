import { Events, GatewayIntentBits as Intent, PermissionFlagsBits as P } from 'discord.js';
import type { Client, Message } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, setStage } from '../../support/discord-js.ts';
import type { Stage } from '../../support/discord-js.ts';

const withContent = [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent];
const withoutContent = [Intent.Guilds, Intent.GuildMessages, Intent.DirectMessages];

let stage: Stage;
let heard: Message[];

async function enter(intents: number[]): Promise<void> {
  stage = await setStage({}, { intents });
  heard = [];
  stage.client.on(Events.MessageCreate, (message) => void heard.push(message));
}

/** The last word in a channel that the bot hears for certain: everything before it has arrived. */
async function heardSoFar(): Promise<Message[]> {
  const { id } = stage.ana.in(stage.channel).send('end');
  await expect.poll(() => heard.at(-1)?.id).toBe(id);
  return heard.splice(0).slice(0, -1);
}

afterEach(() => stage.close());

describe('without the Message Content intent', () => {
  beforeEach(() => enter(withoutContent));

  test('what others write is empty, but for mentions and own messages', async () => {
    const { ana, bot, channel } = stage;
    ana.in(channel).send({
      content: 'plain',
      embeds: [{ title: 'e' }],
      files: [{ name: 'a.txt', data: 'a' }],
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'b', custom_id: 'b' }] }],
    });
    ana.in(channel).send(`hello <@${bot.id}>`);
    bot.in(channel).send('mine');
    const [plain, mention, own] = await heardSoFar();
    expect([plain!.content, mention!.content, own!.content]).toEqual(['', `hello <@${bot.id}>`, 'mine']);
    expect([plain!.embeds.length, plain!.attachments.size, plain!.components.length]).toEqual([0, 0, 0]);
  });

  test('direct messages are whole', async () => {
    const { ana, bot } = stage;
    ana.in(ana.dm(bot)).send('psst');
    const [direct] = await heardSoFar();
    // Without the channel partial the client hides direct channels that it does not know.
    expect(direct).toBeUndefined();
    await stage.client.users.createDM(ana.id);
    ana.in(ana.dm(bot)).send('again');
    expect((await heardSoFar()).at(-1)).toMatchObject({ content: 'again', guildId: null });
  });

  test('a reply shows its own text and hides the one it answers', async () => {
    const { ana, bot, channel, client } = stage;
    const raw: { referenced_message?: { content: string } }[] = [];
    client.on(Events.Raw, (packet: { t: string; d: object }) => {
      if (packet.t === 'MESSAGE_CREATE') raw.push(packet.d);
    });
    const plain = ana.in(channel).send('plain');
    ana.in(channel).send({ content: `see <@${bot.id}>`, replyTo: plain });
    expect((await heardSoFar()).at(-1)!.content).toBe(`see <@${bot.id}>`);
    expect(raw.at(-2)?.referenced_message?.content).toBe('');
  });
});

describe('with the Message Content intent', () => {
  beforeEach(() => enter(withContent));

  test('a message has its author, member and mentions', async () => {
    const { ana, ben, channel, guild } = stage;
    guild.setNick(ana, 'Boss');
    ana.in(channel).send(`over to <@${ben.id}>`);
    const [message] = await heardSoFar();
    expect(message).toMatchObject({ content: `over to <@${ben.id}>`, guildId: guild.id });
    expect(message!.member?.displayName).toBe('Boss');
    expect(message!.mentions.members?.get(ben.id)?.user.username).toBe('ben');
  });

  test('a webhook’s message has discriminator 0000 and no member', async () => {
    const { channel } = stage;
    const hook = channel.createWebhook({ name: 'relay' });
    hook.send({ content: 'as coder', username: 'coder' });
    hook.send('as itself');
    const [persona, itself] = await heardSoFar();
    expect(persona).toMatchObject({ webhookId: hook.id, member: null, content: 'as coder' });
    expect(persona!.author).toMatchObject({
      id: hook.id,
      username: 'coder',
      discriminator: '0000',
      bot: true,
    });
    expect(itself!.author.username).toBe('relay');
  });

  test('channels without View Channel are silent, whoever denies it', async () => {
    const { discord, guild, ana, bot, channel } = stage;
    const role = guild.createRole({ name: 'agents' });
    const hidden = [
      guild.createChannel({ name: 'h1', overwrites: [{ id: guild.everyone, deny: P.ViewChannel }] }),
      guild.createChannel({ name: 'h2', overwrites: [{ id: bot, deny: P.ViewChannel }] }),
    ];
    const opened = guild.createChannel({
      name: 'h3',
      overwrites: [
        { id: guild.everyone, deny: P.ViewChannel },
        { id: role, allow: P.ViewChannel },
      ],
    });
    const other = discord.createBot({ username: 'admin' });
    guild.add(other, { permissions: P.Administrator });
    const admin: Client = await connect(discord, other, { intents: withContent });
    const adminHeard: string[] = [];
    admin.on(Events.MessageCreate, ({ content }) => void adminHeard.push(content));
    for (const place of [...hidden, opened]) ana.in(place).send('secret');
    guild.setRoles(bot, [role]);
    ana.in(opened).send('open');
    expect((await heardSoFar()).map(({ content }) => content)).toEqual(['open']);
    channel.setOverwrites([{ id: bot, deny: P.ViewChannel }]);
    ana.in(channel).send('closed');
    channel.setOverwrites([]);
    expect((await heardSoFar()).map(({ content }) => content)).not.toContain('closed');
    await expect.poll(() => adminHeard).toContain('closed');
    expect(adminHeard.filter((content) => content === 'secret')).toHaveLength(3);
    await admin.destroy();
  });

  test('edits, deletions and bulk deletions arrive', async () => {
    const { ana, channel, client } = stage;
    const seen: string[] = [];
    client.on(Events.MessageUpdate, (_, { content }) => void seen.push(`~${content}`));
    client.on(Events.MessageDelete, ({ content }) => void seen.push(`-${content}`));
    client.on(Events.MessageBulkDelete, (gone) => void seen.push(`-${gone.size}`));
    const [one, two, three] = ['1', '2', '3'].map((content) => ana.in(channel).send(content));
    await heardSoFar();
    ana.in(channel).edit(one!, 'one');
    ana.in(channel).delete(one!);
    ana.in(channel).bulkDelete([two!, three!]);
    await expect.poll(() => seen).toEqual(['~one', '-one', '-2']);
  });
});
