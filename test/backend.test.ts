import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBackend } from '../src/backend.ts';
import type { Backend } from '../src/backend.ts';
import { SESSION } from '../src/domain/closing-card.ts';
import { DEFAULT_INSIGHT_RULES } from '../src/domain/insight.ts';
import { KEEP_ALL } from '../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../src/domain/work-log.ts';
import { StartupError } from '../src/errors.ts';
import { batchOf } from '../src/recorder/batch.ts';
import type { Observation } from '../src/recorder/observation.ts';
import { observation } from './recorder/support.ts';
import { programEnv } from './support/program-env.ts';

const rules = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };
const ana = { key: '10', name: 'Ana', kind: 'person' as const };
const nanobot = { key: '11', name: 'nanobot', kind: 'bot' as const };
const researcher = { key: '12', name: 'Researcher', kind: 'persona' as const };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backend-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function said(messageId: string, author: Observation['author'], content: string): Observation {
  return observation({ messageId, author, at: 1_000 + Number(messageId), content });
}

async function map(backend: Backend): Promise<void> {
  await backend.store.workspaces.map(
    {
      guildId: '1',
      channelId: '2',
      name: 'project-x',
      type: 'project',
      coordinator: 'nanobot',
      owners: [],
      mappedBy: 'command',
    },
    0,
    null,
  );
}

describe('the database thread', () => {
  it('posts the card that it was given when a session ends', async () => {
    const card = { content: `See ${SESSION}` };
    const backend = await startBackend({ path: ':memory:', rules, card });
    try {
      await map(backend);
      await backend.record(batchOf([said('1', nanobot, 'Done')]));
      await backend.store.sessions.close({ workspaceId: 1, threadId: null }, 5_000, 'command');
      const [row] = await backend.store.outbox.due(10_000, 5);
      expect(row).toMatchObject({ channelId: '2', payload: { content: 'See 1' } });
    } finally {
      await backend.close();
    }
  });

  it('lets a person look at an insight that holds something private, also where nothing is masked', async () => {
    const backend = await startBackend({
      path: ':memory:',
      rules: { ...rules, maskSecrets: false },
      insights: { ...DEFAULT_INSIGHT_RULES, autoApprove: true },
    });
    const insight = (message: string) =>
      `\`\`\`worklog\n${JSON.stringify({ type: 'insight', message, insight_category: 'user_preference', confidence: 0.95 })}\n\`\`\``;
    try {
      await map(backend);
      const mail = said('1', nanobot, insight('Ana reads ana.silva@posteo.de'));
      await backend.record(batchOf([mail, said('2', nanobot, insight('Ana reads mail at noon'))]));
      await backend.store.sessions.close({ workspaceId: 1, threadId: null }, 5_000, 'command');
      const states = ['pending', 'approved'] as const;
      const { insights } = await backend.store.insights.list({
        workspaceIds: [1],
        states,
        offset: 0,
        limit: 9,
      });
      expect(insights.map(({ content, state, sensitive }) => [content, state, sensitive])).toEqual([
        ['Ana reads mail at noon', 'approved', []],
        ['Ana reads ana.silva@posteo.de', 'pending', ['private']],
      ]);
    } finally {
      await backend.close();
    }
  });

  it('records a batch once, and knows the bots of the workspace by name after a restart', async () => {
    const path = join(dir, 'work-logs.db');
    const first = await startBackend({ path, rules });
    await map(first);
    const batch = batchOf([
      said('101', researcher, 'hello'),
      said('102', nanobot, '@researcher please look'),
    ]);
    await first.record(batch);
    await first.record(batch);
    await first.close();

    const second = await startBackend({ path, rules });
    await second.record(batchOf([said('103', nanobot, '- @researcher and this')]));
    const { entries, total } = await second.store.entries.page({ sessionId: '101' }, 0, 10);
    await second.close();
    expect(total).toBe(3);
    expect(entries.map(({ step, level, handoffTo }) => [step, level, handoffTo])).toEqual([
      [1, 'info', []],
      [2, 'handoff', ['@Researcher']],
      [3, 'handoff', ['@Researcher']],
    ]);
  });

  it('records at its next start what it had noted when it ended', async () => {
    const path = join(dir, 'work-logs.db');
    const first = await startBackend({ path, rules });
    await map(first);
    await first.note(0, batchOf([said('101', researcher, 'hello')]));
    await first.note(
      1,
      batchOf([said('102', nanobot, '@researcher please look'), { content: 'nobody' } as Observation]),
    );
    expect(await first.store.sessions.get('101')).toBeNull();
    await first.close();

    const second = await startBackend({ path, rules });
    const { entries } = await second.store.entries.page({ sessionId: '101' }, 0, 10);
    await second.close();
    expect(entries.map(({ step, level, message }) => [step, level, message])).toEqual([
      [1, 'info', 'hello'],
      [2, 'handoff', '@researcher please look'],
    ]);
    expect(second.recovered.unreadable).toHaveLength(1);

    const third = await startBackend({ path, rules });
    await third.close();
    expect(third.recovered.unreadable).toEqual([]);
  });

  it('says what to do when the database cannot be used, and leaves no thread behind', async () => {
    const path = join(dir, 'notes.txt');
    writeFileSync(path, 'This is no database, but a text that somebody wants to keep. '.repeat(100));
    const start = startBackend({ path, rules });
    await expect(start).rejects.toBeInstanceOf(StartupError);
    await expect(start).rejects.toThrow(/not a database/);
  });

  it('says what to do when the disk takes no more of what was noted before a crash, which stays for the next start', async () => {
    const path = join(dir, 'work-logs.db');
    const first = await startBackend({ path, rules });
    await map(first);
    const notes = Array.from({ length: 50 }, (_, n) => said(String(101 + n), ana, 'words '.repeat(300)));
    await first.note(0, batchOf(notes));
    await first.close();

    expect(await startOnFullDisk(path)).toBe(
      `StartupError: The database ${path} cannot be read or written: the disk reports an error. ` +
        'Check the disk and its free space. (SQLITE_IOERR_WRITE)\n',
    );

    const second = await startBackend({ path, rules });
    const { total } = await second.store.entries.page({ sessionId: '101' }, 0, 1);
    await second.close();
    expect(total).toBe(50);
  });

  it('refuses calls after it was closed', async () => {
    const backend = await startBackend({ path: ':memory:', rules });
    await backend.close();
    await expect(backend.record(batchOf([]))).rejects.toThrow(/ended/);
  });
});

/** Starts it in a process whose files may grow to 50 KB, which is enough to open the database; what that says of how it went. */
async function startOnFullDisk(path: string): Promise<string> {
  const source = `
    import { startBackend } from ${JSON.stringify(new URL('../src/backend.ts', import.meta.url).href)};
    const start = startBackend({ path: ${JSON.stringify(path)}, rules: ${JSON.stringify(rules)} });
    console.log(String(await start.catch((error) => error)));
    process.exit();`;
  const node = [process.execPath, '-e', source];
  const limited = ['-c', 'ulimit -f 100; exec "$@"', 'sh', ...node];
  const { stdout } = await promisify(execFile)('sh', limited, { env: programEnv() });
  return stdout;
}
