import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Client } from 'discord.js';
import { expect, test } from 'vitest';

function run(...args: string[]) {
  const child = spawn(process.execPath, ['sandbox/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, exited: once(child, 'exit').then(([code]) => code as number) };
}

test('npm run sandbox prints where it is and who can log in, and stops when told to', async () => {
  const { child, exited } = run('--json', '--bots', 'writer');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { api, bots, guild } = JSON.parse(line) as {
    api: string;
    bots: { username: string; token: string }[];
    guild: { id: string };
  };
  expect(bots.map(({ username }) => username)).toEqual(['writer']);
  const client = new Client({ intents: ['Guilds'], rest: { api } });
  const ready = once(client, 'clientReady');
  await client.login(bots[0]!.token);
  await ready;
  expect(client.guilds.cache.has(guild.id)).toBe(true);
  await client.destroy();
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
});

test('without --json it says the same in words, and how to connect', async () => {
  const { child, exited } = run();
  child.stdout.once('data', () => child.kill('SIGINT'));
  const said = await text(child.stdout);
  expect(await exited).toBe(0);
  expect(said).toMatch(/^A local Discord: open http:\/\/127\.0\.0\.1:\d+ in a browser\./);
  expect(said).toMatch(/http:\/\/127\.0\.0\.1:\d+\/api/);
  expect(said).toMatch(/researcher +\d{19} {2}\S+\.\S+\.\S+/);
  expect(said).toContain('new Client(');
});

test.each([
  [['--port', 'x'], /port/i],
  [['--nonsense'], /unknown option/],
  [['--rate-limits', 'none'], /choices/],
])('%s is refused with exit code 2', async (args, expected) => {
  const { child, exited } = run(...args);
  const said = await text(child.stderr);
  expect(said).toMatch(expected);
  expect(await exited).toBe(2);
});

test('a port that is taken ends it with one clear line', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { child, exited } = run('--port', String((other.address() as AddressInfo).port));
  expect(await text(child.stderr)).toBe('That port is taken: choose another with --port.\n');
  expect(await exited).toBe(1);
  other.close();
});
