import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functions } from '../../src/agents/functions/index.ts';
import { openDoors } from '../../src/agents/open.ts';
import { ask, startTeam } from '../commands/support.ts';
import { startWithDoors, tokenFor } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

describe('a token', () => {
  test('is needed, and refused in the same words when it is wrong, unknown or revoked', async () => {
    const { ana, channel, token } = team;
    const other = await tokenFor(team, team.researcher);
    const [, id] = other.split('_');
    expect((await team.call('list_logs', {}, { token: other })).status).toBe(200);
    const { text } = await ask(ana, channel, 'bot token revoke', { token: id! });
    expect(text).toContain(`Revoked: token ${id}`);
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const answers = await Promise.all(
      [null, 'nonsense', wrong, token.replace(/_\d+_/, '_999_'), other].map((given) =>
        team.call('list_logs', {}, { token: given }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]!.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('is listed with its last use, and kept as a digest alone', async () => {
    const { ana, channel, token } = team;
    await team.call('list_logs');
    const { text } = await ask(ana, channel, 'bot token list');
    expect(text).toMatch(/token 1 · \*\*researcher\*\* · last used <t:\d+:R>/);
    const kept = JSON.stringify(await team.running.app.store.tokens.list(team.guild.id));
    expect(kept).not.toContain(token.replace(/^wlt_\d+_/, ''));
  });

  test('is not for people, and opens nothing once its bot has left the server', async () => {
    const { ana, ben, channel, discord, guild } = team;
    expect((await ask(ana, channel, 'bot token create', { bot: ben.id })).text).toContain('That is a person');
    const guest = discord.createBot({ username: 'guest' });
    guild.add(guest);
    const token = await tokenFor(team, guest);
    guild.remove(guest);
    expect((await team.call('list_logs', {}, { token })).status).toBe(403);
  });
});

/** What some functions take. */
const INPUTS: Record<string, object> = {
  '/v1/list_logs': { limit: 1 },
  '/v1/log_entries': { entries: [{ message: 'x', type: 'decision', confidence: 0.5 }] },
  '/v1/log_tool': { tool_name: 'x', tool_status: 'success' },
  '/v1/await_decision': { escalation: 1 },
};

interface WithJson {
  content: { 'application/json': { schema: object } };
}

describe('the door itself', () => {
  test('refuses what is too large, packed to burst, in another form, or no JSON', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
    const gzip = { 'content-encoding': 'gzip' };
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(64 * 1024 * 1024, 32)));
    const rows: [number, Parameters<WithDoors['call']>[2]][] = [
      [413, { body: 'x'.repeat(10 * 1024 * 1024) }],
      [413, { body: bomb, headers: gzip }],
      [400, { body: '{}', headers: gzip }],
      [415, { body: '{}', headers: { 'content-encoding': 'br' } }],
      [415, { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
      [400, { body: '{' }],
      [400, { body: '{"a":1,"a":2}' }],
      [400, { body: '['.repeat(100) + ']'.repeat(100) }],
      [400, { body: Uint8Array.of(0xff, 0xfe) }],
      [400, { body: '{"entries":[{"message":"x","__proto__":{}}]}' }],
      [400, { body: '{"entries":[]}' }],
      [200, { body: new Uint8Array(gzipSync(bytes('{"entries":[{"message":"packed"}]}'))), headers: gzip }],
    ];
    for (const [status, said] of rows)
      expect(await team.call('log_entries', {}, said)).toMatchObject({ status });
  });

  test('serves programs of this machine, not web pages of others', async () => {
    const asked = (headers: Record<string, string>) =>
      new Promise<string>((resolve, reject) => {
        const { port, hostname } = new URL(team.url());
        const socket = connect(Number(port), hostname, () => {
          const all = { host: `127.0.0.1:${port}`, connection: 'close', ...headers };
          const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
          socket.write(`GET /v1/openapi.json HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        });
        socket.once('data', (data) => resolve(data.toString().split(' ')[1]!));
        socket.once('error', reject);
      });
    expect(await asked({})).toBe('200');
    expect(await asked({ host: 'localhost:1' })).toBe('200');
    expect(await asked({ host: 'evil.example' })).toBe('403');
    expect(await asked({ origin: 'https://evil.example' })).toBe('403');
    expect(await asked({ origin: 'null' })).toBe('403');
    expect(await asked({ origin: 'http://localhost:3000' })).toBe('200');
  });

  test('does not wait for a client that sends nothing more, and lets none call too often', async () => {
    const { app } = team.running;
    const api = { host: '127.0.0.1', port: 0, allowedHosts: [] };
    const rate = { burst: 4, perSecond: 0.5 };
    const doors = await openDoors(app, { report: async () => [] }, { api, rate, patience: 200 });
    const { port } = new URL(doors.url);
    const beginnings = [
      'POST /v1/how HTTP/1.1\r\nhost: localhost\r\n',
      `POST /v1/how HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${team.token}\r\ncontent-length: 99\r\n\r\n{"que`,
    ];
    for (const beginning of beginnings) {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(beginning));
      socket.resume();
      await once(socket, 'close');
    }
    const headers = { authorization: `Bearer ${team.token}` };
    const statuses = [];
    for (let n = 0; n < 4; n += 1) {
      const response = await fetch(`${doors.url}/v1/list_logs`, { method: 'POST', headers });
      statuses.push([response.status, response.headers.get('retry-after')]);
    }
    expect(statuses).toEqual([
      [200, null],
      [200, null],
      [200, null],
      [429, '2'],
    ]);
    await doors.close();
  });

  test('lets go of who waits when it closes', async () => {
    const { app } = team.running;
    const { body } = await team.call('escalate', { reason: 'Nobody answers this' });
    const api = { host: '127.0.0.1', port: 0, allowedHosts: [] };
    const doors = await openDoors(app, { report: async () => [] }, { api });
    const waiting = fetch(`${doors.url}/v1/await_decision`, {
      method: 'POST',
      headers: { authorization: `Bearer ${team.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ escalation: body['escalation'], wait_s: 50 }),
    }).then(
      ({ status }) => status,
      () => 'cut',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await doors.close();
    expect([503, 'cut']).toContain(await waiting);
  });

  test('describes every function to programs', async () => {
    const description = (await (await fetch(`${team.url()}/v1/openapi.json`)).json()) as {
      paths: Record<
        string,
        { post: { requestBody: WithJson; responses: Record<'200' | 'default', WithJson> } }
      >;
    };
    expect(Object.keys(description.paths)).toEqual(functions.map(({ name }) => `/v1/${name}`));
    const ajv = new Ajv2020({ strict: false });
    for (const [path, { post }] of Object.entries(description.paths)) {
      const { schema } = post.requestBody.content['application/json'];
      expect(schema).toMatchObject({ type: 'object' });
      const takes = ajv.compile(schema);
      expect(takes(INPUTS[path] ?? { nonsense: 1 })).toBe(path in INPUTS);
      expect(takes({ nonsense: 1 })).toBe(false);
      const gives = ajv.compile(post.responses['200'].content['application/json'].schema);
      expect(gives({ nonsense: 1 })).toBe(false);
    }
    const { schema } = description.paths['/v1/list_logs']!.post.responses['200'].content['application/json'];
    expect(ajv.validate(schema, (await team.call('list_logs')).body)).toBe(true);
    expect(await team.call('nonsense')).toMatchObject({ status: 404 });
    const got = await fetch(`${team.url()}/v1/list_logs`);
    expect(got.status).toBe(405);
  });
});

test('there is no door unless its port is set, and whoever makes a token is told so', async () => {
  const closed = await startTeam();
  expect(closed.running.agentUrl).toBeNull();
  const { text } = await ask(closed.ana, closed.channel, 'bot token create', { bot: closed.researcher.id });
  expect(text).toContain('AGENT_API_PORT');
  await closed.end();
});
