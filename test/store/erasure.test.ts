import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../support/empty-store.ts';
import { expiry, found, LATER, onDisk } from './on-disk.ts';
import { ana, coder, draft, HOUR, inTempDir, mapping, nanobot, placed, RULES, START } from './support.ts';

const DAY = 24 * HOUR;

describe('what is old', () => {
  test('goes with its session, from the search index, and from the disk', async () => {
    await onDisk(async (store, bytes) => {
      const old = Array.from({ length: 700 }, (_, n) => placed(n, { message: `planted${n} old` }));
      await store.entries.append(old, RULES);
      await found(store, 'planted1');
      await store.entries.append([placed(800, { message: 'planted too, not indexed yet' })], RULES);
      await store.entries.append([placed(900_000, { message: 'young' })], RULES);
      const size = await store.size();
      const expired = await store.erasure.expire(expiry(START + 100_000_000));
      expect(expired).toEqual({ entries: 701, sessions: 1, isDone: true });
      expect((await store.size()) / size).toBeLessThan(0.8);
      expect(await found(store, 'planted')).toEqual([]);
      expect(await found(store, 'young')).toHaveLength(1);
      expect(bytes().includes('planted')).toBe(false);
      expect(bytes().includes('young')).toBe(true);
    });
  });

  test('leaves no word of it on the disk time after time', async () => {
    await onDisk(async (store, bytes) => {
      for (const time of [1, 2, 3]) {
        const day = (time * DAY) / 1000;
        const old = Array.from({ length: 900 }, (_, n) =>
          placed(day + n, { message: `planted${time}word${n}` }),
        );
        await store.entries.append(old, RULES);
        await found(store, 'planted');
        await store.erasure.expire(expiry(START + (time + 0.5) * DAY));
        expect(bytes().includes('planted')).toBe(false);
      }
    });
  });

  test('of a session that still runs goes step by step, and the rest reads as before', async () => {
    await onDisk(async (store) => {
      const all = Array.from({ length: 600 }, (_, n) => placed(n * 60, { author: n % 2 ? nanobot : ana }));
      await store.entries.append(all, RULES);
      expect(await store.erasure.expire(expiry(START + 300 * 60_000))).toMatchObject({
        entries: 300,
        sessions: 0,
      });
      await store.entries.append([placed(600 * 60, { message: 'and on' })], RULES);
      const sessionId = all[0]!.draft.messageId;
      const { entries, total } = await store.entries.page({ sessionId }, 0, 200);
      expect([entries[0]!.step, entries.at(-1)!.step, total]).toEqual([301, 500, 301]);
      const rest = await store.entries.page({ sessionId }, 200, 200);
      expect([rest.entries[0]!.step, rest.entries.at(-1)!.message]).toEqual([501, 'and on']);
      expect((await store.sessions.get(sessionId))!.query).toBe('');
      expect((await store.sessions.participants(sessionId)).map(({ steps }) => steps).sort()).toEqual([
        150, 151,
      ]);
      const anas = await store.entries.page({ sessionId, authorKey: ana.key }, 0, 500);
      expect([anas.entries.length, anas.total]).toEqual([151, 151]);
    });
  });

  test('goes a part at a time when there is much of it', async () => {
    await onDisk(async (store) => {
      for (let n = 0; n < 10; n += 1)
        await store.entries.append([placed(n * 100_000), placed(n * 100_000 + 1)], RULES);
      const first = await store.erasure.expire(expiry(LATER, 5));
      expect(first.isDone).toBe(false);
      expect(first.entries).toBeGreaterThanOrEqual(5);
      expect((await store.erasure.expire(expiry(LATER))).isDone).toBe(true);
      expect((await store.sessions.list({ workspaceIds: [1], limit: 20 })).length).toBeLessThanOrEqual(1);
    });
  });

  test('leaves nobody’s name behind of whom nothing else is recorded', async () => {
    await onDisk(async (store, bytes) => {
      const someone = { key: '105', name: 'Plantedname', kind: 'person' as const };
      await store.entries.append([placed(1, { author: someone }), placed(2, { author: coder })], RULES);
      await store.entries.append([placed(900_000)], RULES);
      await store.erasure.expire(expiry(START + 100_000_000));
      expect(bytes().includes('Plantedname')).toBe(false);
      await store.entries.append([placed(900_001, { author: someone })], RULES);
      expect(await store.entries.byMessage(draft(900_001).messageId)).toMatchObject({ author: someone });
    });
  });

  test('takes no id with it that others get after a restart', async () => {
    await inTempDir(async (dir) => {
      const path = join(dir, 'work-logs.db');
      const first = await openTestStore({ path, now: () => START });
      await first.workspaces.map(mapping(), START, null);
      await first.entries.append([placed(1, { message: 'gone' }), placed(900_000)], RULES);
      await found(first, 'gone');
      await first.erasure.expire(expiry(LATER));
      await first.close();
      const second = await openTestStore({ path, now: () => START });
      await second.entries.append([placed(900_001, { message: 'findable' })], RULES);
      expect(await found(second, 'findable')).toHaveLength(1);
      await second.close();
    });
  });
});

test('what others did keeps its category where somebody who is forgotten was called so, and else is of none', async () => {
  await onDisk(async (store) => {
    const said = ['tool', 'cooking'].map((category, n) => placed(n, { author: coder, category }));
    await store.entries.append(said, RULES);
    await store.erasure.forget({ userId: ana.key, names: ['tool', 'cooking'] }, LATER, LATER);
    const [log] = await store.sessions.list({ workspaceIds: [1], limit: 1 });
    const { entries } = await store.entries.page({ sessionId: log!.sessionId }, 0, 9);
    expect(entries.map(({ category }) => category)).toEqual(['tool', 'general']);
  });
});

test('a message deleted in Discord is gone from the disk a second later', async () => {
  await onDisk(async (store, bytes) => {
    const many = Array.from({ length: 3000 }, (_, n) =>
      placed(n, { message: `plantedword${n} and text ${n}` }),
    );
    await store.entries.append(many, RULES);
    await found(store, 'x');
    const ids = many.map(({ draft: { messageId } }) => messageId);
    expect(await store.entries.erase(ids, LATER)).toBe(3000);
    await expect.poll(() => bytes().includes('planted'), { timeout: 8000 }).toBe(false);
  });
});

test('all that was recorded in a server goes, and other servers stay as they are', async () => {
  await onDisk(async (store, bytes) => {
    await store.workspaces.map(mapping({ guildId: '2', channelId: '20' }), START, null);
    await store.entries.append([placed(1, { message: 'planted' })], RULES);
    await store.entries.append([placed(2, { message: 'kept' }, { workspaceId: 2 })], RULES);
    await store.workspaces.unmap(1, START + 5000);
    expect(await store.erasure.eraseGuild({ guildId: '1', keep: false }, LATER)).toBe(1);
    expect(bytes().includes('planted')).toBe(false);
    expect(await store.workspaces.list()).toMatchObject([{ id: 2 }]);
    expect(await store.entries.byMessage(draft(2).messageId)).toMatchObject({ message: 'kept' });
  });
});

test('servers that the bot has left are told once their time is over, unless it came back', async () => {
  await onDisk(async (store) => {
    await store.people.optOut({ guildId: '2', userId: '7', names: [] }, START);
    expect(await store.erasure.departed([], START, START - DAY)).toEqual([]);
    expect(await store.erasure.departed(['2'], START + DAY, START)).toEqual([]);
    expect(await store.erasure.departed([], START + 2 * DAY, START + DAY)).toEqual(['1']);
    expect(await store.erasure.departed([], START + 4 * DAY, START + 3 * DAY)).toEqual(['1', '2']);
    await store.erasure.eraseGuild({ guildId: '2', keep: false }, START);
    expect(await store.erasure.departed([], START + 9 * DAY, START + 8 * DAY)).toEqual(['1']);
  });
});

describe('nothing of a few words is left either', () => {
  /** Says some words each day, and deletes all up to a day. */
  function days(store: Store) {
    let day = 0;
    return {
      async say(...words: string[]) {
        day += 1;
        const said = words.map((message, n) => placed((day * DAY) / 1000 + n, { message }));
        await store.entries.append(said, RULES);
        await found(store, words[0]!);
      },
      expire: () => store.erasure.expire(expiry(START + (day + 0.5) * DAY)),
    };
  }
  const many = Array.from({ length: 900 }, (_, n) => `word${n}`);

  test('in an index that was large and is empty', async () => {
    await onDisk(async (store, bytes) => {
      const { say, expire } = days(store);
      for (const words of [many, many, ['plantedone', 'plantedtwo']]) {
        await say(...words);
        await expire();
      }
      expect(bytes().includes('planted')).toBe(false);
    });
  });

  test('in an index that was large and is small', async () => {
    await onDisk(async (store, bytes) => {
      const { say, expire } = days(store);
      await say(...many);
      const stays = placed((40 * DAY) / 1000, { message: 'stays' }, { threadId: '77' });
      await store.entries.append([stays], RULES);
      await found(store, 'stays');
      await expire();
      await say('plantedone', 'plantedtwo');
      await expire();
      expect(bytes().includes('planted')).toBe(false);
    });
  });
});
