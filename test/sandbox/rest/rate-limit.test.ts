import { describe, expect, it } from 'vitest';
import { manualClock } from '../../../sandbox/clock.ts';
import { createRateLimiter } from '../../../sandbox/rest/rate-limit.ts';
import { setStage } from '../../support/discord-js.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

const channel = '1099511627776000001';
const other = '1099511627776000002';
const post = (path: string, caller = 'Bot a') => ({ method: 'POST', path, caller });

function setUp() {
  const clock = manualClock(Date.UTC(2026, 0, 1));
  return { clock, limiter: createRateLimiter(clock, 'discord') };
}

describe('rate limits', () => {
  it('tell in headers what is left of a bucket', () => {
    const { limiter, clock } = setUp();
    limiter.take(post(`/channels/${channel}/messages`));
    clock.advance(1000);
    const { headers, refused } = limiter.take(post(`/channels/${channel}/messages`));
    expect(refused).toBeUndefined();
    expect(headers).toMatchObject({
      'X-RateLimit-Limit': '5',
      'X-RateLimit-Remaining': '3',
      'X-RateLimit-Reset-After': '4.000',
      'X-RateLimit-Reset': String(Date.UTC(2026, 0, 1, 0, 0, 5) / 1000) + '.000',
    });
    expect(headers['X-RateLimit-Bucket']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('refuse the sixth message in five seconds, in that channel and of that bot only', () => {
    const { limiter, clock } = setUp();
    const send = (place = channel, caller = 'Bot a') =>
      limiter.take(post(`/channels/${place}/messages`, caller));
    for (let count = 0; count < 5; count += 1) expect(send().refused).toBeUndefined();
    const { headers, refused } = send();
    expect(refused).toEqual({
      message: 'You are being rate limited.',
      retry_after: 5,
      global: false,
      code: 0,
    });
    expect(headers).toMatchObject({
      'Retry-After': '5',
      'X-RateLimit-Scope': 'user',
      'X-RateLimit-Remaining': '0',
    });
    expect(send(other).refused).toBeUndefined();
    expect(send(channel, 'Bot b').refused).toBeUndefined();
    clock.advance(5000);
    expect(send().refused).toBeUndefined();
  });

  it('refuse the 51st request in a second, wherever it goes', () => {
    const { limiter } = setUp();
    for (let count = 0; count < 50; count += 1)
      limiter.take({ method: 'GET', path: `/users/${count}`, caller: 'Bot a' });
    const { headers, refused } = limiter.take({ method: 'GET', path: '/gateway/bot', caller: 'Bot a' });
    expect(refused).toMatchObject({ global: true, retry_after: 1 });
    expect(headers).toMatchObject({
      'X-RateLimit-Global': 'true',
      'X-RateLimit-Scope': 'global',
      'Retry-After': '1',
    });
  });

  it('leave interactions alone', () => {
    const { limiter } = setUp();
    for (let count = 0; count < 60; count += 1) {
      expect(limiter.take(post(`/interactions/${channel}/token/callback`, 'anonymous'))).toEqual({
        headers: {},
      });
    }
    expect(limiter.take({ method: 'GET', path: '/gateway', caller: 'anonymous' }).refused).toBeUndefined();
  });

  it('block a caller after 10,000 invalid requests for the rest of ten minutes', () => {
    const { limiter, clock } = setUp();
    const get = () => limiter.take({ method: 'GET', path: '/gateway', caller: 'Bot a' });
    for (let count = 0; count < 9999; count += 1) limiter.countInvalid('Bot a');
    expect(get().refused).toBeUndefined();
    limiter.countInvalid('Bot a');
    clock.advance(60_000);
    expect(get().refused).toMatchObject({ global: true, retry_after: 540 });
    clock.advance(540_000);
    expect(get().refused).toBeUndefined();
  });

  it('can be switched off, which keeps the headers', () => {
    const limiter = createRateLimiter(manualClock(), 'off');
    for (let count = 0; count < 100; count += 1) {
      const { headers, refused } = limiter.take(post(`/channels/${channel}/messages`));
      expect(refused).toBeUndefined();
      expect(headers['X-RateLimit-Remaining']).toBe('4');
    }
  });
});

describe('rate limits on the wire', () => {
  it('answer 429 as Discord does', async () => {
    const clock = manualClock();
    const discord = await startTestSandbox({ rateLimits: 'discord', clock });
    const get = () => fetch(`${discord.api}/v10/gateway`);
    for (let count = 0; count < 50; count += 1) expect((await get()).status).toBe(200);
    const response = await get();
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ global: true, code: 0 });
    expect(response.headers.get('retry-after')).toBe('1');
    clock.advance(1000);
    expect((await get()).status).toBe(200);
    await discord.close();
  });

  it('slow discord.js down without losing anything', async () => {
    const stage = await setStage({ rateLimits: 'discord' });
    const messages = Array.from({ length: 7 }, (_, index) => stage.bot.in(stage.channel).send(`${index}`));
    const target = await stage.client.channels.fetch(stage.channel.id);
    if (!target?.isSendable()) throw new Error('The channel cannot be written to');
    const started = Date.now();
    await Promise.all(messages.map(({ id }) => target.messages.delete(id)));
    expect(Date.now() - started).toBeGreaterThan(800);
    expect(stage.ana.in(stage.channel).see()).toEqual([]);
    await stage.close();
  });
});
