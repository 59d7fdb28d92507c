import type { Draft } from '../../src/domain/entry.ts';
import type { Insight, InsightRules } from '../../src/domain/insight.ts';
import { DEFAULT_INSIGHT_RULES } from '../../src/domain/insight.ts';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import type { RecordingRules } from '../../src/domain/policy.ts';
import type { PlacedDraft, Store } from '../../src/store/store.ts';
import { ana, IDLE, memoryStore, nanobot, placed, START } from './support.ts';

/** Flags what is sure and of a kind that others can use. */
export const LEARNING: RecordingRules = {
  idle: IDLE,
  policy: { ...KEEP_ALL, insights: { minConfidence: 0.85, categories: ['user_preference', 'tool_pattern'] } },
  maskSecrets: true,
};

export const SHORT = 'I prefer short summaries first';

/** A bot's step that others may learn from. */
export function learns(
  n: number,
  message = SHORT,
  { draft = {}, ...place }: Partial<Omit<PlacedDraft, 'draft'>> & { draft?: Partial<Draft> } = {},
): PlacedDraft {
  const said = {
    author: nanobot,
    category: 'user_preference',
    confidence: 0.95,
    message,
    origin: 'reported',
  } as const;
  return placed(n, { ...said, ...draft }, place);
}

export function learningStore(rules: Partial<InsightRules> = {}) {
  return memoryStore(null, undefined, { ...DEFAULT_INSIGHT_RULES, ...rules });
}

/** Records these, and ends the session of workspace 1, as of its last step. */
export async function session(store: Store, ...drafts: PlacedDraft[]): Promise<void> {
  await store.entries.append(drafts, LEARNING);
  for (const { workspaceId, threadId } of drafts) await end(store, workspaceId, threadId);
}

export function end(store: Store, workspaceId = 1, threadId: string | null = null): Promise<void> {
  return store.sessions.close({ workspaceId, threadId }, START, 'command');
}

/** All insights of a workspace, the oldest first. */
export async function all(store: Store, workspaceId = 1): Promise<Insight[]> {
  const states = ['pending', 'approved', 'shared', 'rejected', 'revoked', 'expired'] as const;
  const { insights } = await store.insights.list({
    workspaceIds: [workspaceId],
    states,
    offset: 0,
    limit: 20_000,
  });
  return insights.reverse();
}

/** An owner does something with an insight. */
export function acts(store: Store, id: number, action: Parameters<Store['insights']['act']>[1], at = START) {
  return store.insights.act(id, action, { author: ana, interactionId: `i${at}.${id}.${action.kind}` }, at);
}

/** An insight that these bots have. */
export async function shared(store: Store, bots = [nanobot], at = START): Promise<Insight> {
  const [insight] = await all(store);
  await acts(store, insight!.id, { kind: 'approve' }, at);
  const recipients = bots.map((bot) => ({ bot, workspaceId: 1 }));
  await store.insights.deliver(1, { insightIds: [insight!.id], recipients, workspace: 'general' }, at);
  return (await store.insights.get(insight!.id))!;
}
