import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Access } from '../../src/discord/access.ts';
import { Reader, REFUSAL } from '../../src/discord/reader.ts';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../../src/domain/work-log.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import { UserError } from '../../src/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { mapping, memoryStore, placed } from '../store/support.ts';

let store: Store;
let workspace: Workspace;
/** The private threads that the asker is in, and how often somebody asked. */
let member: Set<string>;
let asked: string[];
/** How long Discord takes to say so, in ms. */
let latency: number;

beforeEach(async () => {
  ({ store } = memoryStore());
  workspace = await store.workspaces.map(mapping(), 0, null);
  member = new Set();
  asked = [];
  latency = 0;
});
afterEach(() => store.close());

function reader({ guildId = workspace.guildId, reads = true, manages = false } = {}): Reader {
  const access: Access = {
    mayRead: async () => reads,
    owns: async () => reads,
    managesThreads: async () => manages,
    sees: async () => reads,
    readable: async () => (reads ? [workspace] : []),
    async mayReadThread(_, __, threadId) {
      asked.push(threadId);
      await new Promise((resolve) => {
        setTimeout(resolve, latency);
      });
      return manages || member.has(threadId);
    },
  };
  const workspaces = {
    byChannel: (id: string) => (id === workspace.channelId ? workspace : undefined),
    byId: (id: number) => (id === workspace.id ? workspace : undefined),
  };
  return new Reader({ store, access, workspaces } as ConstructorParameters<typeof Reader>[0], {
    guildId,
    userId: '5',
  });
}

/** Sessions in private threads named by these numbers; the higher, the newer. */
async function privateSessions(...numbers: number[]): Promise<void> {
  const drafts = numbers.map((n) =>
    placed(
      n,
      { message: `zebra ${n}` },
      { threadId: `t${n}`, privateThread: true, workspaceId: workspace.id },
    ),
  );
  await store.entries.append(drafts, { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true });
}

test('each thing that one message says answers for itself', async () => {
  const parts = ['zebra one', 'zebra two'].map((message, part) =>
    placed(1, { message, part }, { workspaceId: workspace.id }),
  );
  await store.entries.append(parts, { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true });
  const { hits } = await reader().ask('zebra', [workspace], 5);
  expect(hits.map(({ entry }) => entry.message)).toHaveLength(2);
});

test('of many workspaces those are asked where something was said last', async () => {
  const all: Workspace[] = [];
  for (let n = 0; n < 30; n += 1) {
    const one = await store.workspaces.map(mapping({ channelId: `c${n}` }), 0, null);
    all.push(one);
    const draft = placed(100 + n, { message: `zebra ${n}` }, { workspaceId: one.id });
    await store.entries.append([draft], { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true });
  }
  const { searched } = await reader().ask('zebra', all, 5);
  expect(searched.map(({ channelId }) => channelId)).toEqual(
    Array.from({ length: 20 }, (_, n) => `c${29 - n}`),
  );
  expect((await reader().ask('zebra', all.slice(0, 20), 5)).searched).toHaveLength(20);
});

const refused = expect.objectContaining({ name: UserError.name, message: REFUSAL }) as Error;

describe('sessions of private threads', () => {
  test('are passed over until enough readable ones are found, however many hidden ones are newer', async () => {
    await privateSessions(...Array.from({ length: 45 }, (_, n) => n + 1));
    member = new Set(['t1', 't3', 't40']);
    const found = await reader().logs([workspace], 2);
    expect(found.map(({ log }) => log.threadId)).toEqual(['t40', 't3']);
  });

  test('are asked about once each, and only so many times', async () => {
    await privateSessions(...Array.from({ length: 60 }, (_, n) => n + 1));
    expect(await reader().logs([workspace], 3)).toEqual([]);
    expect(asked).toHaveLength(50);
    expect(new Set(asked).size).toBe(50);
  });

  test('are all there for who manages threads, however many there are', async () => {
    await privateSessions(...Array.from({ length: 70 }, (_, n) => n + 1));
    expect(await reader({ manages: true }).logs([workspace], 70)).toHaveLength(70);
  });

  test('are asked about several at a time, so that suggestions come while somebody types', async () => {
    await privateSessions(...Array.from({ length: 50 }, (_, n) => n + 1));
    latency = 40;
    const began = performance.now();
    await reader().logs([workspace], 3);
    await reader().ask('zebra', [workspace], 5);
    expect(performance.now() - began).toBeLessThan(50 * latency);
  });

  test('answer questions only to their members', async () => {
    await privateSessions(1, 2, 3);
    member = new Set(['t2']);
    const { hits } = await reader().ask('zebra', [workspace], 5);
    expect(hits.map(({ entry }) => entry.message)).toEqual(['zebra 2']);
  });
});

describe('refused in the same words are', () => {
  beforeEach(() => privateSessions(1));

  test.each<[string, (all: Reader) => Promise<unknown>, Parameters<typeof reader>[0]?]>([
    ['a channel that is no workspace', (all) => all.workspace('99')],
    ['a workspace that may not be read', (all) => all.workspace('10'), { reads: false }],
    ['a workspace of another server', (all) => all.workspace('10'), { guildId: '2' }],
    ['a session that is not', (all) => all.log('123')],
    ['a session in a hidden thread', (all) => all.log('1000001')],
    ['a session of another server', (all) => all.log('1000001'), { guildId: '2' }],
    ['the latest of a hidden thread', (all) => all.latestInThread(workspace, 't1')],
  ])('%s', async (_, read, options) => {
    await expect(read(reader(options))).rejects.toEqual(refused);
  });

  test('and a step of such a session is as if it were not', async () => {
    expect(await reader().entryOf('1000001')).toBeNull();
    expect(await reader().entryOf('999')).toBeNull();
    member.add('t1');
    expect((await reader().entryOf('1000001'))?.entry.message).toBe('zebra 1');
  });
});
