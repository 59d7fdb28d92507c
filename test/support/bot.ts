import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { z } from 'zod';
import type { Bot as BotAccount, Guild, GuildChannel, Person, Sandbox } from '../../sandbox/sandbox.ts';
import type { App } from '../../src/app.ts';
import { createBackendService } from '../../src/backend-service.ts';
import { startBot } from '../../src/bot.ts';
import { loadConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import type { configFile } from '../../src/config/file.ts';
import { createLog } from '../../src/log.ts';
import { openTestStore } from './empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { startTestSandbox } from './sandbox.ts';

export interface TestBotOptions {
  discord: Pick<Sandbox, 'api'>;
  bot: BotAccount;
  /** What the config file holds. */
  config?: z.input<typeof configFile> | undefined;
  /** Variables of the environment, beside those that point to the sandbox. */
  env?: Record<string, string>;
  /** Path of the database, or an open store that the test closes itself. Default: in memory. */
  db?: string | Store;
  now?: () => number;
}

/** The real bot, with a real store and a real client, in this process. */
export interface TestBot {
  app: App;
  /** Where agents' programs reach it: with AGENT_API_PORT alone. */
  agentUrl: string | null;
  /** Resolves when everything that happened in Discord before is durable, and mapped. */
  settled(): Promise<void>;
  /** The log's lines so far, as JSON. */
  logged(): string[];
  /** Stops the bot as the program does, and closes its store. */
  stop(): Promise<void>;
}

export async function startTestBot(options: TestBotOptions): Promise<TestBot> {
  const { bot: account, db = ':memory:', now = Date.now } = options;
  const store = typeof db === 'string' ? await openTestStore({ path: db, now }) : db;
  const config = testConfig(options);
  const { log, logged } = collectingLog(account.token);
  const bot = await startBot({
    config: { ...config, discord: { ...config.discord, token: account.token } },
    backend: await createBackendService(store, config.recording),
    log,
    now,
    signal: new AbortController().signal,
  });
  return {
    app: bot.app,
    agentUrl: bot.agentUrl,
    logged,
    async settled() {
      await roundTrip(bot.app);
      await bot.settled();
    },
    async stop() {
      await bot.stop();
      if (typeof db === 'string') await store.close();
    },
  };
}

/** The configuration as the program would load it. */
export function testConfig({ discord, config = {}, env = {} }: Omit<TestBotOptions, 'bot'>): Config {
  const cwd = mkdtempSync(join(tmpdir(), 'work-logs-bot-'));
  try {
    writeFileSync(join(cwd, 'work-logs.config.json'), JSON.stringify(config));
    return loadConfig({ env: { DISCORD_API_URL: discord.api, ...env }, cwd });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function collectingLog(token: string) {
  const out = new PassThrough();
  const lines: string[] = [];
  out.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trimEnd().split('\n')));
  return { log: createLog({ level: 'info', secrets: [token], out }), logged: () => lines };
}

/** The answer comes on the gateway, behind every event that was sent before; a question on a lost connection is asked again. */
async function roundTrip({ client }: App): Promise<void> {
  const guild = client.guilds.cache.first();
  for (let answered = !guild; !answered;) {
    answered = await guild!.members.fetch({ query: 'nobody-of-that-name', limit: 1, time: 300 }).then(
      () => true,
      () => false,
    );
  }
}

/** A server with an owner, one more person, an agent, a channel, and the bot, which is a member but not yet started. */
export interface Team {
  discord: Sandbox;
  guild: Guild;
  channel: GuildChannel;
  /** Owns the server. */
  ana: Person;
  ben: Person;
  /** An agent; it only speaks. */
  researcher: BotAccount;
  /** The bot under test. */
  bot: BotAccount;
}

export async function createTeam(channelName = 'project-site'): Promise<Team> {
  const discord = await startTestSandbox();
  const ana = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  const ben = discord.createPerson({ username: 'ben', displayName: 'Ben' });
  const bot = discord.createBot({ username: 'Work Logs' });
  const researcher = discord.createBot({ username: 'researcher' });
  const guild = discord.createGuild({ name: 'Team', owner: ana });
  for (const member of [ben, bot, researcher]) guild.add(member);
  return { discord, guild, channel: guild.createChannel({ name: channelName }), ana, ben, researcher, bot };
}
