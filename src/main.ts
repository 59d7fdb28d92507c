// This comes first: it ends the process on a Node that would crash on what follows.
import './node-version.ts';
import { startBackend } from './backend.ts';
import { startBot } from './bot.ts';
import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { exitWith, stopSignal, toldTo } from './lifecycle.ts';
import { createLog } from './log.ts';

await exitWith(main);

/** Config → Discord → backend → bot, until the process is told to stop; then all of it is closed, the last one first. */
async function main(): Promise<void> {
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const signal = stopSignal();
  await using open = new AsyncDisposableStack();
  const discord = await discordOf(config);
  open.defer(discord.close);
  const log = createLog({ level: config.logLevel, secrets: [discord.token] });
  const backend = await startBackend({ path: config.dbPath, idle: config.idleTimes });
  open.defer(() => backend.close());
  const bot = await startBot({ config: { ...config, discord }, backend, log, now: Date.now, signal });
  open.defer(() => bot.stop());
  await Promise.race([toldTo(signal), bot.refused]);
  log.info('Stopping: what has arrived is recorded, then everything is closed.');
}

type Discord = Config['discord'] & { token: string; close(): Promise<void> };

/** The Discord of the configuration or, without a token, one of our own. */
async function discordOf({ discord }: Config): Promise<Discord> {
  const { token } = discord;
  return token === undefined ? localDiscord() : { ...discord, token, close: async () => {} };
}

/** Starts a Discord on this machine with a server and this bot in it. */
async function localDiscord(): Promise<Discord> {
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const sandbox = await startSandbox();
  const bot = sandbox.createBot({ username: 'Work Logs' });
  const owner = sandbox.createPerson({ username: 'you' });
  sandbox.createGuild({ name: 'Local', owner }).add(bot);
  return { token: bot.token, apiUrl: sandbox.api, guildId: undefined, close: () => sandbox.close() };
}
