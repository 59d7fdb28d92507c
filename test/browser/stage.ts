import { once } from 'node:events';
import { Resvg } from '@resvg/resvg-js';
import { Client } from 'discord.js';
import type { Interaction } from 'discord.js';
import type { Bot, Guild, GuildChannel, Person, Sandbox } from '../../sandbox/sandbox.ts';
import { startTestSandbox } from '../support/sandbox.ts';

/** A server with two people, a bot at the wire and a channel, all of a test's own. */
export interface Stage {
  discord: Sandbox;
  guild: Guild;
  ana: Person;
  ben: Person;
  bot: Bot;
  client: Client;
  channel: GuildChannel;
  close(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const discord = await startTestSandbox();
  const ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  const ben = discord.createPerson({ username: 'ben', displayName: 'Ben' });
  const bot = discord.createBot({ username: 'scribe' });
  const guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(ben);
  guild.add(bot);
  const channel = guild.createChannel({ name: 'general' });
  const client = new Client({ intents: ['Guilds', 'GuildMessages'], rest: { api: discord.api } });
  const ready = once(client, 'clientReady');
  await client.login(bot.token);
  await ready;
  const close = async () => {
    await client.destroy();
    await discord.close();
  };
  return { discord, guild, ana, ben, bot, client, channel, close };
}

/** The bot answers the next interaction in this way. */
export function answer({ client }: Stage, how: (interaction: Interaction) => Promise<unknown>): void {
  client.once('interactionCreate', (interaction) => void how(interaction));
}

/** A picture, 240 by 120. */
export const PNG = new Resvg(
  '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><rect width="240" height="120" fill="#1d7a41"/><circle cx="120" cy="60" r="40" fill="#fff"/></svg>',
)
  .render()
  .asPng();
