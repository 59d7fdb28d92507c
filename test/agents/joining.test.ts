import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWithDoors, stepsOf, tokenFor } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
beforeEach(async () => {
  team = await startWithDoors();
});
afterEach(() => team.end());

const report = { type: 'decision', message: 'Use the small model', confidence: 0.94 };

async function log(entry: object) {
  const { body } = await team.call('log_entries', { entries: [entry] });
  return body['entries'][0] as { status: string; step: number | null };
}

test('a report that names its message is that message’s step, whichever came first', async () => {
  const { researcher, channel } = team;
  const first = researcher.in(channel).send('Small model then');
  await team.running.settled();
  expect(await log({ ...report, message_id: first.id })).toMatchObject({ status: 'joined', step: 1 });
  const steps = await stepsOf(team);
  expect(steps).toMatchObject([
    { step: 1, messageId: first.id, level: 'decision', message: 'Use the small model', confidence: 0.94 },
  ]);
});

test('the same words within seconds are one step, data before chat', async () => {
  expect(await log(report)).toMatchObject({ status: 'recorded', step: 1 });
  const message = team.researcher.in(team.channel).send('Use the   small model');
  expect(await stepsOf(team)).toMatchObject([
    { messageId: message.id, origin: 'reported', confidence: 0.94 },
  ]);
  team.researcher.in(team.channel).edit(message, 'Use the small model, I think');
  expect(await stepsOf(team)).toMatchObject([{ message: 'Use the small model' }]);
  team.researcher.in(team.channel).delete(message);
  expect(await stepsOf(team)).toMatchObject([{ message: '', deletedAt: expect.any(Number) }]);
});

test('the same words within seconds are one step, chat before data', async () => {
  const message = team.researcher.in(team.channel).send('Use the small model');
  await team.running.settled();
  const headers = { 'idempotency-key': 'k' };
  const send = () => team.call('log_entries', { entries: [report] }, { headers });
  expect((await send()).body['entries'][0]).toMatchObject({ status: 'joined', step: 1 });
  expect((await send()).body['entries'][0]).toMatchObject({ status: 'duplicate', step: 1 });
  expect(await stepsOf(team)).toMatchObject([{ messageId: message.id, level: 'decision' }]);
});

test('what another bot said, or was said long ago, stays a step of its own', async () => {
  const { discord, guild, channel, researcher } = team;
  const coder = discord.createBot({ username: 'coder' });
  guild.add(coder);
  const theirs = coder.in(channel).send('Use the small model');
  await team.running.settled();
  expect(await log({ ...report, message_id: theirs.id })).toMatchObject({ status: 'recorded', step: 2 });
  expect(await log({ ...report, timestamp: '2026-01-01T00:00:00Z', message: 'Old news' })).toMatchObject({
    step: 3,
  });
  researcher.in(channel).send('Old news');
  const steps = await stepsOf(team);
  expect(steps.map(({ message, origin }) => [message, origin])).toEqual([
    ['Use the small model', 'inferred'],
    ['Use the small model', 'reported'],
    ['Old news', 'reported'],
    ['Old news', 'inferred'],
  ]);
});

test('an escalation that was reported is answered below its message once that is known', async () => {
  const { researcher, channel, running } = team;
  const { body } = await team.call('escalate', { reason: 'Strict or easy?', options: ['Strict', 'Easy'] });
  const { escalations } = running.app.store;
  expect(await escalations.get(body['escalation'])).toMatchObject({ replyToMessageId: null });
  const message = researcher.in(channel).send('Strict or easy?');
  await running.settled();
  expect(await escalations.get(body['escalation'])).toMatchObject({ replyToMessageId: message.id });
  expect(await stepsOf(team)).toMatchObject([{ messageId: message.id, escalation: true }]);
});

test('what was reported is not taken for deleted when history is read after a restart', async () => {
  team.ben.in(team.channel).send('Hello');
  await log(report);
  await team.restart();
  const steps = await stepsOf(team);
  expect(steps.map(({ deletedAt }) => deletedAt)).toEqual([null, null]);
  expect(await tokenFor(team, team.researcher)).toMatch(/^wlt_/);
});
