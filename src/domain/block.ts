import { z } from 'zod';
import { describeFaults } from './block-faults.ts';
import { parseDuration } from './duration.ts';
import { LEVELS, TOOL_STATUSES } from './entry.ts';
import type { Level } from './entry.ts';
import { parseJson } from './json.ts';
import { WORKSPACE_TYPES } from './workspace.ts';

/** More than any Discord message holds; the rest guards against what does not come from Discord. */
export const BLOCK_LIMITS = { length: 64 * 1024, depth: 32 };
const MAX_ENTRIES = 100;
/** As many as a select of Discord holds. */
export const MAX_OPTIONS = 25;
const MAX_GIVEN_OPTIONS = 100;

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
/** What happens to an escalation that nobody decides in time. */
export const ON_TIMEOUT = ['hold', 'proceed', 'cancel'] as const;

const KINDS = ['escalation', 'insight', 'artifact', 'session_start', 'session_end'] as const;

const words = z.string().min(1);
const name = z.string().trim().min(1).max(100);
const names = z.array(name).max(50);
const step = z.int().min(1);
const object = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { error: 'expected object' },
  )
  .meta({ type: 'object' });

/** A time-out as the agent wrote it: after so many ms, or at an instant (ms UTC). */
export type Timeout = { afterMs: number } | { at: number };

const timeout = z
  .custom<string | number>((value) => readTimeout(value) !== null, {
    error: 'expected a duration such as "30m" or "4h", a number of seconds, or an ISO 8601 instant',
  })
  .meta({ type: ['string', 'number'] });

/** What the agent says of an entry that Discord says, too. Discord is believed; this is kept beside it. */
const claimed = {
  timestamp: z.string().max(100).nullish(),
  step: step.nullish(),
  workspace_id: z.string().max(200).nullish(),
  workspace_type: z.enum(WORKSPACE_TYPES).nullish(),
  participants: names.nullish(),
  bot_name: name.nullish(),
  bot_role: z.string().max(100).nullish(),
};

/** The fields of a block, as they are before anything is asked of them together. */
export const blockFields = z.strictObject({
  type: z.enum([...LEVELS, ...KINDS]).nullish(),
  level: z.enum(LEVELS).nullish(),
  category: z.string().trim().min(1).max(64).nullish(),
  message: words.nullish(),
  confidence: z.number().min(0).max(1).nullish(),
  duration_ms: z.number().min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
  details: object.nullish(),
  alternatives: z.array(z.unknown()).max(50).nullish(),
  tool_name: name.nullish(),
  tool_input: z.unknown().optional(),
  tool_output: z.unknown().optional(),
  tool_status: z.enum(TOOL_STATUSES).nullish(),
  tool_error: z.string().nullish(),
  to: z.union([name, names], { error: 'expected a name or a list of names' }).nullish(),
  mentions: names.nullish(),
  response_to: step.nullish(),
  triggered_by: name.nullish(),
  coordinator_mode: z.boolean().nullish(),
  corrects: step.nullish(),
  before: z.string().nullish(),
  after: z.string().nullish(),
  shareable_insight: z.boolean().nullish(),
  insight_category: z.string().trim().min(1).max(64).nullish(),
  share: z.literal('now').nullish(),
  applicable_to: names.nullish(),
  session: z.enum(['start', 'end']).nullish(),
  query: words.nullish(),
  final_output: words.nullish(),
  summary: words.nullish(),
  next_actions: z.array(words).max(50).nullish(),
  escalation: z.boolean().nullish(),
  // What asks for a person reaches one: domain/escalation-request.ts makes the best of it.
  reason: z.string().nullish(),
  options: z.array(z.string()).max(MAX_GIVEN_OPTIONS).nullish(),
  default: z.string().nullish(),
  severity: z.enum(SEVERITIES).nullish(),
  timeout: timeout.nullish(),
  on_timeout: z.enum(ON_TIMEOUT).nullish(),
  dedupe_key: name.nullish(),
  artifact: object.nullish(),
  consumer: name.nullish(),
  workflow_id: name.nullish(),
  insight_ids: z.array(step).max(50).nullish(),
  ...claimed,
});

/** Every field that a block may have. */
export const BLOCK_FIELDS: readonly string[] = Object.keys(blockFields.shape);

/** One entry of an in-band block, in the names of the block. `docs/agents.md` says what each field means. */
export type BlockEntry = z.output<typeof blockFields>;

/** What the fields of a block have to have in common. */
export function checkBlock(block: BlockEntry, context: Pick<z.core.$RefinementCtx, 'addIssue'>): void {
  const fault = (path: keyof BlockEntry, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const { type, level } = block;
  if (type && level && levelOf(type) !== level) fault('type', `says ${type}, but level says ${level}`);
  if (type === 'tool' && !block.tool_name) fault('tool_name', 'missing in a tool run');
  if (type === 'handoff' && !block.to && !block.mentions?.length)
    fault('to', 'missing: name who takes the work over');
  if (type === 'artifact' && !block.artifact) fault('artifact', 'missing in an artifact');
  if (block.consumer && !block.artifact) fault('consumer', 'belongs to an artifact, and there is none');
  if (!saysSomething(block) && !isEscalation(block))
    fault('message', 'missing: say what happened, in a sentence');
}

const entry = blockFields.superRefine(checkBlock);

/** Reads what stands between the fences of a block: one JSON object, or an array of them. All of it is good or none of it is. */
export function readBlock(json: string): { entries: BlockEntry[] } | { faults: string[] } {
  const parsed = parseJson(json, BLOCK_LIMITS);
  if ('fault' in parsed) return { faults: [parsed.fault] };
  const { value } = parsed;
  const many = Array.isArray(value);
  const result = z
    .array(entry)
    .min(1)
    .max(MAX_ENTRIES)
    .safeParse(many ? value : [value]);
  return result.success
    ? { entries: result.data }
    : { faults: describeFaults(result.error.issues, many ? 'list' : 'single') };
}

/** The level that an entry has when it names none: what its fields tell. */
export function levelOfBlock(block: BlockEntry): Level {
  if (block.level) return block.level;
  if (block.type) return levelOf(block.type);
  if (isEscalation(block)) return 'coordination';
  if (block.tool_name) return 'tool';
  if (block.to) return 'handoff';
  if (block.corrects || (block.before && block.after)) return 'correction';
  return block.alternatives ? 'decision' : 'info';
}

function levelOf(type: NonNullable<BlockEntry['type']>): Level {
  if (type === 'escalation') return 'coordination';
  return (LEVELS as readonly string[]).includes(type) ? (type as Level) : 'info';
}

/** It says so, or gives a reason beside what only somebody who asks has to say. */
export function isEscalation(block: BlockEntry): boolean {
  if (block.escalation === true || block.type === 'escalation') return true;
  return block.escalation !== false && typeof block.reason === 'string' && asks(block);
}

function asks(block: BlockEntry): boolean {
  const { options, on_timeout: onTimeout, default: usual, timeout: after, dedupe_key: key } = block;
  // What is no more than grave is one only where nothing else is said of what it is.
  const grave = block.type || block.level ? null : block.severity;
  return Boolean(options ?? onTimeout ?? usual ?? after ?? key ?? grave);
}

function saysSomething(block: BlockEntry): boolean {
  return Boolean(
    block.message ??
    block.reason ??
    block.tool_name ??
    block.final_output ??
    block.summary ??
    block.query ??
    block.after ??
    block.artifact ??
    block.session,
  );
}

export function readTimeout(value: unknown): Timeout | null {
  if (typeof value === 'number')
    return Number.isFinite(value) && value > 0 ? { afterMs: Math.round(value * 1000) } : null;
  if (typeof value !== 'string') return null;
  const afterMs = parseDuration(value);
  if (afterMs !== null) return afterMs > 0 ? { afterMs } : null;
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : { at };
}
