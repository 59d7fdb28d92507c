import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBackendService } from '../src/backend-service.ts';
import type { BackendService } from '../src/backend-service.ts';
import type { Author } from '../src/domain/author.ts';
import type { BlockEntry } from '../src/domain/block.ts';
import { batchOf } from '../src/recorder/batch.ts';
import { openTestStore } from './support/empty-store.ts';
import type { Store } from '../src/store/store.ts';
import { RULES, START, ana, mapping } from './store/support.ts';

const nanobot: Author = { key: '300', name: 'nanobot', kind: 'bot' };
const WORDS = 'words that nobody else would use';

let dir: string;
let store: Store;
let service: BackendService;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'service-'));
  store = await openTestStore({ path: join(dir, 'work-logs.db') });
  await store.workspaces.map(mapping(), START, null);
  service = await createBackendService(store, { ...RULES, reports: true });
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

const place = { workspaceId: 1, threadId: null, privateThread: false };

function note(id: number, author: Author, content: string): Promise<void> {
  const nothing = { replyToMessageId: null, mentions: [], embeds: [], componentTexts: [], attachments: [] };
  const message = { ...place, messageId: String(id), author, at: START + id, content, flags: 0 };
  return service.note(0, batchOf([{ ...message, ...nothing }]));
}

const onDisk = () =>
  readdirSync(dir)
    .map((name) => readFileSync(join(dir, name)).toString('latin1'))
    .join('');

describe('what was only noted', () => {
  test.each<[string, () => Promise<unknown>]>([
    [
      'of a person who asks to be forgotten',
      () => service.store.erasure.forget({ userId: ana.key, names: [] }, START + 5000, START + 5000),
    ],
    [
      'of a server whose data is erased',
      () => service.store.erasure.eraseGuild({ guildId: mapping().guildId, keep: false }, START + 5000),
    ],
    [
      'and is too old',
      () =>
        service.store.erasure.expire({
          ages: [{ workspaceId: 1, before: START + 5000 }],
          posted: 0,
          everything: 0,
          limit: 100,
        }),
    ],
  ])('%s leaves no byte behind', async (_what, erase) => {
    await note(1, ana, WORDS);
    await store.sessions.close({ workspaceId: 1, threadId: null }, START + 10, 'command');
    expect(onDisk()).toContain(WORDS);
    await erase();
    expect(onDisk()).not.toContain(WORDS);
  });

  test('is one step with what its bot reports of it', async () => {
    await note(1, nanobot, 'done');
    const entry = { level: 'decision', message: 'done', confidence: 0.9 } as BlockEntry;
    const from = { ...place, conversation: null, author: nanobot };
    const [outcome] = await service.report([{ id: 'r1', from, at: START + 2, messageId: null, entry }]);
    expect(outcome).toMatchObject({ status: 'joined', step: 1 });
  });
});
