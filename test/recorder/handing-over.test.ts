import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import { ARTIFACT_MAX } from '../../src/domain/stored-artifact.ts';
import { withinSize } from '../../src/recorder/handing-over.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { Recorder } from '../../src/recorder/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { RULES, START, mapping, memoryStore, nanobot, placed } from '../store/support.ts';
import { observation } from './support.ts';

let store: Store;
let recorder: Recorder;
beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  recorder = new Recorder(store, RULES);
});
afterEach(() => store.close());

function posted(json: unknown, extra: Partial<Observation> = {}): Observation {
  const content = `\`\`\`worklog\n${JSON.stringify(json)}\n\`\`\``;
  return observation({ messageId: '2000001', author: nanobot, at: START, content, ...extra });
}

const handed = (ai_ml_count: number, more: object = {}) => ({
  type: 'artifact',
  artifact: { schema: 'bookmarks-v1', ai_ml_count, ...more },
  consumer: '@action-suggester',
  workflow_id: 'bookmarks',
});

const waiting = () => store.artifacts.waiting({ consumer: 'action-suggester', workspaceIds: [1], limit: 10 });

const edit = (json: unknown, editedAt: number) => recorder.record([posted(json, { editedAt })]);

describe('an artifact in a block', () => {
  test('waits for its consumer, with all that is known of it', async () => {
    await recorder.record([posted([{ message: 'Sorted them' }, handed(7)])]);
    expect(await waiting()).toMatchObject([
      {
        producer: 'nanobot',
        consumer: 'action-suggester',
        sessionId: '2000001',
        workflowId: 'bookmarks',
        schema: 'bookmarks-v1',
        content: { schema: 'bookmarks-v1', ai_ml_count: 7 },
        createdAt: START,
      },
    ]);
    const { entries } = await store.entries.page({ sessionId: '2000001' }, 0, 10);
    expect(entries[1]).toMatchObject({
      message: 'Artifact for @action-suggester',
      details: { consumer: '@action-suggester', workflow_id: 'bookmarks' },
    });
  });

  test('is saved once, however often its message is delivered', async () => {
    for (const _ of [1, 2]) await recorder.record([posted(handed(7))]);
    expect(await waiting()).toHaveLength(1);
  });

  test('is masked, and its text is not cut', async () => {
    const secret = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
    const note = 'word '.repeat(900);
    await recorder.record([posted(handed(7, { note, key: secret, mail: 'ana@example.org' }))]);
    const [artifact] = await waiting();
    expect(JSON.stringify(artifact)).not.toMatch(/ghp_|example\.org/);
    expect(artifact!.content).toMatchObject({ note });
  });

  test('of another schema, or of none, is one as well', async () => {
    await recorder.record([posted({ artifact: { n: 1 } })]);
    expect(await store.artifacts.ofSession('2000001', 10)).toMatchObject([
      { schema: 'unknown', consumer: null, content: { n: 1 } },
    ]);
  });

  test('is handed over even where the policy keeps no such step', async () => {
    const rules = { ...RULES, policy: { ...KEEP_ALL, levels: ['decision' as const] } };
    expect(await new Recorder(store, rules).record([posted(handed(7))])).toMatchObject({ dropped: 1 });
    expect(await waiting()).toHaveLength(1);
  });

  test.each([
    ['soon', START + 1000],
    ['later', START + 60_000],
  ])('that is edited %s is replaced while it waits', async (_, editedAt) => {
    await recorder.record([posted(handed(7))]);
    await edit(handed(8), editedAt);
    expect((await waiting()).map(({ content }) => content)).toMatchObject([{ ai_ml_count: 8 }]);
  });

  test.each([
    ['soon', START + 1000],
    ['later', START + 60_000],
  ])('that an edit takes out of its message %s waits no longer', async (_, editedAt) => {
    await recorder.record([posted([handed(7), { ...handed(8), consumer: '@reporter' }])]);
    await edit([handed(7)], editedAt);
    expect((await waiting()).map(({ content }) => content)).toMatchObject([{ ai_ml_count: 7 }]);
    expect(await store.artifacts.waiting({ consumer: 'reporter', workspaceIds: [1], limit: 10 })).toEqual([]);
    await edit({ message: 'On second thoughts, nothing' }, editedAt + 60_000);
    expect(await waiting()).toEqual([]);
  });

  describe('of a step that the policy does not keep', () => {
    const rules = { ...RULES, policy: { ...KEEP_ALL, levels: ['decision' as const] } };
    beforeEach(async () => {
      recorder = new Recorder(store, rules);
      await recorder.record([posted(handed(7))]);
    });

    test('is replaced by an edit all the same', async () => {
      await edit(handed(8), START + 1000);
      expect((await waiting()).map(({ content }) => content)).toMatchObject([{ ai_ml_count: 8 }]);
    });

    test('is gone with its message all the same', async () => {
      await recorder.record([{ deleted: ['2000001'], at: START + 1 }]);
      expect(await waiting()).toEqual([]);
      expect(JSON.stringify(await store.artifacts.ofSession('2000001', 10))).not.toContain('ai_ml_count');
    });
  });

  test('that was taken stays as it was taken', async () => {
    await recorder.record([posted(handed(7))]);
    const [{ id } = { id: '' }] = await waiting();
    await store.artifacts.take({ id, by: 'action-suggester', workspaceIds: [1] }, START + 1);
    await edit(handed(8), START + 2);
    expect(await store.artifacts.get(id, [1])).toMatchObject({ content: { ai_ml_count: 7 } });
    expect(await waiting()).toEqual([]);
  });

  test('is gone with its message', async () => {
    await recorder.record([posted(handed(7))]);
    await recorder.record([{ deleted: ['2000001'], at: START + 1 }]);
    expect(await waiting()).toEqual([]);
  });

  test('that is too large is warned of, beside the step that tells of it', () => {
    const content = { text: 'x'.repeat(ARTIFACT_MAX) };
    const [step, warning, ...more] = withinSize([
      { ...placed(1), artifact: { content, consumer: null, workflowId: null } },
    ]);
    expect(more).toEqual([]);
    expect(step).toMatchObject({ artifact: undefined, draft: { message: 'message 1' } });
    expect(warning!.draft).toMatchObject({ level: 'warning', part: 1 });
    expect(warning!.draft.message).toMatch(/257 KiB large; at most 256 KiB/);
  });
});

describe('an insight', () => {
  const insight = {
    type: 'insight',
    message: 'Ana prefers short summaries',
    insight_category: 'user_preference',
  };

  test.each([
    ['that is to be shared at once', { share: 'now' }, { share: 'now' }],
    ['for some bots', { applicable_to: ['@coder'] }, { applicable_to: ['coder'] }],
  ])('%s says so', async (_, more, expected) => {
    await recorder.record([posted({ ...insight, ...more })]);
    expect(await store.entries.byMessage('2000001')).toMatchObject({
      insightCategory: 'user_preference',
      details: { insight: { category: 'user_preference', ...expected } },
    });
  });

  test('for all and in its time says no more than its category', async () => {
    await recorder.record([posted(insight)]);
    expect(await store.entries.byMessage('2000001')).toMatchObject({
      insightCategory: 'user_preference',
      details: null,
    });
  });
});
