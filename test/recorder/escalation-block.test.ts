import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Escalation } from '../../src/domain/escalation.ts';
import { NO_REASON } from '../../src/domain/escalation-request.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { Recorder } from '../../src/recorder/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { HOUR, mapping, memoryStore, researcher, RULES, START } from '../store/support.ts';
import { observation } from './support.ts';

let store: Store;
beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
});
afterEach(() => store.close());

async function raisedBy(content: string, more: Partial<Observation> = {}): Promise<Escalation | undefined> {
  const message = observation({ messageId: '1000001', author: researcher, at: START, content, ...more });
  await new Recorder(store, RULES).record([message]);
  return (await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 5 })).escalations[0];
}
const block = (json: object) => `\`\`\`worklog\n${JSON.stringify(json)}\n\`\`\``;
const many = Array.from({ length: 26 }, (_, n) => `option ${n}`);
const PAST = '2025-01-01T00:00:00Z';

test.each<[string, object, Partial<Escalation>]>([
  [
    'all that it may say',
    {
      type: 'escalation',
      reason: 'Which?',
      options: ['a', 'b'],
      default: 'b',
      severity: 'high',
      timeout: '4h',
      on_timeout: 'proceed',
      dedupe_key: 'k',
    },
    {
      reason: 'Which?',
      options: ['a', 'b'],
      default: 'b',
      severity: 'high',
      timeoutAt: START + 4 * HOUR,
      onTimeout: 'proceed',
      dedupeKey: 'k',
    },
  ],
  [
    '26 options',
    { reason: 'Which?', options: many },
    { options: many.slice(0, 25), remark: '1 more option than can be shown.' },
  ],
  [
    'the same option twice, and a long one',
    { reason: 'r', options: ['a', 'A ', 'x'.repeat(300)] },
    { options: ['a', `${'x'.repeat(99)}…`] },
  ],
  ['a default that is no option', { reason: 'r', options: ['a'], default: 'b' }, { default: 'b' }],
  ['an empty reason', { reason: '', options: ['a'] }, { reason: NO_REASON }],
  ['no reason at all', { type: 'escalation' }, { reason: NO_REASON, options: [] }],
  [
    'a time-out in the past',
    { reason: 'r', options: ['a'], timeout: PAST, on_timeout: 'cancel' },
    { timeoutAt: null, state: 'open' },
  ],
])('a block with %s reaches a person', async (_, json, expected) => {
  expect(await raisedBy(block(json))).toMatchObject({ kind: 'question', by: researcher, ...expected });
});

test('a line of chat reaches a person too, and so does a mention', async () => {
  expect(await raisedBy('🚨 Escalation: the disk is full')).toMatchObject({
    reason: 'the disk is full',
    options: [],
  });
  await store.escalations.act(
    1,
    { kind: 'cancel', reason: '' },
    { author: researcher, interactionId: '1' },
    START,
  );
  expect(await raisedBy('Ana, which one?', { messageId: '1000002', asksOwner: true })).toMatchObject({
    kind: 'mention',
    reason: 'Ana, which one?',
  });
});

test('what is hidden in the log is hidden in what people are asked', async () => {
  const escalation = await raisedBy(
    block({ reason: 'Use ghp_16C7e42F292c6912E7710c838347Ae178B4a?', options: ['a'] }),
  );
  expect(escalation?.reason).not.toContain('ghp_');
});
