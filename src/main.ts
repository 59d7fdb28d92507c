// This comes first: it ends the process on a Node that would crash on what follows.
import './node-version.ts';
import { WorkLogsClient } from './agents/client.ts';
import { readArguments } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { startBackend } from './backend.ts';
import { startBot } from './bot.ts';
import { loadConfig, withDatabase } from './config.ts';
import { withDoor } from './config/agent-api.ts';
import type { Config } from './config.ts';
import { ConfigError } from './errors.ts';
import { closeInTime, exitWith, stopSignal, toldTo } from './lifecycle.ts';
import { createLog } from './log.ts';
import { temporaryDatabase } from './temporary-database.ts';
import { closingCardFor } from './views/closing-card.ts';

await exitWith(main);

/** Config → Discord → backend → bot, until the process is told to stop; then all of it is closed, the last one first. */
async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  const loaded = loadConfig({ env: process.env, cwd: process.cwd() });
  const signal = stopSignal();
  await using open = new AsyncDisposableStack();
  const { config, discord } = await placesOf(loaded, options, open);
  const log = createLog({ level: config.logLevel, secrets: [discord.token], out: discord.logTo });
  const card = closingCardFor(config.workLogs);
  const { dbPath: path, recording: rules, escalations, insights } = config;
  const backend = await startBackend({ path, rules, card, escalations, insights });
  open.defer(() => backend.close());
  const bot = await startBot({ config: { ...config, discord }, backend, log, now: discord.now, signal });
  open.defer(() => bot.stop());
  discord.onLeap(() => bot.clockLeapt());
  await Promise.race([toldTo(signal), bot.failed.catch(closeInTime), discord.visit(bot.agentUrl)]);
  log.info('Stopping: what has arrived is recorded, then everything is closed.');
}

type Discord = Config['discord'] & {
  token: string;
  logTo: NodeJS.WriteStream;
  /** ms UTC. */
  now(): number;
  /** Tells when its time leaps. */
  onLeap(listener: () => Promise<void>): void;
  /** Resolves when the person at this terminal has seen enough. `agentUrl`: where agents' programs reach the bot. */
  visit(agentUrl: string | null): Promise<void>;
};

interface Places {
  config: Config;
  discord: Discord;
}

/** The Discord of the configuration or, without a token, one on this machine with agents at work, and nothing left of it at the end. */
async function placesOf(config: Config, options: Arguments, open: AsyncDisposableStack): Promise<Places> {
  const { token } = config.discord;
  if (token === undefined) return localPlaces(config, options, open);
  if (options.replay !== undefined)
    throw new ConfigError('--replay plays in a local Discord: unset DISCORD_TOKEN.');
  const own = { token, logTo: process.stdout, now: Date.now, onLeap: () => {}, visit: forever };
  return { config, discord: { ...config.discord, ...own } };
}

// Hoisted: the program has begun by the time that a constant down here would be set.
function forever(): Promise<never> {
  return new Promise(() => {});
}

async function localPlaces(
  chosen: Config,
  { fast, replay }: Arguments,
  open: AsyncDisposableStack,
): Promise<Places> {
  const { startLocalDiscord, InputError } = await import('../sandbox/demo/index.ts');
  const { stdin: input, stdout: output, stderr: logTo } = process;
  const { config, notes } = databaseOf(withDoor(chosen), open);
  const { timezone } = config;
  const local = await startLocalDiscord({
    bot: 'Work Logs',
    timezone,
    input,
    output,
    fast,
    replay,
    notes,
  }).catch((error: unknown) => {
    throw error instanceof InputError ? new ConfigError(error.message) : error;
  });
  open.defer(local.close);
  const { token, now, onLeap } = local;
  const visit = (url: string | null) => local.play(url === null ? null : doorAt(url)).then(local.talk);
  return { config, discord: { token, apiUrl: local.api, guildId: undefined, logTo, now, onLeap, visit } };
}

/** With the client that agents' authors have, too. */
function doorAt(url: string) {
  return { url, clientFor: (token: string) => new WorkLogsClient({ url, token }) };
}

/** Each local Discord is a new world: what was recorded of another is of no use in it. */
function databaseOf(config: Config, open: AsyncDisposableStack): { config: Config; notes: string[] } {
  if (config.dbIsChosen) return { config, notes: [] };
  const { path, remove } = temporaryDatabase();
  open.defer(remove);
  const note = `What is recorded here ends with it. (Until then it is in ${path}; WORK_LOGS_DB=FILE keeps it.)`;
  return { config: withDatabase(config, path), notes: [note] };
}
