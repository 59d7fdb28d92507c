import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startLocalDiscord } from '../../../sandbox/demo/index.ts';
import { capture } from './support.ts';

const settings = () => {
  const { output, text } = capture();
  return { text, options: { bot: 'Scribe', timezone: 'UTC', input: new PassThrough(), output, fast: true } };
};

test('it says where it is, and its token opens its gateway', async () => {
  const { options, text } = settings();
  const local = await startLocalDiscord(options);
  expect(text()).toContain(`Scribe has a Discord here. Open it in a browser:\n  ${local.url}`);
  const playing = local.play(null);
  const response = await fetch(`${local.api}/v10/users/@me`, {
    headers: { authorization: `Bot ${local.token}` },
  });
  expect(await response.json()).toMatchObject({ username: 'Scribe', bot: true });
  await local.close();
  await playing;
});

test('closing it ends a play that still waits for the bot’s commands', async () => {
  const { options } = settings();
  const local = await startLocalDiscord(options);
  const playing = local.play(null);
  await setTimeout(20);
  await local.close();
  await expect(playing).resolves.toBeUndefined();
  await expect(local.talk()).resolves.toBeUndefined();
});

test('without a terminal nothing is asked, and it stays until it is closed', async () => {
  const { options } = settings();
  const local = await startLocalDiscord(options);
  const talking = local.talk();
  const first = await Promise.race([talking.then(() => 'left'), setTimeout(100, 'still there')]);
  expect(first).toBe('still there');
  await local.close();
  await expect(talking).resolves.toBeUndefined();
  expect(options.input.listenerCount('data')).toBe(0);
});
