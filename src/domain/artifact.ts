import { isToolEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import { cutMessage } from './limits.ts';
import type { WorkLog } from './work-log.ts';

/** What one agent hands to the next as data. Names in JSON are public, and those of the document that this follows. */

export const ARTIFACT_SCHEMA = 'work-log-v1';

/** In UTF-16 units. */
const FINAL_OUTPUT_MAX = 500;
const ACTION_MAX = 200;
/** More than these nobody follows. */
const ACTIONS_MAX = 50;

/** One step as data. */
export interface EntryArtifact {
  step: number;
  /** `#name` of the workspace. */
  workspace: string;
  bot: string;
  category: string;
  tool: string | null;
  input: unknown;
  output: unknown;
  status: string | null;
  confidence: number | null;
  duration_ms: number | null;
  /** ISO 8601, UTC. */
  timestamp: string;
  shareable: boolean;
  /** Only of a step that names any. */
  next_actions?: string[];
}

export interface Decision {
  step: number;
  category: string;
  tool: string;
  input: unknown;
  output: unknown;
  status: string;
  confidence: number | null;
  duration_ms: number | null;
  error: string | null;
}

/** A session as data. */
export interface AgentArtifact {
  schema: string;
  workflow_id: string | null;
  query: string;
  /** The tool runs, in the order of their steps. */
  decisions: Decision[];
  summary: {
    total_steps: number;
    tool_calls: number;
    errors: number;
    total_duration_ms: number;
    /** At most 500 characters; null as long as there is none. */
    final_output: string | null;
  };
  /** What the next agent should do. */
  recommendations: string[];
}

export function toArtifact(entry: Entry, workspace: string): EntryArtifact {
  const { tool } = entry;
  const actions = nextActionsOf(entry);
  return {
    step: entry.step,
    workspace,
    bot: entry.author.name,
    category: entry.category,
    tool: tool?.name ?? null,
    input: tool?.input ?? null,
    output: tool?.output ?? null,
    status: tool?.status ?? null,
    confidence: entry.confidence,
    duration_ms: entry.durationMs,
    timestamp: new Date(entry.at).toISOString(),
    shareable: entry.insightCategory !== null,
    ...(actions.length > 0 && { next_actions: actions }),
  };
}

export interface ArtifactOptions {
  /** A step reported with less confidence should be verified. */
  confidenceThreshold: number;
  /** The work that the session is a part of. */
  workflowId?: string | null | undefined;
}

export function toAgentArtifact(
  log: Pick<WorkLog, 'query' | 'finalOutput'>,
  entries: Iterable<Entry>,
  options: ArtifactOptions,
): AgentArtifact {
  const fold = new ArtifactFold(options.confidenceThreshold);
  const decisions: Decision[] = [];
  for (const entry of entries) {
    fold.add(entry);
    if (isToolEntry(entry)) decisions.push(decisionOf(entry));
  }
  return fold.artifact(log, decisions, options.workflowId);
}

/** A tool run as the next agent reads it. */
export function decisionOf(entry: Entry): Decision {
  const tool = entry.tool!;
  return {
    step: entry.step,
    category: entry.category,
    tool: tool.name,
    input: tool.input ?? null,
    output: tool.output ?? null,
    status: tool.status,
    confidence: entry.confidence,
    duration_ms: entry.durationMs,
    error: tool.error,
  };
}

/** Sums up a session entry by entry, so that a long one need not be held in memory. */
export class ArtifactFold {
  readonly #confidenceThreshold: number;
  readonly #actions = new Set<string>();
  #steps = 0;
  #toolCalls = 0;
  #errors = 0;
  #durationMs = 0;
  #isUnsure = false;

  constructor(confidenceThreshold: number) {
    this.#confidenceThreshold = confidenceThreshold;
  }

  add(entry: Entry): void {
    this.#steps += 1;
    this.#toolCalls += Number(isToolEntry(entry));
    this.#errors += Number(entry.level === 'error');
    this.#durationMs += entry.durationMs ?? 0;
    // A confidence of 0 is one: only null means that none was given.
    this.#isUnsure ||= entry.confidence !== null && entry.confidence < this.#confidenceThreshold;
    for (const action of nextActionsOf(entry)) {
      if (this.#actions.size < ACTIONS_MAX) this.#actions.add(action);
    }
  }

  /** The artifact of what was added. `decisions` are its tool runs, or as many of them as there is room for. */
  artifact(
    { query, finalOutput }: Pick<WorkLog, 'query' | 'finalOutput'>,
    decisions: Decision[],
    workflowId: string | null = null,
  ): AgentArtifact {
    const inferred = [
      ...(this.#errors > 0 ? ['review_errors'] : []),
      ...(this.#isUnsure ? ['verify_low_confidence_decisions'] : []),
    ];
    return {
      schema: ARTIFACT_SCHEMA,
      workflow_id: workflowId,
      query,
      decisions,
      summary: {
        total_steps: this.#steps,
        tool_calls: this.#toolCalls,
        errors: this.#errors,
        total_duration_ms: this.#durationMs,
        final_output: finalOutput === null ? null : cutMessage(finalOutput, FINAL_OUTPUT_MAX),
      },
      recommendations: [...new Set([...this.#actions, ...inferred])],
    };
  }
}

/** What a step says should be done next: in what its tool put out, or beside it. */
function nextActionsOf({ tool, details }: Entry): string[] {
  const named = [tool?.output, details].flatMap((holder) =>
    isObject(holder) && Array.isArray(holder['next_actions']) ? (holder['next_actions'] as unknown[]) : [],
  );
  const actions = named.filter((action) => typeof action === 'string' && action.trim() !== '');
  return [...new Set(actions.slice(0, ACTIONS_MAX))].map((action) => cutMessage(String(action), ACTION_MAX));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
