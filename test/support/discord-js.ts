import { Client, Events, GatewayIntentBits, type ClientOptions, type Interaction } from 'discord.js';
import type { Bot, Guild, GuildChannel, Person, Sandbox, SandboxOptions } from '../../sandbox/sandbox.ts';
import { startTestSandbox } from './sandbox.ts';

/** Logs a bot in with a real discord.js client; resolves when it is ready. */
export async function connect(
  sandbox: Sandbox,
  bot: Bot,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...options,
    rest: { ...options.rest, api: sandbox.api },
  });
  const ready = new Promise<Client<true>>((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(bot.token);
  return ready;
}

/** A guild with two people, a channel, and a bot that is connected. */
export interface Stage {
  discord: Sandbox;
  guild: Guild;
  channel: GuildChannel;
  /** Owns the guild. */
  ana: Person;
  ben: Person;
  bot: Bot;
  client: Client<true>;
  /** Handles every interaction from now on; what a handler throws is thrown again by `close`. */
  handle(handler: (interaction: Interaction) => Promise<unknown>): void;
  close(): Promise<void>;
}

export async function setStage(
  options: SandboxOptions = {},
  clientOptions: Partial<ClientOptions> = {},
): Promise<Stage> {
  const discord = await startTestSandbox(options);
  const ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  const ben = discord.createPerson({ username: 'ben' });
  const bot = discord.createBot({ username: 'researcher' });
  const guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(ben);
  guild.add(bot);
  const channel = guild.createChannel({ name: 'general' });
  const client = await connect(discord, bot, clientOptions);
  const failures: unknown[] = [];
  return {
    discord,
    guild,
    channel,
    ana,
    ben,
    bot,
    client,
    handle: (handler) => {
      client.removeAllListeners(Events.InteractionCreate);
      client.on(Events.InteractionCreate, (interaction) => {
        handler(interaction).catch((error: unknown) => failures.push(error));
      });
    },
    close: async () => {
      await client.destroy();
      await discord.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}
