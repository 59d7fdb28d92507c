import type { Insight } from './insight.ts';

/** So many bots are told by one message: more mentions leave no room for what is said. */
export const TOLD_AT_ONCE = 20;

/** The schema of the artifact that holds what a bot gets. */
export const INSIGHT_SCHEMA = 'work-log-insight-v1';

/** An insight as a bot gets it, as JSON: in the block of a message, and in the artifact. `docs/agents.md` is its reference. */
export interface SharedInsight {
  type: 'insight';
  insight: number;
  category: string;
  content: string;
  /** 0–1. */
  confidence: number | null;
  /** The name of who said it. */
  from: string;
  /** The name of the workspace's channel. */
  workspace: string;
  /** The name of who approved it; null: the rules. */
  approved_by: string | null;
  /** When it was learned, ISO 8601, UTC. */
  at: string;
}

/** That an insight does not hold any more. */
export interface RevokedInsight {
  type: 'insight_revoked';
  insight: number;
  reason: string | null;
  /** The name of who took it back; null: its time ran out, or what it was learned from was deleted. */
  revoked_by: string | null;
  at: string;
}

export function sharedInsight(insight: Insight, workspace: string): SharedInsight {
  const { id, category, content, confidence, by, approvedBy, createdAt } = insight;
  return {
    type: 'insight',
    insight: id,
    category,
    content,
    confidence,
    from: by.name,
    workspace,
    approved_by: approvedBy?.name ?? null,
    at: new Date(createdAt).toISOString(),
  };
}

export function revokedInsight(
  { id, stateBy, stateAt }: Pick<Insight, 'id' | 'stateBy' | 'stateAt'>,
  reason: string | null,
): RevokedInsight {
  const at = new Date(stateAt).toISOString();
  return { type: 'insight_revoked', insight: id, reason, revoked_by: stateBy?.name ?? null, at };
}
