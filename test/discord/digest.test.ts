import { afterEach, beforeEach, expect, test } from 'vitest';
import { gatherDigest } from '../../src/discord/digest.ts';
import type { DigestSection } from '../../src/domain/digest-line.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import type { PlacedDraft, Store } from '../../src/store/store.ts';
import { asks } from '../store/escalation-support.ts';
import { HOUR, mapping, memoryStore, nanobot, placed, RULES, START } from '../store/support.ts';

let store: Store;
let workspace: Workspace;

beforeEach(async () => {
  ({ store } = memoryStore());
  workspace = await store.workspaces.map(mapping(), START, null);
});
afterEach(() => store.close());

const period = { from: START, to: START + 90 * HOUR };
const gather = () =>
  gatherDigest({ store, config: { workLogs: { confidenceThreshold: 0.7 } } }, workspace, period);

/** As many sessions, each in a thread of its own, in which one agent fails. */
const threads = (count: number, first: number, privateThread: boolean): PlacedDraft[] =>
  Array.from({ length: count }, (_, index) =>
    placed(
      first + index,
      {
        author: nanobot,
        level: 'error',
        message: `${privateThread ? 'Secret' : 'Open'} part ${first + index} failed`,
      },
      { threadId: String(first + index), privateThread },
    ),
  );

const linesOf = (digest: Awaited<ReturnType<typeof gather>>['digest'], wanted: DigestSection) =>
  digest.sections.find(({ section }) => section === wanted);

test('a night of very many sessions is told whole, whatever happened in private beside it', async () => {
  await store.entries.append([...threads(300, 1000, false), ...threads(900, 2000, true)], RULES);
  await store.entries.append(threads(400, 4000, false), RULES);
  const { digest, timeline } = await gather();
  const wrong = linesOf(digest, 'went_wrong')!;
  expect([digest.steps, wrong.lines.length + wrong.more]).toEqual([700, 700]);
  expect(wrong.lines[0]!.text).toBe('Open part 1000 failed');
  expect(JSON.stringify(digest)).not.toContain('Secret');
  expect(timeline.marks.reduce((sum, { count }) => sum + count, 0)).toBe(700);
});

test('what waits in private takes no room from what waits for all to see', async () => {
  const details = { dedupe_key: null, timeout_ms: null };
  const asked = (n: number, privateThread: boolean) =>
    asks(n, { ...details, request_id: String(n) }, { threadId: String(n), privateThread });
  await store.entries.append(
    Array.from({ length: 600 }, (_, index) => asked(1000 + index, true)),
    RULES,
  );
  await store.entries.append([asked(5000, false), asked(5001, false)], RULES);
  const { digest } = await gather();
  expect(linesOf(digest, 'needs_decision')?.lines).toHaveLength(2);
  expect(linesOf(digest, 'needs_decision')).toMatchObject({ more: 0 });
  expect(digest.next).toMatchObject({ kind: 'decide', more: 1 });
});
