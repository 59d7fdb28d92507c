import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_IDLE_TIMES as IDLE } from '../../src/domain/work-log.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { HOUR, START, coder, mapping, memoryStore, nanobot, placed, researcher } from './support.ts';

let store: Store;
let db: Db;

beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
});

afterEach(() => store.close());

test('the first message opens a session that is named after it', async () => {
  expect(await store.entries.append([placed(1, { message: 'Refactor the login' })], IDLE)).toEqual({
    recorded: 1,
    duplicates: 0,
  });
  expect(await store.sessions.latest({ workspaceId: 1, threadId: null })).toMatchObject({
    sessionId: '1000001',
    query: 'Refactor the login',
    coordinator: 'nanobot',
    startedAt: START + 1000,
    lastAt: START + 1000,
    endedAt: null,
    privateThread: false,
    counts: { steps: 1 },
  });
});

test('an entry comes back with every field that its draft had', async () => {
  const full = placed(1, {
    author: nanobot,
    level: 'tool',
    category: 'execution',
    message: 'write_file done 👍',
    origin: 'reported',
    mentions: [researcher, coder],
    escalation: true,
    confidence: 0.6,
    durationMs: 3200.4,
    tool: { name: 'write_file', input: { path: 'a.py' }, output: 'ok', status: 'success', error: null },
    details: { reported_level: 'tool', list: [1, null] },
  });
  await store.entries.append([full], IDLE);
  expect(await store.entries.byStep('1000001', 1)).toEqual({
    sessionId: '1000001',
    step: 1,
    messageId: '1000001',
    at: START + 1000,
    author: nanobot,
    role: 'coordinator',
    level: 'tool',
    category: 'execution',
    message: 'write_file done 👍',
    origin: 'reported',
    triggeredBy: 'user',
    mentions: ['@researcher', '@coder'],
    handoffTo: [],
    responseTo: null,
    coordinatorMode: true,
    escalation: true,
    confidence: 0.6,
    durationMs: 3200,
    tool: full.draft.tool,
    details: full.draft.details,
  });
});

test('a message delivered twice is recorded once and changes nothing, in one batch or in two', async () => {
  const twice = [placed(1), placed(2, { author: nanobot }), placed(1), placed(2, { author: nanobot })];
  expect(await store.entries.append(twice, IDLE)).toEqual({ recorded: 2, duplicates: 2 });
  const before = contents(db);
  expect(
    await store.entries.append(
      [placed(2, { author: nanobot, message: 'other', at: START + 9 * HOUR })],
      IDLE,
    ),
  ).toEqual({ recorded: 0, duplicates: 1 });
  expect(contents(db)).toEqual(before);
  await store.entries.append([placed(3)], IDLE);
  expect((await store.entries.byMessage('1000003'))?.step).toBe(3);
});

function contents(db: Db) {
  return ['sessions', 'entries', 'authors', 'participants', 'workspace_bots'].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).all(),
  );
}
