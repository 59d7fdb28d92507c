import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Draft } from '../../src/domain/entry.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { RULES, START, coder, mapping, memoryStore, placed, researcher } from './support.ts';

let store: Store;
let db: Db;

beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping({ coordinator: null }), START, null);
});

afterEach(() => store.close());

const row = (messageId: string) =>
  db.prepare<[string], Record<string, unknown>>('SELECT * FROM entries WHERE message_id = ?').get(messageId)!;

test('the row of plain talk differs from that of other talk by what makes it other alone', async () => {
  const said = { message: 'All done.', author: researcher };
  await store.entries.append([placed(1, said), placed(2, { ...said, masked: 1 })], RULES);
  const [plain, other] = [row('1000001'), row('1000002')];
  const place = { id: other['id'], step: 2, message_id: '1000002', at: other['at'] };
  expect({ ...plain, ...place, masked: 1 }).toEqual(other);
});

test.each<[column: string, value: unknown, draft: Partial<Draft>]>([
  ['part', 1, { part: 1 }],
  ['level', 'thinking', { level: 'thinking' }],
  ['origin', 'parsed', { origin: 'parsed' }],
  ['masked', 2, { masked: 2 }],
  ['escalation', 1, { escalation: true }],
  ['confidence', 0, { confidence: 0 }],
  ['duration_ms', 0, { durationMs: 0 }],
  ['mentions', JSON.stringify([coder]), { mentions: [coder] }],
  ['details', '{"a":1}', { details: { a: 1 } }],
  ['coordinator_mode', 1, { claims: { coordinatorMode: true } }],
  ['insight_category', 'lesson', { claims: { insightCategory: 'lesson' } }],
])('what is no plain talk for its %s has it in its row', async (column, value, draft) => {
  await store.entries.append([placed(1, { author: researcher, ...draft })], RULES);
  expect(row('1000001')[column]).toBe(value);
});
