import { expect, test } from 'vitest';
import { withMeta } from '../src/domain/stored-artifact.ts';
import type { AgentArtifact } from '../src/domain/artifact.ts';
import { testManager } from './domain/live-log.ts';
import { START, mapping, memoryStore } from './store/support.ts';

/** Fetches bookmarks, sorts them, and hands what came out to the next agent. */
function analyzeBookmarks() {
  const { manager } = testManager();
  const log = manager.startWorkspaceSession({
    workspaceId: '#bookmarks',
    workspaceType: 'project',
    query: 'Check my bookmarks',
    participants: ['bookmark_analyzer'],
    workflowId: 'bookmarks-daily',
  });
  log.addEntry({
    toolName: 'bird',
    toolInput: { command: 'bookmarks', count: 50 },
    toolOutput: { count: 12, categories: ['AI/ML', 'Productivity'] },
    toolStatus: 'success',
    durationMs: 1200,
  });
  log.addEntry({
    toolName: 'categorize',
    toolInput: { items: 12 },
    toolOutput: { categories: { 'AI/ML': 7, Productivity: 3 }, ai_ml_count: 7, productivity_count: 3 },
    toolStatus: 'success',
  });
  log.end('Sorted.');
  const next_actions = ['summarize_top_categories', 'suggest_actions'];
  return { log, content: { ...log.toAgentArtifact(), next_actions } };
}

test('one agent hands its work to the next as data: found by its name, taken once, read without parsing text', async () => {
  const { store } = memoryStore();
  try {
    const { id: workspaceId } = await store.workspaces.map(mapping(), START, null);
    const elsewhere = await store.workspaces.map(mapping({ channelId: '11' }), START, null);
    const { log, content } = analyzeBookmarks();
    const { id } = await store.artifacts.save(
      {
        workspaceId,
        sessionId: null,
        source: null,
        workflowId: content.workflow_id,
        schema: content.schema,
        producer: 'bookmark_analyzer',
        consumer: 'action_suggester',
        content,
      },
      START,
    );

    log.artifactChain.push(id);

    const mine = { consumer: 'action_suggester', limit: 10 };
    expect(await store.artifacts.waiting({ ...mine, workspaceIds: [elsewhere.id] })).toEqual([]);
    const [waiting] = await store.artifacts.waiting({ ...mine, workspaceIds: [workspaceId] });
    expect([waiting!.id]).toEqual(log.artifactChain);
    const take = { id, by: 'action_suggester', workspaceIds: [workspaceId] };
    const taken = await store.artifacts.take(take, START + 1);
    expect(await store.artifacts.take(take, START + 2)).toBeNull();

    const artifact = withMeta(taken!) as unknown as AgentArtifact & Record<string, unknown>;
    expect(artifact.decisions[1]!.output).toMatchObject({ ai_ml_count: 7 });
    expect(artifact['next_actions']).toEqual(['summarize_top_categories', 'suggest_actions']);
    expect(artifact).toMatchObject({
      schema: 'work-log-v1',
      workflow_id: 'bookmarks-daily',
      query: 'Check my bookmarks',
      summary: { total_steps: 2, tool_calls: 2, total_duration_ms: 1200, final_output: 'Sorted.' },
      _meta: { id, producer: 'bookmark_analyzer', consumer: 'action_suggester', schema: 'work-log-v1' },
    });
  } finally {
    await store.close();
  }
});
