import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MIGRATIONS, openStore } from '../../src/store/open.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { acts, learningStore, learns, session, shared } from './insight-support.ts';
import { draft, inTempDir, mapping, START } from './support.ts';

let store: Store;
beforeEach(async () => {
  ({ store } = learningStore());
  await map({ type: 'open' });
});
afterEach(() => store.close());

const map = (what: Parameters<typeof mapping>[0]) => store.workspaces.map(mapping(what), START, null);

describe('owners are told', () => {
  const waiting = async () =>
    (await store.outbox.due(START + 3_600_000, 20)).filter(
      (row) => 'subject' in row && row.subject.kind === 'insights-waiting',
    );
  const send = async () => {
    for (const { id } of await waiting())
      await store.outbox.sent(id, { channelId: '10', messageId: `m${id}` }, START + 1);
  };

  test('of what comes while a message about what came before is on its way', async () => {
    await session(store, learns(1));
    await store.insights.tell(1, START);
    await session(store, learns(2, 'Other'));
    await send();
    await store.insights.tell(1, START);
    expect(await waiting()).toHaveLength(1);
    await send();
    await store.insights.tell(1, START);
    expect(await waiting()).toEqual([]);
  });

  test('when something older has become doubtful, which no new one would tell', async () => {
    await session(store, learns(1));
    await shared(store);
    await session(store, learns(2, 'Other'));
    await acts(store, 2, { kind: 'reject' });
    await store.insights.tell(1, START);
    await send();
    const objection = {
      ...draft(5),
      level: 'correction',
      category: 'feedback',
      origin: 'reported',
      claims: { responseTo: 1 },
    } as const;
    await store.feedback.object('1000001', objection);
    expect(await waiting()).toMatchObject([{ subject: { workspaceId: 1, isNews: true } }]);
  });

  test('not of what waits for them already, when that becomes doubtful', async () => {
    await session(store, learns(1), learns(2, 'Use React, not Vue'), learns(3, 'Use Vue, not React'));
    expect(await waiting()).toEqual([]);
  });
});

test('what an older version left to be told of insights is told', async () => {
  await inTempDir(async (dir) => {
    const older = join(dir, 'older');
    mkdirSync(older);
    const names = readdirSync(MIGRATIONS).sort();
    names.length = names.findIndex((name) => name.includes('insight_subjects'));
    for (const name of names) copyFileSync(join(MIGRATIONS, name), join(older, name));
    const path = join(dir, 'work-logs.db');
    const before = openDatabase(path, older, () => START);
    before.db.exec(`
      INSERT INTO workspaces (id, guild_id, channel_id, name, type, owners, mapped_by, mapped_at)
        VALUES (1, '1', '10', 'general', 'open', '[]', 'rule', 1);
      INSERT INTO outbox (id, subject, nonce, created_at, due_at, workspace_id) VALUES
        (1, '{"kind":"insight-recall","id":4,"version":5,"workspaceId":1}', 'n1', 1, 1, 1),
        (2, '{"kind":"insights-waiting","workspaceId":1}', 'n2', 1, 1, 1)`);
    before.close();
    const after = await openStore({ path });
    const due = await after.outbox.due(START, 9);
    expect(due.map((row) => 'subject' in row && row.subject)).toEqual([
      { kind: 'insight-recall', id: 4, version: 5, workspaceId: 1, part: 0 },
      { kind: 'insights-waiting', workspaceId: 1, told: 0, isNews: false },
    ]);
    for (const { id } of due) await after.outbox.sent(id, { channelId: '10', messageId: `m${id}` }, START);
    expect(await after.insights.waiting(1)).toMatchObject({ message: { messageId: 'm2', newest: 0 } });
    await after.close();
  });
});
