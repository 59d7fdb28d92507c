import { GatewayIntentBits } from 'discord.js';
import type { Client } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bot, Sandbox } from '../../sandbox/sandbox.ts';
import { createClient } from '../../src/discord/client.ts';
import { connectClient, refusal } from '../../src/discord/connect.ts';
import { ConfigError, StartupError } from '../../src/errors.ts';
import { startTestSandbox } from '../support/sandbox.ts';

let discord: Sandbox;
let bot: Bot;
let clients: Client[];
let lines: string[];
let stop: AbortController;
beforeEach(async () => {
  discord = await startTestSandbox();
  bot = discord.createBot({ username: 'Work Logs' });
  discord.createGuild({ name: 'Team', owner: discord.createPerson({ username: 'ana' }) }).add(bot);
  clients = [];
  lines = [];
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  for (const client of clients) await client.destroy();
  await discord.close();
});

function connect({ token = bot.token, apiUrl = discord.api } = {}): Promise<{ client: Client }> {
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  return connectClient({ token, apiUrl, log, signal: stop.signal }, () => {
    const client = createClient(apiUrl);
    clients.push(client);
    return { client };
  });
}

test('resolves when the servers are there, with the least intents that do the job', async () => {
  const { client } = await connect();
  expect(client.guilds.cache.map(({ name }) => name)).toEqual(['Team']);
  const { Guilds, GuildMessages, MessageContent, DirectMessages } = GatewayIntentBits;
  expect(client.options.intents.bitfield).toBe(Guilds | GuildMessages | MessageContent | DirectMessages);
});

test('refuses a token that Discord does not know, without repeating it', async () => {
  const token = 'MTA5OTAwMDAwMDAwMDAwMDAwMQ.wrong.token';
  const failure = await connect({ token }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as Error).message).toMatch(/DISCORD_TOKEN.*Reset Token/);
  expect(`${(failure as Error).message}${lines.join('')}`).not.toContain('wrong');
});

test('names the switch in the developer portal when Message Content is off', async () => {
  bot.setPrivilegedIntents(0);
  const failure = await connect().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as Error).message).toMatch(
    /"Message Content Intent".*discord\.com\/developers\/applications.*Privileged Gateway Intents/,
  );
});

test.each([
  ['token is reset', 4004, ConfigError],
  ['API version is retired', 4012, StartupError],
] as const)('tells when, later on, the %s', async (_, code, kind) => {
  const { client } = await connect();
  const refused = refusal(client).catch((error: unknown) => error);
  discord.faults.closeConnections(code as never);
  expect(await refused).toBeInstanceOf(kind);
});

test('keeps trying while Discord answers with errors, and says so', async () => {
  discord.faults.failRest({ status: 503, path: /gateway/, times: 5 });
  await connect();
  expect(lines.join('')).toContain('Discord cannot be reached; trying again');
});

test('keeps trying while nobody listens, and says so', async () => {
  discord.faults.refuseConnections();
  const connecting = connect();
  await expect.poll(() => lines.join('')).toContain('Discord cannot be reached; trying again');
  discord.faults.refuseConnections(false);
  await connecting;
});

test('stops trying when it is told to', async () => {
  const connecting = connect({ apiUrl: 'http://127.0.0.1:9/api' }).catch((error: unknown) => error);
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  stop.abort();
  expect(await connecting).toMatchObject({ name: 'AbortError' });
});

test('says when the connection is lost and when it is back', async () => {
  await connect();
  discord.faults.dropConnections(bot);
  await expect.poll(() => lines.join(''), { timeout: 5000 }).toContain('is back');
  expect(lines.join('')).toContain('There is no connection to Discord');
});
