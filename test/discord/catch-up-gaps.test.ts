import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messagesOf, numbered, RULES, startAway } from './catch-up-support.ts';
import type { Away } from './catch-up-support.ts';

let away: Away;
beforeEach(async () => {
  away = await startAway();
});
afterEach(() => away.end());

describe('gaps', () => {
  test('without the right to read history: one that lasts, and goes when the right is given and all is read', async () => {
    const { channel, ana, bot: self } = away.team;
    ana.in(channel).send('seen');
    await away.running.settled();
    await away.stop();
    channel.setOverwrites([{ id: self, deny: P.ReadMessageHistory }]);
    ana.in(channel).send('missed');
    await away.start();
    expect(await away.gaps()).toMatchObject([{ reason: 'no_history_permission', to: null, whole: true }]);
    await away.stop();
    await away.start();
    expect(await away.gaps()).toHaveLength(1);
    channel.setOverwrites([]);
    ana.in(channel).send('again');
    await away.running.settled();
    expect(await away.said()).toEqual(['seen', 'missed', 'again']);
    expect(await away.gaps()).toEqual([]);
  });

  test('begin when a channel is hidden from the running bot', async () => {
    const { channel, ana, bot: self } = away.team;
    const hiddenAt = Date.now();
    channel.setOverwrites([{ id: self, deny: P.ViewChannel }]);
    ana.in(channel).send('behind the curtain');
    await away.running.settled();
    const [gap] = await away.gaps();
    expect(gap).toMatchObject({ reason: 'channel_hidden', to: null });
    expect(gap!.from).toBeGreaterThanOrEqual(hiddenAt);
    channel.setOverwrites([]);
    await away.running.settled();
    expect(await away.said()).toEqual(['behind the curtain']);
    expect(await away.gaps()).toEqual([]);
  });

  test('beyond the limit: the newest messages are read, the time of the others is stated', async () => {
    const { channel, ana, researcher } = away.team;
    ana.in(channel).send('seen');
    await away.running.settled();
    await away.stop();
    for (const text of numbered(350)) researcher.in(channel).send(text);
    await away.start({ config: { ...RULES, catch_up: { max_messages: 100 } } });
    expect(await away.said()).toEqual(['seen', ...numbered(350).slice(-100)]);
    const messages = channel.messages();
    const [gap] = await away.gaps();
    expect(gap).toMatchObject({ reason: 'too_many_messages', threadId: null, whole: false });
    expect(gap!.to).toBe(Date.parse(messages.at(-100)!.timestamp));
    await away.stop();
    await away.start();
    expect(await away.gaps()).toHaveLength(1);
  });

  test('when the channel was deleted meanwhile', async () => {
    const { channel, ana } = away.team;
    ana.in(channel).send('seen');
    await away.running.settled();
    await away.stop();
    ana.in(channel).send('gone with it');
    channel.delete();
    await away.start();
    const [gap, ...others] = await away.gaps();
    expect(gap).toMatchObject({ reason: 'history_unavailable', whole: true });
    expect(gap!.to).not.toBeNull();
    expect(others).toEqual([]);
    // What was said there is deleted with the channel; the step stays.
    expect(await away.said()).toEqual(['']);
  });

  test('when Discord refuses the history of one place, which then goes on live', async () => {
    const { channel, ana, discord } = away.team;
    ana.in(channel).send('seen');
    await away.running.settled();
    await away.stop();
    ana.in(channel).send('never given');
    discord.faults.failRest({ status: 400, method: 'GET', path: messagesOf(channel), times: 1 });
    await away.start();
    ana.in(channel).send('live');
    await away.running.settled();
    expect(await away.said()).toEqual(['seen', 'live']);
    expect(await away.gaps()).toMatchObject([{ reason: 'history_unavailable', whole: false }]);
  });
});
