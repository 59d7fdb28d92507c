import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWithDoors } from '../support.ts';
import type { WithDoors } from '../support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

test('a person’s decision ends the waiting, and a cancelled escalation does so too', async () => {
  const { call, running, ana } = team;
  const { body } = await call('escalate', { reason: 'Which policy?', options: ['Strict', 'Easy'] });
  const waiting = call('await_decision', { escalation: body['escalation'], wait_s: 20 });
  const actor = { author: { key: ana.id, name: 'Ana', kind: 'person' as const }, interactionId: '1199' };
  const { escalations } = running.app.store;
  await escalations.act(
    body['escalation'],
    { kind: 'decide', decision: { option: 'Easy', note: null } },
    actor,
    Date.now(),
  );
  expect((await waiting).body).toMatchObject({
    waiting: false,
    answer: { outcome: 'decided', option: 'Easy' },
  });
  const { body: other } = await call('escalate', { reason: 'And the colour?' });
  expect(
    (await call('await_decision', { escalation: other['escalation'], wait_s: 0.05 })).body,
  ).toMatchObject({
    waiting: true,
    answer: null,
  });
  await escalations.act(
    other['escalation'],
    { kind: 'cancel', reason: 'Not needed' },
    { ...actor, interactionId: '1200' },
    Date.now(),
  );
  expect((await call('await_decision', { escalation: other['escalation'] })).body).toMatchObject({
    state: 'cancelled',
    waiting: false,
    answer: null,
    cancelled_because: 'Not needed',
  });
});

test('a bot that may not read the channel any more is not told what was decided meanwhile', async () => {
  const { call, running, ana, researcher, channel } = team;
  const { body } = await call('escalate', { reason: 'Which policy?', options: ['Strict', 'Easy'] });
  const escalation = body['escalation'];
  const waiting = call('await_decision', { escalation, wait_s: 20 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  channel.setOverwrites([{ id: researcher, deny: PermissionFlagsBits.ViewChannel }]);
  await running.settled();
  const actor = { author: { key: ana.id, name: 'Ana', kind: 'person' as const }, interactionId: '1201' };
  const decision = { option: 'Easy', note: null };
  await running.app.store.escalations.act(escalation, { kind: 'decide', decision }, actor, Date.now());
  const { status, body: told } = await waiting;
  channel.setOverwrites([]);
  await running.settled();
  expect([status, JSON.stringify(told)]).toEqual([404, expect.not.stringContaining('Easy')]);
});
