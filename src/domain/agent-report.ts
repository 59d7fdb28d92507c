import { z } from 'zod';
import { blockFields, checkBlock } from './block.ts';
import type { BlockEntry } from './block.ts';

/** At most so many entries are reported at once. */
export const ENTRIES_MAX = 1_000;

const snowflake = z.string().regex(/^\d{17,20}$/, { error: 'expected an id of Discord: 17 to 20 digits' });
const ownName = z.string().trim().min(1).max(200);

/** Where something is reported or asked for. */
export const placeFields = z.strictObject({
  workspace: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullish()
    .describe('The workspace: #name or the id of its channel. May be left out where the bot sees only one.'),
  thread_id: snowflake
    .nullish()
    .describe('The thread of the workspace that it belongs to; none: the channel itself.'),
  session_id: ownName
    .nullish()
    .describe(
      'A session that runs, as an earlier call named it. None: the one that runs in the place, or a new one.',
    ),
  conversation_id: ownName
    .nullish()
    .describe(
      'Your own name of a conversation. Each has a session of its own, beside what is said in the channel.',
    ),
});
export type PlaceInput = z.output<typeof placeFields>;

const instant = z
  .string()
  .max(100)
  .refine((text) => isInstant(text), {
    error: 'expected an instant in ISO 8601 with its zone, such as "2026-03-01T08:00:00Z"',
  });

/** The fields of a block, and those that only a report has. */
export const reportFields = blockFields.extend({
  id: ownName
    .nullish()
    .describe('Your own id of the entry: reported again with the same id, it is recorded once.'),
  message_id: snowflake
    .nullish()
    .describe('The message in Discord that says the same: both become one step, with what is reported here.'),
  timestamp: instant.nullish().describe('When it was, ISO 8601. None: now.'),
});
export type ReportInput = z.output<typeof reportFields>;

/** One entry, whole. */
export const reportEntry = reportFields.superRefine((report, context) =>
  checkBlock(blockOf(report), context),
);

/**
 * What {@link reportEntry} makes of an entry, sooner: it asks for the few fields that are there alone. Null where something is wrong with
 * it, and the schema tells what.
 */
export function readReport(value: unknown): ReportInput | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const report: Record<string, unknown> = {};
  for (const [name, said] of Object.entries(value)) {
    const field = Object.hasOwn(reportFields.shape, name) && reportFields.shape[name as keyof ReportInput];
    const read = field ? field.safeParse(said) : null;
    if (!read?.success) return null;
    report[name] = read.data;
  }
  let isGood = true;
  checkBlock(blockOf(report), { addIssue: () => void (isGood = false) });
  return isGood ? report : null;
}

/** What is said of the step itself. When it was is told apart, and believed. */
export function blockOf({
  id: _id,
  message_id: _message,
  timestamp: _at,
  ...block
}: ReportInput): BlockEntry {
  return block;
}

/** When it was as the agent says, ms UTC; null when it does not say. */
export function instantOf({ timestamp }: Pick<ReportInput, 'timestamp'>): number | null {
  return timestamp ? Date.parse(timestamp) : null;
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
