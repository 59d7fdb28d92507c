import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { SEEN } from '../src/domain/coverage.ts';
import { DigestFold } from '../src/domain/digest.ts';
import type { Digest } from '../src/domain/digest.ts';
import { createLog } from '../src/log.ts';
import { leadOf } from '../src/summary-lead.ts';
import { entry, NOW } from './views/support.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Heard {
  url: string | undefined;
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: string }[] };
}

/** An endpoint that answers this, and what it was asked. */
async function endpoint(status: number, answer: unknown): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { authorization } = request.headers;
    heard.push({ url: request.url, authorization, body: JSON.parse(body) as Heard['body'] });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server!.address() as AddressInfo).port}/v1`, heard };
}

const says = (content: string) => ({ choices: [{ message: { role: 'assistant', content } }] });

function digest(): Digest {
  const fold = new DigestFold({ from: 0, to: NOW, confidenceThreshold: 0.7 });
  fold.add(entry(1, { level: 'error', message: 'The login of 3 users failed' }));
  return fold.digest({ sessions: [], escalations: [], insights: [], coverage: SEEN });
}

function lead(url: string | null) {
  const llm = url === null ? null : { url, model: 'small', key: 'k' };
  const config = { summary: { llm, quiet: 'skip', at: {} } };
  const log = createLog({ level: 'silent', secrets: [] });
  return leadOf({ config, log } as never, digest());
}

test('the model is asked with the lines of the report alone, and what it says leads the report', async () => {
  const { url, heard } = await endpoint(200, says('The login of 3 users failed for nanobot.'));
  expect(await lead(url)).toBe('The login of 3 users failed for nanobot.');
  expect(heard).toMatchObject([
    { url: '/v1/chat/completions', authorization: 'Bearer k', body: { model: 'small' } },
  ]);
  expect(heard[0]!.body.messages[1]!.content).toBe('went wrong: nanobot: The login of 3 users failed');
});

test.each([
  ['another number', 200, says('The login of 5 users failed.')],
  ['an error', 500, { error: 'overloaded' }],
  ['something else', 200, { text: 'hello' }],
])('a model that answers with %s is left out', async (_what, status, answer) => {
  const { url } = await endpoint(status, answer);
  expect(await lead(url)).toBeNull();
});

test('without a model nothing is asked, and one that is not there is left out', async () => {
  expect(await lead(null)).toBeNull();
  expect(await lead('http://127.0.0.1:9/v1')).toBeNull();
});
