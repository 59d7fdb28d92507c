import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBackend } from '../../src/backend.ts';
import { ARTIFACT_MAX, stateOf, withMeta } from '../../src/domain/stored-artifact.ts';
import { openTestStore } from '../support/empty-store.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { NewArtifact, Store } from '../../src/store/store.ts';
import { RULES, START, inTempDir, mapping, memoryStore, placed } from './support.ts';

let store: Store;
let db: Db;

beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
});
afterEach(() => store.close());

function artifact(overrides: Partial<NewArtifact> = {}): NewArtifact {
  return {
    workspaceId: 1,
    sessionId: '1000001',
    source: null,
    workflowId: 'bookmarks',
    schema: 'work-log-v1',
    producer: 'bookmark_analyzer',
    consumer: 'action_suggester',
    content: { schema: 'work-log-v1', next_actions: ['suggest_actions'] },
    ...overrides,
  };
}

const waitingFor = (consumer: string, workspaceIds = [1]) =>
  store.artifacts.waiting({ consumer, workspaceIds, limit: 10 });

test('what is handed over is there, with who, to whom and when beside it', async () => {
  const saved = await store.artifacts.save(artifact({ consumer: '@action_suggester' }), START);
  expect(saved.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(await store.artifacts.get(saved.id, [1])).toEqual(saved);
  expect(withMeta(saved)).toEqual({
    schema: 'work-log-v1',
    next_actions: ['suggest_actions'],
    _meta: {
      id: saved.id,
      producer: 'bookmark_analyzer',
      consumer: 'action_suggester',
      created_at: '2026-01-05T09:00:00.000Z',
      schema: 'work-log-v1',
    },
  });
  expect(saved).toMatchObject({ workflowId: 'bookmarks', sessionId: '1000001', takenAt: null });
});

test('what waits for a bot is listed oldest first, by its name however it is written', async () => {
  const second = await store.artifacts.save(artifact(), START + 2);
  const first = await store.artifacts.save(artifact({ consumer: 'Action_Suggester' }), START + 1);
  await store.artifacts.save(artifact({ consumer: 'somebody else' }), START);
  await store.artifacts.save(artifact({ consumer: null }), START);
  expect((await waitingFor('@action_suggester')).map(({ id }) => id)).toEqual([first.id, second.id]);
  const [oldest, ...more] = await store.artifacts.waiting({
    consumer: 'action_suggester',
    workspaceIds: [1],
    limit: 1,
  });
  expect([oldest!.id, more]).toEqual([first.id, []]);
});

test('from another workspace it is as if it were not there', async () => {
  const { id } = await store.artifacts.save(artifact(), START);
  for (const workspaceIds of [[2], []]) {
    expect(await store.artifacts.get(id, workspaceIds)).toBeNull();
    expect(await waitingFor('action_suggester', workspaceIds)).toEqual([]);
    expect(await store.artifacts.take({ id, by: 'action_suggester', workspaceIds }, START)).toBeNull();
  }
  expect(stateOf((await store.artifacts.get(id, [1, 2]))!)).toBe('waiting');
});

describe('taking', () => {
  test('is for its consumer alone, and says who took it and when', async () => {
    const { id } = await store.artifacts.save(artifact(), START);
    expect(await store.artifacts.take({ id, by: 'coder', workspaceIds: [1] }, START + 5)).toBeNull();
    const taken = await store.artifacts.take({ id, by: '@Action_Suggester', workspaceIds: [1] }, START + 6);
    expect(taken).toMatchObject({ takenAt: START + 6, takenBy: 'Action_Suggester' });
    expect(taken!.content).toEqual(artifact().content);
    expect(stateOf(taken!)).toBe('taken');
    expect(await waitingFor('action_suggester')).toEqual([]);
  });

  test('of one that names no consumer is for any bot of the workspace, once', async () => {
    const { id } = await store.artifacts.save(artifact({ consumer: null }), START);
    expect(await store.artifacts.take({ id, by: 'coder', workspaceIds: [1] }, START)).not.toBeNull();
    expect(await store.artifacts.take({ id, by: 'researcher', workspaceIds: [1] }, START)).toBeNull();
  });

  test('by many at once gives it to one of them, through the database’s thread as well', async () => {
    await inTempDir(async (dir) => {
      const backend = await startBackend({ path: join(dir, 'work-logs.db'), rules: RULES });
      try {
        const { artifacts, workspaces } = backend.store;
        await workspaces.map(mapping(), START, null);
        const { id } = await artifacts.save(artifact(), START);
        const takers = Array.from({ length: 20 }, (_, n) =>
          artifacts.take({ id, by: 'action_suggester', workspaceIds: [1] }, START + n),
        );
        const got = (await Promise.all(takers)).filter((one) => one !== null);
        expect(got).toHaveLength(1);
        expect((await artifacts.get(id, [1]))!.takenAt).toBe(got[0]!.takenAt);
      } finally {
        await backend.close();
      }
    });
  });

  test('is remembered over a restart, and so is what still waits', async () => {
    await inTempDir(async (dir) => {
      const path = join(dir, 'work-logs.db');
      const first = await openTestStore({ path });
      await first.workspaces.map(mapping(), START, null);
      const taken = await first.artifacts.save(artifact(), START);
      const waiting = await first.artifacts.save(artifact(), START + 1);
      const take = { id: taken.id, by: 'action_suggester', workspaceIds: [1] };
      await first.artifacts.take(take, START + 2);
      await first.close();
      const second = await openTestStore({ path });
      try {
        expect(await second.artifacts.take(take, START + 3)).toBeNull();
        expect(await second.artifacts.get(taken.id, [1])).toMatchObject({ takenAt: START + 2 });
        expect(
          await second.artifacts.waiting({ consumer: 'action_suggester', workspaceIds: [1], limit: 9 }),
        ).toEqual([waiting]);
      } finally {
        await second.close();
      }
    });
  });
});

test('what has expired is not listed or taken any more, and its content is gone', async () => {
  const old = await store.artifacts.save(artifact(), START);
  const taken = await store.artifacts.save(artifact(), START);
  await store.artifacts.take({ id: taken.id, by: 'action_suggester', workspaceIds: [1] }, START + 1);
  const young = await store.artifacts.save(artifact(), START + 10);
  expect(await store.artifacts.expire(START + 10, START + 99)).toBe(2);
  expect(await store.artifacts.expire(START + 10, START + 99)).toBe(0);
  expect(await waitingFor('action_suggester')).toEqual([young]);
  const take = { id: old.id, by: 'action_suggester', workspaceIds: [1] };
  expect(await store.artifacts.take(take, START + 99)).toBeNull();
  const [expired, wasTaken] = await Promise.all([old, taken].map(({ id }) => store.artifacts.get(id, [1])));
  expect(expired).toMatchObject({ content: null, expiredAt: START + 99 });
  expect(stateOf(expired!)).toBe('expired');
  expect(wasTaken).toMatchObject({ content: null, takenBy: 'action_suggester' });
  expect(stateOf(wasTaken!)).toBe('taken');
});

test('the same part of the same message is handed over once', async () => {
  const posted = artifact({ source: { messageId: '1000001', part: 0 } });
  const first = await store.artifacts.save(posted, START);
  expect(await store.artifacts.save(posted, START + 9)).toEqual(first);
  await store.artifacts.save({ ...posted, source: { messageId: '1000001', part: 1 } }, START);
  expect(await store.artifacts.ofSession('1000001', 9)).toHaveLength(2);
  expect(await store.artifacts.ofSession('1000001', 1)).toEqual([first]);
});

test('what an edit changes takes the place of what still waits, not of what was taken or has gone', async () => {
  const source = { messageId: '1000001', part: 0 };
  const { id } = await store.artifacts.save(artifact({ source, content: { draft: 1 } }), START);
  const edited = artifact({ source, content: { draft: 2 }, consumer: 'coder' });
  expect(await store.artifacts.save(edited, START + 9)).toMatchObject({
    id,
    content: { draft: 2 },
    consumer: 'coder',
    createdAt: START,
  });
  expect(await waitingFor('action_suggester')).toEqual([]);
  const taken = await store.artifacts.take({ id, by: 'coder', workspaceIds: [1] }, START + 10);
  expect(await store.artifacts.save(artifact({ source, content: { draft: 3 } }), START + 11)).toEqual(taken);
  await store.artifacts.expire(START + 1, START + 12);
  expect(await store.artifacts.save(edited, START + 13)).toMatchObject({ content: null, takenBy: 'coder' });
});

test('deleting the message deletes what it handed over', async () => {
  await store.entries.append([placed(1)], RULES);
  const posted = artifact({ source: { messageId: '1000001', part: 0 }, content: { plan: 'top secret' } });
  const { id } = await store.artifacts.save(posted, START);
  const other = await store.artifacts.save(artifact(), START);
  await store.entries.erase(['1000001'], START + 7);
  expect(await store.artifacts.get(id, [1])).toMatchObject({ content: null, expiredAt: START + 7 });
  expect(await waitingFor('action_suggester')).toEqual([other]);
  expect(db.prepare("SELECT count(*) FROM artifacts WHERE content LIKE '%secret%'").pluck().get()).toBe(0);
});

test('what is larger than 256 KiB of UTF-8 is refused with what to do, and nothing is saved', async () => {
  const ofSize = (bytes: number) => artifact({ content: { x: 'ü'.repeat((bytes - '{"x":""}'.length) / 2) } });
  const fits = await store.artifacts.save(ofSize(ARTIFACT_MAX), START);
  expect(Buffer.byteLength(JSON.stringify(fits.content))).toBe(ARTIFACT_MAX);
  await expect(store.artifacts.save(ofSize(ARTIFACT_MAX + 2), START)).rejects.toThrow(
    'The artifact is 257 KiB large; at most 256 KiB are kept. Hand over where the data is',
  );
  expect(await waitingFor('action_suggester')).toHaveLength(1);
});

test('an artifact of a workspace that does not exist is refused', async () => {
  await expect(store.artifacts.save(artifact({ workspaceId: 9 }), START)).rejects.toThrow('FOREIGN KEY');
});

test('listing what waits walks an index, not the table', () => {
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT * FROM artifacts WHERE consumer_key = ? AND workspace_id IN (SELECT value FROM json_each(?))
       AND taken_at IS NULL AND expired_at IS NULL ORDER BY created_at LIMIT 10`,
    )
    .all('action_suggester', '[1]') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join('\n')).toContain('artifacts_waiting');
});
