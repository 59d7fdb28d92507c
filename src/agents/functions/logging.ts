import { z } from 'zod';
import {
  ENTRIES_MAX,
  placeFields,
  readReport,
  reportEntry,
  reportFields,
} from '../../domain/agent-report.ts';
import type { PlaceInput, ReportInput } from '../../domain/agent-report.ts';
import { define } from './define.ts';
import { record, recorded, recordOne } from './record.ts';

const common = { id: true, message_id: true, timestamp: true, category: true, details: true } as const;
const names = reportFields.shape;

/** The entry's fields of an input, without those that say where it goes. */
export function apart<T extends PlaceInput>(
  input: T,
): { place: PlaceInput; report: Omit<T, keyof PlaceInput> } {
  const { workspace, thread_id, session_id, conversation_id, ...report } = input;
  return { place: { workspace, thread_id, session_id, conversation_id }, report };
}

export const logEntries = define({
  name: 'log_entries',
  title: 'Log entries',
  description:
    `Records up to ${ENTRIES_MAX} steps of your work at once: decisions, thoughts, findings, tool runs, corrections. All are recorded, ` +
    'or none and the first bad one is named. They are put into the order of their timestamps. Report confidence only where you have a number.',
  isReading: false,
  input: placeFields.extend({ entries: z.array(reportEntry).min(1).max(ENTRIES_MAX) }),
  output: z.strictObject({ entries: z.array(recorded) }),
  read: readEntries,
  run: async ({ entries, ...place }, call) => ({ entries: await record(call, place, entries) }),
});

/** There may be a thousand, each with a few of fifty fields. */
function readEntries(input: unknown): (PlaceInput & { entries: ReportInput[] }) | null {
  const { entries, ...place } = Object(input) as { entries?: unknown };
  const where = placeFields.safeParse(place);
  if (!where.success || !Array.isArray(entries)) return null;
  if (entries.length === 0 || entries.length > ENTRIES_MAX) return null;
  const reports: ReportInput[] = [];
  for (const entry of entries) {
    const report = readReport(entry);
    if (report === null) return null;
    reports.push(report);
  }
  return { ...where.data, entries: reports };
}

export const logTool = define({
  name: 'log_tool',
  title: 'Log a tool run',
  description:
    'Records one run of a tool, after it came out: what went in, what came out, whether it worked and how long it took.',
  isReading: false,
  input: reportFields
    .pick({
      ...common,
      message: true,
      tool_input: true,
      tool_output: true,
      tool_status: true,
      tool_error: true,
      duration_ms: true,
      confidence: true,
      response_to: true,
      triggered_by: true,
      next_actions: true,
    })
    .extend({ ...placeFields.shape, tool_name: z.string().trim().min(1).max(100) }),
  output: recorded,
  run: (input, call) => {
    const { place, report } = apart(input);
    return recordOne(call, place, { ...report, type: 'tool' });
  },
});

export const startSession = define({
  name: 'start_session',
  title: 'Start a session',
  description:
    'Begins a piece of work with what it is about. What runs in the same place ends with it: give each of several pieces of work at ' +
    'the same time a conversation_id. Without this call a session begins by itself with the first entry.',
  isReading: false,
  input: reportFields.pick({ ...common, message: true, participants: true, triggered_by: true }).extend({
    ...placeFields.omit({ session_id: true }).shape,
    query: z.string().min(1).describe('What the work is about, in the words of whoever asked for it.'),
  }),
  output: recorded,
  run: (input, call) => {
    const { place, report } = apart({ ...input, session_id: null });
    return recordOne(call, place, { ...report, session: 'start' });
  },
});

export const endSession = define({
  name: 'end_session',
  title: 'End a session',
  description: 'Ends the piece of work with its result, what was done, and what should be done next.',
  isReading: false,
  input: reportFields.pick({ ...common, message: true, confidence: true }).extend({
    ...placeFields.shape,
    final_output: names.final_output.describe('The result.'),
    summary: names.summary.describe('What was done and what is open.'),
    next_actions: names.next_actions,
  }),
  output: recorded,
  run: (input, call) => {
    const { place, report } = apart(input);
    return recordOne(call, place, { ...report, session: 'end' });
  },
});

export const handoff = define({
  name: 'handoff',
  title: 'Hand work over',
  description:
    'Records that you pass work to another bot, with what it should do. An artifact goes with it as data for that bot to take.',
  isReading: false,
  input: reportFields
    .pick({ ...common, response_to: true, artifact: true, workflow_id: true, confidence: true })
    .extend({
      ...placeFields.shape,
      to: names.to.unwrap().unwrap().describe('The bot that takes over, or a list of them.'),
      message: z.string().min(1).describe('What it should do.'),
    }),
  output: recorded,
  run: (input, call) => {
    const { place, report } = apart(input);
    const consumer = report.artifact ? [report.to].flat()[0] : null;
    return recordOne(call, place, { ...report, type: 'handoff', consumer } as ReportInput);
  },
});
