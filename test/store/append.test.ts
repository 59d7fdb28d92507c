import { KEEP_ALL } from '../../src/domain/policy.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import {
  HOUR,
  IDLE,
  RULES,
  START,
  ana,
  coder,
  mapping,
  memoryStore,
  nanobot,
  placed,
  researcher,
} from './support.ts';

let store: Store;
let db: Db;

beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
});

afterEach(() => store.close());

test('the first message opens a session that is named after it', async () => {
  expect(await store.entries.append([placed(1, { message: 'Refactor the login' })], RULES)).toEqual({
    recorded: 1,
    duplicates: 0,
    dropped: 0,
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
  await store.entries.append([full], RULES);
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
    part: 0,
    insightCategory: null,
    masked: 0,
    editedAt: null,
    deletedAt: null,
  });
});

test('a message delivered twice is recorded once and changes nothing, in one batch or in two', async () => {
  const twice = [placed(1), placed(2, { author: nanobot }), placed(1), placed(2, { author: nanobot })];
  expect(await store.entries.append(twice, RULES)).toEqual({ recorded: 2, duplicates: 2, dropped: 0 });
  const before = contents(db);
  expect(
    await store.entries.append(
      [placed(2, { author: nanobot, message: 'other', at: START + 9 * HOUR })],
      RULES,
    ),
  ).toEqual({ recorded: 0, duplicates: 1, dropped: 0 });
  expect(contents(db)).toEqual(before);
  await store.entries.append([placed(3)], RULES);
  expect((await store.entries.byMessage('1000003'))?.step).toBe(3);
});

function contents(db: Db) {
  return ['sessions', 'entries', 'authors', 'participants', 'workspace_bots'].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).all(),
  );
}

test('steps count up within a session, and every thread has sessions of its own', async () => {
  const thread = { threadId: '77', privateThread: true };
  await store.entries.append(
    [placed(1), placed(2, {}, thread), placed(3), placed(4, {}, thread), placed(5)],
    RULES,
  );
  expect(await steps('1000001')).toEqual(['1000001', '1000003', '1000005']);
  expect(await steps('1000002')).toEqual(['1000002', '1000004']);
  expect(await store.sessions.get('1000002')).toMatchObject({ threadId: '77', privateThread: true });
});

test('a session that was idle too long ends with its latest entry, and the message opens a new one', async () => {
  const after = (ms: number) => placed(9, { at: START + 2000 + ms });
  await store.entries.append([placed(1), placed(2)], RULES);
  await store.entries.append([after(IDLE.project)], RULES);
  expect(await steps('1000001')).toHaveLength(3);
  const late = START + 2000 + IDLE.project;
  await store.entries.append(
    [placed(10, { at: late + IDLE.project + 1 }), placed(11, { at: late * 2 })],
    RULES,
  );
  expect(await store.sessions.get('1000001')).toMatchObject({
    endedAt: late,
    endReason: 'idle',
    counts: { steps: 3 },
  });
  expect(await store.sessions.get('1000010')).toMatchObject({ endReason: 'idle', counts: { steps: 1 } });
  expect(await store.sessions.latest({ workspaceId: 1, threadId: null })).toMatchObject({
    sessionId: '1000011',
    endedAt: null,
  });
});

test('a message that comes late gets the next step and keeps its time', async () => {
  await store.entries.append([placed(5), placed(9), placed(7)], RULES);
  expect(await store.entries.byStep('1000005', 3)).toMatchObject({ messageId: '1000007', at: START + 7000 });
  expect(await store.sessions.get('1000005')).toMatchObject({
    startedAt: START + 5000,
    lastAt: START + 9000,
  });
});

test('a reply knows the step it answers, in the same batch and from an earlier one', async () => {
  await store.entries.append([placed(1), placed(2, { author: nanobot, replyToMessageId: '1000001' })], RULES);
  await store.entries.append([placed(3, { author: researcher, replyToMessageId: '1000002' })], RULES);
  const entries = (await store.entries.page({ sessionId: '1000001' }, 0, 9)).entries;
  expect(entries.map(({ responseTo, triggeredBy }) => [responseTo, triggeredBy])).toEqual([
    [null, 'user'],
    [1, 'user'],
    [2, '@nanobot'],
  ]);
});

test('a reply to another session or to an unknown message answers no step', async () => {
  await store.entries.append([placed(1), placed(2, {}, { threadId: '77' })], RULES);
  await store.entries.append(
    [placed(3, { author: coder, replyToMessageId: '1000002' }), placed(4, { replyToMessageId: '5' })],
    RULES,
  );
  expect(await store.entries.byMessage('1000003')).toMatchObject({ responseTo: null, triggeredBy: 'user' });
  expect(await store.entries.byMessage('1000004')).toMatchObject({ responseTo: null });
});

test('the header of a session counts what its entries are', async () => {
  const tool = { name: 'grep', input: 'x', output: null, status: 'error', error: 'no' } as const;
  await store.entries.append(
    [
      placed(1),
      placed(2, { author: nanobot, mentions: [coder], addressed: [coder] }),
      placed(3, { author: coder, level: 'error', tool }),
      placed(4, { author: coder, level: 'uncertainty', escalation: true }),
    ],
    RULES,
  );
  await store.entries.append([placed(5, { author: coder, level: 'tool', tool })], RULES);
  expect((await store.sessions.get('1000001'))?.counts).toEqual({
    steps: 5,
    handoffs: 1,
    tools: 2,
    errors: 1,
    uncertain: 1,
    dropped: 0,
    masked: 0,
    escalations: 1,
  });
});

test('an author goes by the latest name, and a duplicate does not bring back an older one', async () => {
  await store.entries.append([placed(1), placed(2, { author: { ...ana, name: 'Ana Maria' } })], RULES);
  await store.entries.append([placed(1)], RULES);
  expect((await store.entries.byMessage('1000001'))?.author).toEqual({ ...ana, name: 'Ana Maria' });
});

test('an unmapped workspace takes no entries, an unknown one refuses the batch', async () => {
  await store.workspaces.unmap(1, START);
  expect(await store.entries.append([placed(1)], RULES)).toEqual({ recorded: 0, duplicates: 0, dropped: 0 });
  await expect(store.entries.append([placed(2, {}, { workspaceId: 9 })], RULES)).rejects.toThrow(
    'There is no workspace 9.',
  );
  expect(await store.sessions.list({ workspaceIds: [1], limit: 9 })).toEqual([]);
});

test('ids of entries lie in the range of their workspace, in the order of recording', async () => {
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
  const inSecond = { workspaceId: 2 };
  await store.entries.append([placed(1, {}, inSecond), placed(2), placed(3, {}, inSecond), placed(4)], RULES);
  const ids = db.prepare('SELECT id, message_id FROM entries ORDER BY id').raw().all();
  expect(ids).toEqual([
    [2 ** 32 + 1, '1000002'],
    [2 ** 32 + 2, '1000004'],
    [2 * 2 ** 32 + 1, '1000001'],
    [2 * 2 ** 32 + 2, '1000003'],
  ]);
});

test('on a full disk a batch leaves no trace, neither stored nor remembered, and can be sent again', async () => {
  await store.entries.append(
    [placed(1, { author: nanobot, mentions: [researcher] }), placed(2, {}, { threadId: '77' })],
    RULES,
  );
  const before = contents(db);
  const batch = [
    placed(3, { author: { ...coder, name: 'coder 2' }, mentions: [researcher] }),
    placed(4, { author: researcher }),
    placed(5, { at: START + 9 * HOUR }, { threadId: '77' }),
    placed(6, { message: 'x'.repeat(1_000_000) }),
  ];
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  await expect(store.entries.append(batch, RULES)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect(contents(db)).toEqual(before);

  db.pragma('max_page_count = 1000000');
  await store.entries.append([placed(7, { author: researcher })], RULES);
  expect(await store.entries.byMessage('1000007')).toMatchObject({ step: 2, triggeredBy: '@nanobot' });
  expect(await store.sessions.latest({ workspaceId: 1, threadId: '77' })).toMatchObject({ endedAt: null });
  expect(await store.entries.append(batch, RULES)).toEqual({ recorded: 4, duplicates: 0, dropped: 0 });
  expect(await steps('1000001')).toHaveLength(5);
  expect(await steps('1000005')).toEqual(['1000005']);
});

test('what the policy does not keep is counted once and has no step, but whom it asked is remembered', async () => {
  const policy = { ...KEEP_ALL, levels: ['info' as const] };
  const rules = { ...RULES, policy };
  const asking = placed(2, { author: nanobot, level: 'thinking', mentions: [coder] });
  const drafts = [placed(1), asking, placed(3, { author: coder })];
  expect(await store.entries.append(drafts, rules)).toEqual({ recorded: 2, duplicates: 0, dropped: 1 });
  expect(await store.entries.append(drafts, rules)).toEqual({ recorded: 0, duplicates: 3, dropped: 0 });
  const sessionId = drafts[0]!.draft.messageId;
  const { entries } = await store.entries.page({ sessionId }, 0, 10);
  expect(entries.map(({ step, triggeredBy }) => [step, triggeredBy])).toEqual([
    [1, 'user'],
    [2, '@nanobot'],
  ]);
  expect((await store.sessions.get(sessionId))?.counts).toMatchObject({ steps: 2, dropped: 1 });
});

test('a session whose first message is not kept is about the first that is, until that is deleted', async () => {
  const rules = { ...RULES, policy: { ...KEEP_ALL, levels: ['info' as const] } };
  const query = async () => (await store.sessions.get('1000001'))?.query;
  await store.entries.append([placed(1, { level: 'thinking', message: 'between us' })], rules);
  expect(await query()).toBe('');
  await store.entries.append([placed(2, { message: 'Refactor the login' }), placed(3)], rules);
  expect(await query()).toBe('Refactor the login');
  await store.entries.erase(['1000003'], START + HOUR);
  expect(await query()).toBe('Refactor the login');
  await store.entries.erase(['1000002'], START + HOUR);
  expect(await query()).toBe('');
});

test('what a message says of its session is kept only with the message, and goes with it', async () => {
  const rules = { ...RULES, policy: { ...KEEP_ALL, levels: ['info' as const] } };
  const texts = async () => {
    const { query, finalOutput, summary } = (await store.sessions.get('1000001'))!;
    return [query, finalOutput, summary];
  };
  const said = { query: 'Q', finalOutput: 'F', summary: 'S' };
  await store.entries.append([placed(1), placed(2, { level: 'tool' }, { log: said })], rules);
  expect(await texts()).toEqual(['message 1', null, null]);
  await store.entries.append([placed(3, {}, { log: { query: 'Q', finalOutput: 'F' } })], rules);
  await store.entries.append([placed(4, {}, { log: { summary: 'S' }, session: 'end' })], rules);
  expect(await texts()).toEqual(['Q', 'F', 'S']);
  await store.entries.erase(['1000001'], START + HOUR);
  expect(await texts()).toEqual(['Q', 'F', 'S']);
  await store.entries.erase(['1000003'], START + HOUR);
  expect(await texts()).toEqual(['', null, 'S']);
  await store.entries.erase(['1000004'], START + HOUR);
  expect(await texts()).toEqual(['', null, null]);
});

async function steps(sessionId: string): Promise<string[]> {
  const { entries } = await store.entries.page({ sessionId }, 0, 100);
  expect(entries.map(({ step }) => step)).toEqual(entries.map((_, index) => index + 1));
  return entries.map(({ messageId }) => messageId);
}
