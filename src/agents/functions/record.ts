import { z } from 'zod';
import { blockOf, instantOf } from '../../domain/agent-report.ts';
import type { PlaceInput, ReportInput } from '../../domain/agent-report.ts';
import { ARTIFACT_MAX, artifactSize, tooLargeText } from '../../domain/stored-artifact.ts';
import type { Report, ReportedFrom, ReportOutcome } from '../../recorder/report.ts';
import type { Call } from '../doors.ts';
import { AgentError } from '../errors.ts';
import { newReportIds, reportId, reportIds } from '../ids.ts';
import { reportPlace } from '../places.ts';
import type { ReportPlace } from '../places.ts';

/** What became of one entry, as programs are told. */
export const recorded = z.strictObject({
  id: z.string().describe('By which the entry is known here.'),
  status: z
    .enum(['recorded', 'joined', 'duplicate', 'not_kept'])
    .describe(
      'recorded: a step of its own; joined: the step of its Discord message says it now; duplicate: it was there before; ' +
        'not_kept: the rules of the workspace do not keep such steps.',
    ),
  session_id: z.string().nullable(),
  step: z.int().nullable().describe('Its number in the session.'),
});
export type Recorded = z.output<typeof recorded>;

/** How far ahead of ours a clock may be before its times are not believed, in ms. */
const AHEAD = 60_000;

/**
 * Records entries, checked already, in the order of their times: all of them or none. Results are in the order given.
 *
 * @throws AgentError that names the first entry that cannot be recorded
 */
export async function record(
  call: Call,
  place: PlaceInput,
  inputs: readonly ReportInput[],
): Promise<Recorded[]> {
  inputs.forEach((input, index) => requireSize(input, index));
  const { isOver = false, ...where } = await reportPlace(call, place);
  const from = reportedFrom(call, where);
  const ids = idsOf(call, inputs);
  const reports = inputs.map((input, index) => reportOf(call, from, input, ids[index]!));
  if (isOver) await requireKnown(call, ids);
  const inTime = reports.toSorted((a, b) => a.at - b.at);
  const outcomes = new Map((await call.doors.report(inTime)).map((outcome) => [outcome.id, outcome]));
  return reports.map(({ id }) => recordedOf(outcomes.get(id)!));
}

/** {@link record} for one. */
export async function recordOne(call: Call, place: PlaceInput, input: ReportInput): Promise<Recorded> {
  const [first] = await record(call, place, [input]);
  return first!;
}

/** A call that ended its session may be made again. @throws AgentError where it is another one */
async function requireKnown({ doors }: Call, ids: string[]): Promise<void> {
  const known = await doors.app.store.reported.steps(ids);
  if (known.length < ids.length)
    throw new AgentError('conflict', 'That session has ended. Start another one, or leave out `session_id`.');
}

function requireSize({ artifact }: ReportInput, index: number): void {
  const size = artifact ? artifactSize(artifact) : 0;
  if (size > ARTIFACT_MAX) throw new AgentError('too_large', tooLargeText(size), { index });
}

function reportOf({ key, doors }: Call, from: ReportedFrom, input: ReportInput, id: string): Report {
  return {
    id,
    isUnnamed: key === null && !input.id,
    from,
    ...believed(instantOf(input), blockOf(input), doors.app.now()),
    messageId: input.message_id ?? null,
  };
}

/** Who reports, and where. */
export function reportedFrom(
  { caller }: Call,
  { workspace, ...place }: Omit<ReportPlace, 'isOver'>,
): ReportedFrom {
  return { ...place, workspaceId: workspace.id, author: caller.bot };
}

/** A clock that is ahead would keep a session running: then it was now, and what the clock said is kept beside the step. */
export function believed(
  said: number | null,
  entry: Report['entry'],
  now: number,
): Pick<Report, 'at' | 'entry'> {
  if (said === null) return { at: now, entry };
  if (said <= now + AHEAD) return { at: said, entry };
  return { at: now, entry: { ...entry, timestamp: new Date(said).toISOString() } };
}

/** An entry goes by its own id, or else by its call's name and its place in it. */
function idsOf({ caller: { bot, guildId }, key, doors }: Call, inputs: readonly ReportInput[]): string[] {
  const ofCall =
    key === null
      ? newReportIds(inputs.length, doors.app.now())
      : reportIds(inputs.length, 'call', guildId, bot.key, key);
  return inputs.map(({ id }, index) => (id ? reportId('entry', guildId, bot.key, id) : ofCall[index]!));
}

function recordedOf({ id, status, sessionId, step }: ReportOutcome): Recorded {
  return { id, status, session_id: sessionId, step };
}
