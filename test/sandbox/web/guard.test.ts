import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOurs } from '../../../sandbox/web/guard.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let discord: Sandbox;
beforeAll(async () => {
  discord = await startTestSandbox();
});
afterAll(() => discord.close());

test.each([
  ['127.0.0.1:80', undefined, true],
  ['localhost:8080', 'http://localhost:8080', true],
  ['[::1]:80', 'http://[::1]:80', true],
  [undefined, undefined, false],
  ['evil.example', undefined, false],
  ['127.0.0.1.evil.example:80', undefined, false],
  ['localhost.', undefined, false],
  ['127.0.0.1:80', 'http://evil.example', false],
  ['127.0.0.1:80', 'http://127.0.0.1:81', false],
  ['127.0.0.1:80', 'https://127.0.0.1:80', false],
  ['127.0.0.1:80', 'null', false],
])('Host %s with Origin %s: ours is %s', (host, origin, expected) => {
  expect(isOurs(host, origin)).toBe(expected);
});

/** fetch does not let one choose the Host. */
async function get(path: string, headers: Record<string, string>) {
  const { port } = new URL(discord.url);
  const sent = request({ host: '127.0.0.1', port, path, headers }).end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode as number, body: await text(response) };
}

test.each(['/', '/web/main.js', '/web/api/people', '/api/v10/gateway', '/attachments/1/2/x.png'])(
  '%s is refused under a foreign name, and to a foreign page',
  async (path) => {
    expect((await get(path, { host: 'evil.example' })).status).toBe(403);
    expect((await get(path, { origin: 'https://evil.example' })).status).toBe(403);
  },
);

test.each(['/web/socket', '/?v=10&encoding=json'])(
  'a WebSocket at %s is refused to a foreign page',
  async (path) => {
    const socket = new WebSocket(discord.url.replace('http', 'ws') + path, {
      origin: 'https://evil.example',
    });
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('403');
  },
);

test('the page’s socket needs to be told where the page is from; the gateway does not', async () => {
  const at = discord.url.replace('http', 'ws');
  const [error] = await once(new WebSocket(`${at}/web/socket`), 'error');
  expect(String(error)).toContain('403');
  const gateway = new WebSocket(`${at}/?v=10&encoding=json`);
  const [hello] = await once(gateway, 'message');
  expect(String(hello)).toContain('"op":10');
  gateway.terminate();
});

test('a program gets on with the API as before', async () => {
  expect((await get('/api/v10/gateway', {})).status).toBe(200);
});

test('what the page does cannot be done by a form of another site, nor without its token', async () => {
  const act = (headers: Record<string, string>) =>
    fetch(`${discord.url}/web/api/acts/send`, { method: 'POST', headers, body: '{"channel":"1"}' });
  expect((await act({})).status).toBe(403);
  expect((await act({ origin: discord.url })).status).toBe(401);
  expect((await act({ origin: discord.url, 'x-visit': 'guess' })).status).toBe(401);
});

test('everything that a browser is shown has the strict policy', async () => {
  for (const path of ['/', '/channels/1/2', '/web/main.js', '/web/styles/base.css', '/web/nothing.js']) {
    const { headers } = await fetch(discord.url + path);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test.each([
  ['/web/main.js', 200],
  ['/web/lib/lit-html/lit-html.js', 200],
  ['/web/lib/lit-html/directives/repeat.js', 200],
  ['/web/lib/lit-html/directives/unsafe-html.js', 404],
  ['/web/lib/ws/index.js', 404],
  ['/web/..%2f..%2fworld.ts', 404],
  ['/web/views', 404],
  ['/web/tsconfig.json', 404],
  ['/web/.env', 404],
])('%s answers %i', async (path, status) => {
  expect((await get(path, {})).status).toBe(status);
});
