// This comes first: it ends the process on a Node that would crash on what follows.
import './node-version.ts';
import { startBackend } from './backend.ts';
import { startBot } from './bot.ts';
import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { closeInTime, exitWith, stopSignal, toldTo } from './lifecycle.ts';
import { createLog } from './log.ts';
import { closingCardFor } from './views/closing-card.ts';

await exitWith(main);

/** Config → Discord → backend → bot, until the process is told to stop; then all of it is closed, the last one first. */
async function main(): Promise<void> {
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const signal = stopSignal();
  await using open = new AsyncDisposableStack();
  const discord = await discordOf(config);
  open.defer(discord.close);
  const log = createLog({ level: config.logLevel, secrets: [discord.token], out: discord.logTo });
  const card = closingCardFor(config.workLogs);
  const { dbPath: path, recording: rules, escalations, insights } = config;
  const backend = await startBackend({ path, rules, card, escalations, insights });
  open.defer(() => backend.close());
  const bot = await startBot({ config: { ...config, discord }, backend, log, now: Date.now, signal });
  open.defer(() => bot.stop());
  await Promise.race([toldTo(signal), bot.failed.catch(closeInTime), discord.visit()]);
  log.info('Stopping: what has arrived is recorded, then everything is closed.');
}

type Discord = Config['discord'] & {
  token: string;
  logTo: NodeJS.WriteStream;
  /** Resolves when the person at this terminal has seen enough. */
  visit(): Promise<void>;
  close(): Promise<void>;
};

/** The Discord of the configuration or, without a token, one on this machine with agents at work. */
async function discordOf({ discord }: Config): Promise<Discord> {
  const { token } = discord;
  if (token === undefined) return localDiscord();
  return { ...discord, token, logTo: process.stdout, visit: forever, close: async () => {} };
}

// Hoisted: the program has begun by the time that a constant down here would be set.
function forever(): Promise<never> {
  return new Promise(() => {});
}

async function localDiscord(): Promise<Discord> {
  const { startLocalDiscord } = await import('../sandbox/demo/index.ts');
  const { stdin: input, stdout: output, stderr: logTo, argv } = process;
  const local = await startLocalDiscord({ bot: 'Work Logs', input, output, fast: argv.includes('--fast') });
  const visit = () => local.play().then(local.talk);
  return { token: local.token, apiUrl: local.api, guildId: undefined, logTo, visit, close: local.close };
}
