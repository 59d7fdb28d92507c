import { afterEach, beforeEach, expect, test } from 'vitest';
import { SESSION } from '../../src/domain/closing-card.ts';
import { objectionDraft } from '../../src/domain/feedback.ts';
import type { Store } from '../../src/store/store.ts';
import {
  ana,
  coder,
  HOUR,
  IDLE,
  mapping,
  memoryStore,
  MINUTE,
  placed,
  researcher,
  RULES,
  START,
  messagesIn,
} from './support.ts';

let store: Store;
const HERE = { workspaceId: 1, threadId: null };

beforeEach(async () => {
  ({ store } = memoryStore({ content: `session ${SESSION}`, id: `explain:${SESSION}` }));
  await store.workspaces.map(mapping(), START, null);
});
afterEach(() => store.close());

/** What waits to be posted: where, and to which message it replies. */
async function waiting(): Promise<string[]> {
  const rows = await store.outbox.due(START + 1000 * HOUR, 100);
  return messagesIn(rows).map(({ channelId, payload }) => {
    const { message_id: answered } = payload['message_reference'] as { message_id: string };
    return `${channelId}/${answered}: ${String(payload['content'])}`;
  });
}

test('a session that ends is answered once, at its final message', async () => {
  await store.entries.append([placed(1), placed(2, { author: researcher }), placed(3)], RULES);
  expect(await waiting()).toEqual([]);
  await store.sessions.close(HERE, START + MINUTE, 'command');
  await store.sessions.close(HERE, START + MINUTE, 'command');
  await store.sessions.closeIdle(START + 99 * HOUR, IDLE);
  expect(await waiting()).toEqual(['10/1000003: session 1000001']);
  const [row] = messagesIn(await store.outbox.due(START + HOUR, 1));
  expect(row?.payload).toMatchObject({
    id: 'explain:1000001',
    message_reference: { message_id: '1000003', fail_if_not_exists: false },
  });
});

test('a session that is found idle ends so too, by the clock or by the next message', async () => {
  await store.entries.append([placed(1, { author: coder }, { threadId: '77' })], RULES);
  await store.sessions.closeIdle(START + 3 * HOUR, IDLE);
  await store.entries.append([placed(2, { author: researcher })], RULES);
  await store.entries.append([placed(3, { at: START + 9 * HOUR })], RULES);
  expect(await waiting()).toEqual(['77/1000001: session 1000001', '10/1000002: session 1000002']);
});

test('a session without a bot is not answered', async () => {
  await store.entries.append([placed(1), placed(2)], RULES);
  await store.sessions.close(HERE, START + MINUTE, 'command');
  expect(await waiting()).toEqual([]);
});

test.each(['archived', 'unmapped'] as const)(
  'a session that ends because its place is %s is not answered',
  async (reason) => {
    await store.entries.append([placed(1, { author: researcher })], RULES);
    await store.sessions.close(HERE, START + MINUTE, reason);
    expect(await waiting()).toEqual([]);
  },
);

test('what was deleted, or said by a button, is no final message', async () => {
  await store.entries.append([placed(1), placed(2, { author: researcher }), placed(3)], RULES);
  const against = { step: 2, messageId: '1000002' };
  const objection = {
    interactionId: '900001',
    by: ana,
    against,
    reason: 'No',
    masked: 0,
    at: START + MINUTE,
  };
  await store.feedback.object('1000001', objectionDraft(objection));
  await store.entries.erase(['1000003'], START + MINUTE);
  await store.sessions.close(HERE, START + MINUTE, 'command');
  expect(await waiting()).toEqual(['10/1000002: session 1000001']);
});

test('of an answer in several messages, the last that is still there is the final one', async () => {
  const further = [2, 3].map((n) => placed(n, { author: researcher }, { continues: '1000001' }));
  await store.entries.append([placed(1, { author: researcher }), ...further], RULES);
  await store.entries.erase(['1000003'], START + MINUTE);
  await store.sessions.close(HERE, START + MINUTE, 'command');
  expect(await waiting()).toEqual(['10/1000002: session 1000001']);
});

test('without a card nothing is posted', async () => {
  await store.close();
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append([placed(1, { author: researcher })], RULES);
  await store.sessions.close(HERE, START + MINUTE, 'command');
  expect(await waiting()).toEqual([]);
});
