import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_ESCALATION_RULES } from '../../src/domain/escalation-times.ts';
import { MIGRATIONS, openStore } from '../../src/store/open.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { asks, post } from './escalation-support.ts';
import { HOUR, inTempDir, mapping, memoryStore, placed, RULES, START } from './support.ts';

const guildId = mapping().guildId;
const SESSION = '1000001';

test('the time zone of a server outlives the process, and can be given back to the configuration', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const first = await openStore({ path });
    await first.guilds.setTimezone({ guildId, timezone: 'Asia/Kathmandu', at: START });
    await first.close();
    const second = await openStore({ path });
    expect(await second.guilds.timezones()).toEqual([{ guildId, timezone: 'Asia/Kathmandu', at: START }]);
    await second.guilds.setTimezone({ guildId, timezone: null, at: START + 1 });
    expect(await second.guilds.timezones()).toEqual([{ guildId, timezone: null, at: START + 1 }]);
    await second.close();
  });
});

test('it goes with all else of a server, and stays where only what was recorded goes', async () => {
  const { store } = memoryStore();
  await store.guilds.setTimezone({ guildId, timezone: 'Asia/Kathmandu', at: START });
  await store.guilds.setTimezone({ guildId: '9', timezone: 'UTC', at: START });
  await store.erasure.eraseGuild({ guildId, keep: true }, START);
  expect(await store.guilds.timezones()).toHaveLength(2);
  await store.erasure.eraseGuild({ guildId, keep: false }, START);
  expect(await store.guilds.timezones()).toEqual([{ guildId: '9', timezone: 'UTC', at: START }]);
  await store.close();
});

/** A store whose nights are quiet, with a decision that is asked for at two in the night, UTC. */
async function atNight(): Promise<{ store: Store; two: number }> {
  const quietHours = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  const { store } = memoryStore(null, { ...DEFAULT_ESCALATION_RULES, quietHours });
  await store.workspaces.map(mapping(), START, null);
  const two = Math.ceil(START / (24 * HOUR)) * 24 * HOUR + 2 * HOUR;
  return { store, two };
}

const raise = async (store: Store, at: number) => {
  await store.entries.append([placed(1, { at })], RULES);
  const details = { timeout_ms: null, dedupe_key: null };
  await store.entries.append([asks(2, details, { draft: { at } })], RULES);
  return (await store.escalations.byStep(SESSION, 2))!;
};

test('nobody is pinged in the quiet hours of their own clock', async () => {
  const { store, two } = await atNight();
  await store.guilds.setTimezone({ guildId, timezone: 'Pacific/Auckland', at: START });
  await raise(store, two);
  expect(await post(store, two)).toMatchObject([{ kind: 'escalation-card', ping: true }]);
  await store.close();
});

test('what waits for the end of the quiet hours waits for it by a clock that is set meanwhile', async () => {
  const { store, two } = await atNight();
  const { id } = await raise(store, two);
  expect(await post(store, two)).toMatchObject([{ kind: 'escalation-card', ping: false }]);
  expect(await store.escalations.get(id)).toMatchObject({ wakeAt: two + 5 * HOUR });
  await store.guilds.setTimezone({ guildId, timezone: 'Asia/Karachi', at: two + HOUR });
  expect(await store.escalations.get(id)).toMatchObject({ wakeAt: two + HOUR });
  await store.escalations.advance(two + HOUR, 9);
  expect(await post(store, two + HOUR)).toMatchObject([{ kind: 'escalation-reminder' }, {}]);
  await store.close();
});

test('one that waits in the quiet hours of both clocks waits for the later end', async () => {
  const { store, two } = await atNight();
  const { id } = await raise(store, two);
  await post(store, two);
  await store.guilds.setTimezone({ guildId, timezone: 'Atlantic/Azores', at: two });
  expect(await store.escalations.get(id)).toMatchObject({ wakeAt: two + 6 * HOUR });
  await store.close();
});

test('reports that an older version noted are known, and one that it left to be sent is sent', async () => {
  await inTempDir(async (dir) => {
    const older = join(dir, 'older');
    mkdirSync(older);
    const names = readdirSync(MIGRATIONS).sort();
    names.length = names.findIndex((name) => name.includes('guilds'));
    for (const name of names) copyFileSync(join(MIGRATIONS, name), join(older, name));
    const path = join(dir, 'work-logs.db');
    const before = openDatabase(path, older, () => START);
    before.db.exec(`
      INSERT INTO workspaces (id, guild_id, channel_id, name, type, owners, mapped_by, mapped_at)
        VALUES (1, '1', '2', 'project', 'project', '[]', 'rule', 1);
      INSERT INTO reports VALUES (1, '2026-02-12', 100, 200, 0, NULL), (1, '2026-02-13', 200, 300, 1, 7);
      INSERT INTO outbox (id, subject, nonce, created_at, due_at, workspace_id)
        VALUES (7, '{"kind":"report","workspaceId":1,"day":"2026-02-13"}', 'n7', 1, 1, 1)`);
    before.close();
    const after = await openStore({ path });
    expect(await after.reports.latest(1)).toEqual({ workspaceId: 1, from: 200, to: 300, late: true });
    expect(await after.outbox.due(START, 9)).toMatchObject([
      { id: 7, subject: { kind: 'report', workspaceId: 1, to: 300 } },
    ]);
    await after.close();
  });
});
