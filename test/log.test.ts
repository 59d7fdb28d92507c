import { PassThrough } from 'node:stream';
import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

const TOKEN = 'MTIz.abc-def.ghi';

function logTo({ isTTY }: { isTTY: boolean }) {
  const out = Object.assign(new PassThrough(), { isTTY });
  const log = createLog({ level: 'info', secrets: [TOKEN], out });
  return { log, text: () => (out.read() as Buffer | null)?.toString() ?? '' };
}

test('writes JSON where no person watches, and text where one does', () => {
  const json = logTo({ isTTY: false });
  json.log.info({ guild: 'Team' }, 'ready');
  expect(JSON.parse(json.text())).toMatchObject({ guild: 'Team', msg: 'ready' });

  const terminal = logTo({ isTTY: true });
  terminal.log.info('ready');
  expect(terminal.text()).toMatch(/INFO.*ready/);
});

test('never prints the token, wherever it turns up', () => {
  const { log, text } = logTo({ isTTY: false });
  log.error({ err: new Error(`bad ${TOKEN}`), headers: { authorization: `Bot ${TOKEN}` } }, `with ${TOKEN}`);
  const line = text();
  expect(line).not.toContain(TOKEN);
  expect(JSON.parse(line).msg).toBe('with [redacted]');
});

test("keeps what people wrote and interaction tokens out of an error of Discord's API", () => {
  const { log, text } = logTo({ isTTY: false });
  const url = 'https://discord.com/api/v10/interactions/1099000000000000001/aW50ZXJhY3Rpb24/callback';
  const body = { code: 10062, message: 'Unknown interaction' };
  const request = { files: undefined, body: { content: 'a private answer' } };
  log.error({ err: new DiscordAPIError(body, 10062, 404, 'POST', url, request) }, 'failed');
  const line = text();
  expect(line).not.toContain('aW50ZXJhY3Rpb24');
  expect(line).not.toContain('a private answer');
  expect(JSON.parse(line).err).toMatchObject({ code: 10062, status: 404, message: 'Unknown interaction' });
});

test('says nothing below its level', () => {
  const { log, text } = logTo({ isTTY: false });
  log.debug('details');
  expect(text()).toBe('');
});
