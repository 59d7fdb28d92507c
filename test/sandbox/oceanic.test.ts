import { Client, InteractionTypes, type AnyInteractionGateway, type Message } from 'oceanic.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bot, GuildChannel, Guild as SandboxGuild, Person, Sandbox } from '../../sandbox/sandbox.ts';
import { startTestSandbox } from '../support/sandbox.ts';

let discord: Sandbox;
let ana: Person;
let bot: Bot;
let guild: SandboxGuild;
let channel: GuildChannel;
let client: Client;
let errors: unknown[];

beforeEach(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(bot);
  channel = guild.createChannel({ name: 'general' });
  errors = [];
  client = new Client({
    auth: `Bot ${bot.token}`,
    rest: { baseURL: `${discord.api}/v10` },
    gateway: { intents: ['GUILDS', 'GUILD_MESSAGES', 'MESSAGE_CONTENT', 'DIRECT_MESSAGES'] },
  });
  client.on('error', (error) => errors.push(error));
  client.on('warn', (warning) => errors.push(warning));
});
afterEach(async () => {
  client.disconnect(false);
  await discord.close();
  if (errors.length > 0) throw errors[0];
});

/** Resolves with the event's first argument, for the first time that it matches. */
function next<T>(event: string, matches: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listener = (value: T) => {
      if (!matches(value)) return;
      client.off(event as 'ready', listener as () => void);
      resolve(value);
    };
    client.on(event as 'ready', listener as () => void);
  });
}

async function logIn(): Promise<void> {
  const ready = next('ready');
  await client.connect();
  await ready;
}

describe('oceanic.js, a client of another make', () => {
  it('logs in and receives its guild', async () => {
    guild.createRole({ name: 'leads' });
    await logIn();
    const known = client.guilds.get(guild.id);
    expect(known).toMatchObject({ name: 'Team', ownerID: ana.id });
    expect(known?.channels.map(({ name }) => name)).toContain('general');
    expect(known?.roles.map(({ name }) => name)).toEqual(expect.arrayContaining(['@everyone', 'leads']));
    expect(client.user.id).toBe(bot.id);
  });

  it('receives messages and answers them', async () => {
    await logIn();
    const received = next<Message>('messageCreate');
    const sent = ana.in(channel).send({ content: 'hello', files: [{ name: 'a.txt', data: 'a' }] });
    const message = await received;
    expect(message).toMatchObject({ id: sent.id, content: 'hello', author: { id: ana.id } });
    expect([...message.attachments.values()].map(({ filename }) => filename)).toEqual(['a.txt']);
    await client.rest.channels.createMessage(channel.id, {
      content: 'hello yourself',
      embeds: [{ title: 'An embed', fields: [{ name: 'n', value: 'v' }] }],
      messageReference: { messageID: message.id },
    });
    await ana.in(channel).waitFor(({ content }) => content === 'hello yourself');
    const history = await client.rest.channels.getMessages(channel.id, { limit: 10 });
    expect(history.map(({ content }) => content)).toEqual(['hello yourself', 'hello']);
  });

  it('deploys a command, receives its use and answers', async () => {
    await logIn();
    client.on('interactionCreate', (interaction: AnyInteractionGateway) => {
      answer(interaction).catch((error: unknown) => errors.push(error));
    });
    await client.application.bulkEditGlobalCommands([
      {
        type: 1,
        name: 'explain',
        description: 'Explains',
        options: [{ type: 3, name: 'mode', description: 'How' }],
      },
    ]);
    const run = await ana.in(channel).command('explain', { mode: 'debug' });
    const reply = await run.reply();
    expect(reply.content).toBe('Explained as debug');
    expect(run.ephemeral).toBe(true);
    const clicked = await ana.in(channel).click(reply, 'more');
    expect((await clicked.reply()).content).toBe('More');
  });
});

async function answer(interaction: AnyInteractionGateway): Promise<void> {
  if (interaction.type === InteractionTypes.APPLICATION_COMMAND) {
    await interaction.defer(64);
    const button = { type: 2, style: 1, label: 'More', customID: 'more' } as const;
    await interaction.editOriginal({
      content: `Explained as ${interaction.data.options.getString('mode')}`,
      components: [{ type: 1, components: [button] }],
    });
  } else if (interaction.type === InteractionTypes.MESSAGE_COMPONENT) {
    await interaction.editParent({ content: 'More', components: [] });
  }
}
