import { describe, expect, test } from 'vitest';
import { idOf, wordsOf } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import { cardIn, only, posted, press, said } from '../support/escalations.ts';
import { asksIn, escalationTeam, map, pinged } from './escalation-support.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SILENT = 4096;

const { start, later } = escalationTeam();

describe('a card pings', () => {
  test('exactly the role that owns the workspace, whatever the agent writes', async () => {
    const running = await start();
    const role = running.guild.createRole({ name: 'leads', mentionable: true });
    await map(running, { owner: role });
    asksIn(running, { reason: 'Ask @everyone and <@123456789012345678>?' });
    await said(running);
    expect(pinged(cardIn(running))).toEqual([role.id]);
    expect(cardIn(running).mention_everyone).toBe(false);
    expect((cardIn(running).flags ?? 0) & SILENT).toBe(0);
  });

  test('nobody where everyone decides, and says that everyone may', async () => {
    const running = await start();
    await map(running, { owner: running.guild.everyone });
    asksIn(running);
    await said(running);
    expect(pinged(cardIn(running))).toEqual([]);
    expect(wordsOf(cardIn(running))).toContain('everyone here may decide');
    expect(await press(running, running.ben, cardIn(running), 'Passphrases')).toContain('**Ben** decided');
  });

  test('nobody in quiet hours, when it makes no sound, unless it is critical; a reminder pings when they end', async () => {
    const day = new Date();
    const clock = (shift: number) => new Date(day.getTime() + shift).toISOString().slice(11, 16);
    const running = await start({
      escalations: { quiet_hours: { from: clock(-HOUR), to: clock(2 * HOUR) } },
    });
    asksIn(running);
    await said(running);
    expect(pinged(cardIn(running))).toEqual([]);
    expect((cardIn(running).flags ?? 0) & SILENT).toBe(SILENT);
    asksIn(running, { reason: 'The disk is full: delete?', severity: 'critical' });
    await said(running);
    expect(pinged(posted(running).at(-1)!)).toEqual([running.ana.id]);
    await later(running, 2 * HOUR + MINUTE);
    const reminders = posted(running).filter((message) => wordsOf(message).includes('🔔'));
    expect(reminders.flatMap(pinged)).toContain(running.ana.id);
  });
});

describe('a reminder', () => {
  const reminders = (running: Running) =>
    posted(running).filter((message) => wordsOf(message).includes('🔔'));

  test('leads to the card, pings its owners, and the second owner after a day', async () => {
    const running = await start();
    await map(running, { 'second-owner': running.ben });
    asksIn(running);
    await said(running);
    await later(running, 16 * MINUTE);
    const [first] = reminders(running);
    expect(pinged(first!)).toEqual([running.ana.id]);
    expect(first!.message_reference?.message_id).toBe(cardIn(running).id);
    expect(JSON.stringify(first!.components)).toContain(`/${running.channel.id}/${cardIn(running).id}`);
    await later(running, HOUR);
    await later(running, 4 * HOUR);
    await later(running, 24 * HOUR);
    expect(reminders(running).map(pinged)).toEqual([
      [running.ana.id],
      [running.ana.id],
      [running.ana.id],
      [running.ana.id, running.ben.id],
    ]);
  });

  test('is acknowledged where it stands, and none follows', async () => {
    const running = await start();
    asksIn(running);
    await said(running);
    await later(running, 16 * MINUTE);
    expect(await press(running, running.ana, reminders(running)[0]!, 'Acknowledge')).toContain('It is yours');
    await said(running);
    expect(wordsOf(cardIn(running))).toContain('**Ana** is on it');
    await later(running, 3 * HOUR);
    expect(reminders(running)).toHaveLength(1);
    await later(running, 2 * HOUR);
    expect(wordsOf(reminders(running).at(-1)!)).toContain('It was taken on, and is still not decided');
  });
});

describe('time', () => {
  test.each([
    ['proceed', 'go on with **Passphrases**', '"outcome":"proceed","option":"Passphrases"'],
    ['cancel', 'it is cancelled', '"outcome":"cancel","option":null'],
  ])('runs out with on_timeout %s: the agent is told', async (on_timeout, words, block) => {
    const running = await start();
    const message = asksIn(running, { timeout: '1h', on_timeout, default: 'Passphrases' });
    await said(running);
    await later(running, 61 * MINUTE);
    const answer = posted(running).find(({ content }) => content.includes('```worklog'))!;
    expect(answer.message_reference?.message_id).toBe(message.id);
    expect(answer.content).toContain(words);
    expect(answer.content).toContain(block);
    expect(() => idOf(cardIn(running), 'Passphrases')).toThrow('No component');
  });

  test('that was over when it was asked is ignored, and the card says so', async () => {
    const running = await start();
    asksIn(running, { timeout: '2020-01-01T00:00:00Z', on_timeout: 'proceed' });
    await said(running);
    expect(wordsOf(cardIn(running))).toMatch(/time-out had passed/);
    await later(running, 10 * HOUR);
    expect(await only(running)).toMatchObject({ state: 'open' });
  });
});
