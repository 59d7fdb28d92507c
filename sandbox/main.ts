import { Command, InvalidArgumentError, Option } from 'commander';
import type { Bot, Guild, GuildChannel, Person, Sandbox } from './sandbox.ts';
import { startSandbox } from './sandbox.ts';

/** `npm run sandbox`: a Discord alone, with a small server in it, until it is told to stop. */
async function main(): Promise<void> {
  const options = optionsOf(process.argv);
  const stopped = stopSignal();
  const discord = await startSandbox({ port: options.port, rateLimits: options.rateLimits });
  const scene = furnish(discord, options.bots);
  console.log(options.json ? JSON.stringify(asData(discord, scene)) : asText(discord, scene));
  await stopped;
  await discord.close();
}

interface Options {
  port: number;
  json: boolean;
  rateLimits: 'discord' | 'off';
  bots: string[];
}

function optionsOf(argv: readonly string[]): Options {
  return new Command('npm run sandbox --')
    .description(
      'Starts a local Discord (REST v10 and gateway) on 127.0.0.1, with a server, two people and some bots in it.\n' +
        'It keeps nothing on disk: everything is gone when it stops (Ctrl+C).',
    )
    .option('-p, --port <number>', 'port to listen on; 0 takes any free one', portOf, 0)
    .option('-b, --bots <name...>', 'user names of the bots to make', ['researcher', 'coder'])
    .option('--json', 'print one JSON object instead of text', false)
    .addOption(
      new Option('--rate-limits <mode>', 'limit requests as Discord does, or never refuse')
        .choices(['discord', 'off'])
        .default('discord'),
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv)
    .opts<Options>();
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return port;
}

interface Scene {
  guild: Guild;
  people: Person[];
  bots: Bot[];
  channels: GuildChannel[];
}

function furnish(discord: Sandbox, botNames: readonly string[]): Scene {
  const ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  const ben = discord.createPerson({ username: 'ben', displayName: 'Ben' });
  const guild = discord.createGuild({ name: 'Sandbox', owner: ana });
  guild.add(ben);
  const bots = botNames.map((username) => discord.createBot({ username }));
  for (const bot of bots) guild.add(bot);
  const channels = ['general', 'project-refactor'].map((name) => guild.createChannel({ name }));
  ana.in(channels[0]!).send(`Welcome, ${bots.join(' and ')}!`);
  return { guild, people: [ana, ben], bots, channels };
}

function asData({ url, api }: Sandbox, { guild, people, bots, channels }: Scene): object {
  return {
    url,
    api,
    guild: { id: guild.id, name: guild.name },
    channels: channels.map(({ id, name }) => ({ id, name })),
    people: people.map(({ id, username }) => ({ id, username })),
    bots: bots.map(({ id, username, token }) => ({ id, username, token })),
  };
}

function asText({ url, api }: Sandbox, { guild, people, bots, channels }: Scene): string {
  const row = (name: string, id: string, more = '') => `  ${name.padEnd(20)} ${id}  ${more}`.trimEnd();
  const token = bots[0]?.token ?? '…';
  return `A local Discord: open ${url} in a browser.
Programs find it at ${api}

Server
${row(guild.name, guild.id)}
Channels
${channels.map(({ id, name }) => row(`#${name}`, id)).join('\n')}
People
${people.map(({ id, username }) => row(username, id)).join('\n')}
Bots and their tokens
${bots.map(({ id, username, token }) => row(username, id, token)).join('\n')}

discord.js    new Client({ intents, rest: { api: '${api}' } }).login('${token}')
curl          curl -H 'Authorization: Bot ${token}' ${api}/v10/users/@me

Stop it with Ctrl+C. --help tells more.`;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

try {
  await main();
} catch (error) {
  const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(isTaken ? 'That port is taken: choose another with --port.' : error);
  process.exitCode = 1;
}
