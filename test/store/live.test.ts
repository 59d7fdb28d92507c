import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestStore } from '../support/empty-store.ts';
import { RULES, START, ana, coder, inTempDir, mapping, nanobot, placed, researcher } from './support.ts';

test('after a restart open sessions go on: steps, who asked whom, participants, entry ids', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const first = await openTestStore({ path });
    await first.workspaces.map(mapping(), START, null);
    await first.entries.append(
      [placed(1), placed(2, { author: nanobot, mentions: [researcher] }), placed(3, {}, { threadId: '77' })],
      RULES,
    );
    await first.close();

    const second = await openTestStore({ path });
    await second.entries.append(
      [placed(4, { author: researcher }), placed(5, { author: coder }, { threadId: '77' }), placed(2)],
      RULES,
    );
    expect(await second.entries.byMessage('1000004')).toMatchObject({
      sessionId: '1000001',
      step: 3,
      triggeredBy: '@nanobot',
    });
    expect(await second.entries.byMessage('1000005')).toMatchObject({ sessionId: '1000003', step: 2 });
    expect(await second.sessions.participants('1000001')).toEqual([
      { author: ana, steps: 1 },
      { author: nanobot, steps: 1 },
      { author: researcher, steps: 1 },
    ]);
    await second.close();
  });
});

test('who was asked long ago in a session is not asked any more after a restart', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const first = await openTestStore({ path });
    await first.workspaces.map(mapping(), START, null);
    await first.entries.append([placed(0, { author: nanobot, mentions: [researcher, coder] })], RULES);
    const chat = Array.from({ length: 299 }, (_, n) => placed(n + 1));
    await first.entries.append([...chat, placed(300, { author: researcher, mentions: [coder] })], RULES);
    await first.close();
    const second = await openTestStore({ path });
    await second.entries.append([placed(301, { author: researcher }), placed(302, { author: coder })], RULES);
    expect(await second.entries.byMessage('1000301')).toMatchObject({ step: 302, triggeredBy: 'user' });
    expect(await second.entries.byMessage('1000302')).toMatchObject({ triggeredBy: '@researcher' });
    await second.close();
  });
});

test('a session that ended before the restart stays ended', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const first = await openTestStore({ path });
    await first.workspaces.map(mapping(), START, null);
    await first.entries.append([placed(1)], RULES);
    await first.sessions.close({ workspaceId: 1, threadId: null }, START + 5000, 'command');
    await first.close();
    const second = await openTestStore({ path });
    await second.entries.append([placed(6)], RULES);
    expect(await second.entries.byMessage('1000006')).toMatchObject({ sessionId: '1000006', step: 1 });
    await second.close();
  });
});
