import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Escalation } from '../../src/domain/escalation.ts';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { asks, post, subjects } from './escalation-support.ts';
import {
  ana,
  coder,
  inTempDir,
  mapping,
  memoryStore,
  MINUTE,
  placed,
  researcher,
  RULES,
  START,
} from './support.ts';

let store: Store;
let db: ReturnType<typeof memoryStore>['db'];
const SESSION = '1000001';

beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append([placed(1)], RULES);
});
afterEach(() => store.close());

const at = async (step: number) => (await store.escalations.byStep(SESSION, step))!;
const raise = async (...drafts: ReturnType<typeof asks>[]): Promise<Escalation> => {
  await store.entries.append(drafts, RULES);
  return at(2);
};
const kindsOf = async (id: number) => (await store.escalations.events(id)).map(({ kind }) => kind);
const NO_KEY = { dedupe_key: null };

describe('what asks the same while one waits', () => {
  test('with the same key becomes a part of it, and pings nobody', async () => {
    const first = await raise(asks(2));
    const again = asks(
      3,
      { dedupe_key: ' Password-Policy' },
      { draft: { author: coder, message: 'Which?' } },
    );
    await store.entries.append([again], RULES);
    expect(await at(3)).toMatchObject({ state: 'merged', mergedInto: first.id, version: 2, nextAt: null });
    expect(await at(2)).toMatchObject({ state: 'open', merged: 1, version: 2 });
    expect(await kindsOf(first.id)).toEqual(['raised', 'appended']);
    expect(await subjects(store)).toEqual([
      { kind: 'escalation-card', id: first.id, ping: true },
      { kind: 'escalation-update', id: first.id },
    ]);
    expect((await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 5 })).total).toBe(1);
  });

  test('is answered together: each agent gets the decision as data', async () => {
    const { id } = await raise(asks(2), asks(3, {}, { draft: { author: coder } }), asks(4));
    const decision = { option: 'Passphrases', note: null };
    const actor = { author: ana, interactionId: '91' };
    await store.escalations.act(id, { kind: 'decide', decision }, actor, START + MINUTE);
    for (const consumer of ['researcher', 'coder']) {
      const waiting = await store.artifacts.waiting({ consumer, workspaceIds: [1], limit: 9 });
      expect(waiting.map(({ content }) => content?.['option'])).toEqual(['Passphrases']);
    }
  });

  test.each([
    ['the same words of the same bot', asks(3, NO_KEY), true],
    [
      'the same words with other spaces',
      asks(3, NO_KEY, { draft: { message: ' special CHARACTERS  or passphrases?' } }),
      true,
    ],
    ['other words', asks(3, NO_KEY, { draft: { message: 'Which database?' } }), false],
    ['another bot', asks(3, NO_KEY, { draft: { author: coder } }), false],
    ['another session', asks(3, NO_KEY, { threadId: '77' }), false],
    ['an approval, which has buttons of its own', asks(3, { ...NO_KEY, kind: 'approval' }), false],
    ['a request with a name of its own', asks(3, { ...NO_KEY, id: 'r2' }), false],
  ])('without a key: %s', async (_, again, merges) => {
    await raise(asks(2, NO_KEY));
    await store.entries.append([again], RULES);
    const { total } = await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 5 });
    expect(total).toBe(merges ? 1 : 2);
  });

  test('in a private thread stays there, whatever its key', async () => {
    await raise(asks(2));
    await store.entries.append([asks(3, {}, { threadId: '77', privateThread: true })], RULES);
    expect((await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 5 })).total).toBe(2);
  });

  test('in another workspace, or once it is answered, is a question of its own', async () => {
    const { id } = await raise(asks(2));
    await store.workspaces.map(mapping({ channelId: '11' }), START, null);
    await store.entries.append([asks(3, {}, { workspaceId: 2 })], RULES);
    const actor = { author: ana, interactionId: '91' };
    await store.escalations.act(id, { kind: 'cancel', reason: 'no' }, actor, START + MINUTE);
    await store.entries.append([asks(4)], RULES);
    expect((await store.escalations.waiting({ workspaceIds: [1, 2], offset: 0, limit: 5 })).total).toBe(2);
  });
});

describe('the agent’s own buttons', () => {
  const outcome = (n: number, details: Record<string, unknown>, part = 1000) =>
    placed(n, {
      author: { key: '201/Bob', name: 'Bob', kind: 'person' },
      level: 'decision',
      category: 'escalation',
      origin: 'parsed',
      part,
      at: START + MINUTE,
      details,
    });

  test.each([
    ['allowed', { outcome: 'allowed', scope: 'once' }, 'resolved', { option: 'allowed, once', note: null }],
    ['answered', { outcome: 'answered', answer: 'Blue' }, 'resolved', { option: 'Blue', note: null }],
    ['expired', { outcome: 'expired' }, 'expired', null],
    ['dismissed', { outcome: 'dismissed' }, 'cancelled', null],
  ])('close it: %s', async (_, details, state, decision) => {
    const { id } = await raise(asks(2, { kind: 'approval' }));
    await post(store, START + 3000);
    await store.entries.append([outcome(2, details)], RULES);
    expect(await store.escalations.get(id)).toMatchObject({ state, decision, closedAt: START + MINUTE });
    expect(await subjects(store)).toEqual([{ kind: 'escalation-update', id }]);
    expect(await store.artifacts.waiting({ consumer: 'researcher', workspaceIds: [1], limit: 1 })).toEqual(
      [],
    );
  });

  test('close it by the name of the request, from another message', async () => {
    const { id } = await raise(asks(2, { id: 'abc', ...NO_KEY }), asks(3, { id: 'def', ...NO_KEY }));
    await store.entries.append([outcome(9, { outcome: 'denied', id: 'abc' }, 0)], RULES);
    expect(await store.escalations.get(id)).toMatchObject({ state: 'resolved', stateBy: { name: 'Bob' } });
    expect(await at(3)).toMatchObject({ state: 'open' });
  });

  test('change nothing that is decided, nor where nothing was asked', async () => {
    const { id } = await raise(asks(2, { kind: 'approval' }));
    const actor = { author: ana, interactionId: '91' };
    const decision = { option: 'Passphrases', note: null };
    await store.escalations.act(id, { kind: 'decide', decision }, actor, START + 9000);
    await store.entries.append([outcome(2, { outcome: 'denied' }), outcome(8, { outcome: 'denied' })], RULES);
    expect(await store.escalations.get(id)).toMatchObject({ state: 'decided', decision, stateBy: ana });
  });
});

describe('a message that is edited', () => {
  const grown = (message: string, draft: Partial<ReturnType<typeof placed>['draft']> = {}) =>
    asks(2, { dedupe_key: null }, { draft: { message, ...draft } });

  test('lets what waits say what it says now, and its card', async () => {
    const { id } = await raise(grown('Which'));
    await post(store, START + 3000);
    await store.entries.rewrite([grown('Which colour?')], START + 5000, RULES);
    expect(await store.escalations.get(id)).toMatchObject({ reason: 'Which colour?', version: 2 });
    expect(await subjects(store)).toEqual([{ kind: 'escalation-update', id }]);
    await store.entries.append([asks(3, NO_KEY, { draft: { message: 'which COLOUR?' } })], RULES);
    expect(await at(3)).toMatchObject({ mergedInto: id });
  });

  test('raises what it did not ask before', async () => {
    await store.entries.append([placed(2, { author: researcher, message: 'Thinking' })], RULES);
    await store.entries.rewrite([grown('Which colour?')], START + 5000, RULES);
    expect(await at(2)).toMatchObject({ state: 'open', reason: 'Which colour?' });
    expect(await subjects(store)).toHaveLength(1);
  });

  test('takes back what it asks no more', async () => {
    const { id } = await raise(grown('Which colour?'));
    await store.entries.rewrite(
      [grown('Never mind', { escalation: false, details: null })],
      START + 5000,
      RULES,
    );
    expect(await store.escalations.get(id)).toMatchObject({ state: 'cancelled' });
    expect(await subjects(store)).toEqual([{ kind: 'escalation-update', id }]);
  });
});

describe('a message that is deleted', () => {
  test('takes its escalation with it, and lets the card say so', async () => {
    const { id } = await raise(asks(2));
    await post(store, START + 3000);
    await store.entries.erase(['1000002'], START + MINUTE);
    expect(await store.escalations.get(id)).toMatchObject({
      state: 'cancelled',
      reason: '',
      options: [],
      default: null,
      dedupeKey: null,
      replyToMessageId: null,
    });
    expect((await store.escalations.events(id)).at(-1)).toMatchObject({
      kind: 'cancelled',
      reason: 'The message was deleted.',
    });
    expect(await subjects(store)).toEqual([{ kind: 'escalation-update', id }]);
    const reopen = { kind: 'reopen', reason: 'x' } as const;
    const actor = { author: ana, interactionId: '91' };
    expect((await store.escalations.act(id, reopen, actor, START + MINUTE))?.kind).toBe('refused');
  });

  test('hands what waits on to the next that asked the same', async () => {
    const first = await raise(asks(2), asks(3, {}, { draft: { author: coder } }), asks(4));
    await store.entries.erase(['1000002'], START + MINUTE);
    const heir = await at(3);
    expect(heir).toMatchObject({ state: 'open', mergedInto: null, merged: 1, nextAt: START + MINUTE });
    expect(await at(4)).toMatchObject({ state: 'merged', mergedInto: heir.id });
    expect(await store.escalations.get(first.id)).toMatchObject({ state: 'cancelled' });
    await post(store, START + MINUTE);
    await store.escalations.advance(START + MINUTE, 10);
    expect(await subjects(store)).toEqual([{ kind: 'escalation-card', id: heir.id, ping: true }]);
  });

  test('leaves no byte of what it asked in the file, and still answers the agent', async () => {
    await inTempDir(async (dir) => {
      const path = join(dir, 'work-logs.db');
      const file = await openTestStore({ path, now: () => START });
      await file.workspaces.map(mapping(), START, null);
      const words = {
        options: ['XYLOPHONE', 'Bassoon'],
        default: 'XYLOPHONE',
        dedupe_key: 'XYLOKEY',
        id: 'XYLOID',
      };
      await file.entries.append(
        [placed(1), asks(2, words, { draft: { message: 'XYLOREASON '.repeat(300) } })],
        RULES,
      );
      const { id } = (await file.escalations.byStep(SESSION, 2))!;
      const decision = { option: 'Bassoon', note: null };
      const actor = { author: ana, interactionId: '91' };
      await file.escalations.act(id, { kind: 'decide', decision }, actor, START + 9000);
      await file.entries.erase(['1000002'], START + MINUTE);
      expect(await subjects(file)).toContainEqual({ kind: 'escalation-answer', id, version: 2 });
      expect(await file.escalations.get(id)).toMatchObject({ state: 'decided', decision, reason: '' });
      await file.close();
      expect(readFileSync(path).toString('latin1')).not.toMatch(/XYLO/);
    });
  });
});

test('what waits in a channel that is unmapped is cancelled, and nothing more is said of it', async () => {
  const { id } = await raise(asks(2));
  await store.workspaces.unmap(1, START + MINUTE);
  expect(await store.escalations.get(id)).toMatchObject({ state: 'cancelled', closedAt: START + MINUTE });
  expect(await subjects(store)).toEqual([]);
});

test('an entry and its escalation are there together, or neither is', async () => {
  db.exec("CREATE TRIGGER broken BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END");
  await expect(store.entries.append([asks(2)], RULES)).rejects.toThrow('full');
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect([count('entries'), count('escalations'), count('escalation_events'), count('outbox')]).toEqual([
    1, 0, 0, 0,
  ]);
  db.exec('DROP TRIGGER broken');
  await store.entries.append([asks(2)], RULES);
  expect(await at(2)).toMatchObject({ state: 'open' });
});

test('events cannot be changed, but for words that go', async () => {
  const { id } = await raise(asks(2));
  for (const change of ["kind = 'decided'", 'at = 0', 'version = 9'])
    expect(() => db.exec(`UPDATE escalation_events SET ${change} WHERE escalation = ${id}`)).toThrow(
      'append-only',
    );
});
