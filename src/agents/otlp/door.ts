import { describeFaults } from '../../domain/block-faults.ts';
import { blockOf } from '../../domain/agent-report.ts';
import type { Report, ReportedFrom } from '../../recorder/report.ts';
import type { Call } from '../doors.ts';
import { AgentError } from '../errors.ts';
import { believed, reportedFrom } from '../functions/record.ts';
import { conversationDigest, reportId } from '../ids.ts';
import { reportPlace } from '../places.ts';
import type { ReportPlace } from '../places.ts';
import { oneSpanPerCall } from './calls.ts';
import { conversationOf, entryOf } from './entries.ts';
import { withEvaluations } from './evaluations.ts';
import { kindOf } from './kind.ts';
import { spansIn, traceRequest } from './request.ts';
import type { Span } from './request.ts';

/** How many spans one request may bring. */
const SPANS_MAX = 10_000;

/**
 * Records the spans of a request that are steps of an agent's work, in the order of their beginnings; each once, however often it is
 * exported. `workspace`: where they go, unless their resource says so in `work_logs.workspace`.
 *
 * @returns how many steps there were
 * @throws AgentError when nothing of it was recorded
 */
export async function recordTraces(call: Call, json: unknown, workspace: string | null): Promise<number> {
  const parsed = traceRequest.safeParse(json);
  if (!parsed.success) {
    const faults = describeFaults(parsed.error.issues, 'list');
    throw new AgentError('invalid', faults.join('; '), { faults });
  }
  const spans = spansIn(parsed.data);
  if (spans.length > SPANS_MAX)
    throw new AgentError(
      'too_large',
      `These are ${spans.length} spans; at most ${SPANS_MAX} are taken at once.`,
    );
  const reports = await reportsOf(call, spans, workspace);
  if (reports.length > 0) await call.doors.report(reports.toSorted((a, b) => a.at - b.at));
  return reports.length;
}

async function reportsOf(call: Call, spans: readonly Span[], workspace: string | null): Promise<Report[]> {
  const places = new Map<string | null, ReportPlace>();
  const conversations = conversationsOf(spans);
  const reports: Report[] = [];
  const known = spans.map((span) => ({ span, kind: kindOf(span) }));
  for (const { span, kind } of oneSpanPerCall(withEvaluations(known))) {
    if (kind === null) continue;
    const named = span.resource.get('work_logs.workspace');
    const where = typeof named === 'string' && named !== '' ? named : workspace;
    const place = places.get(where) ?? (await reportPlace(call, { workspace: where }));
    places.set(where, place);
    const conversation = conversationDigest(conversations.get(span.traceId) ?? span.traceId);
    reports.push(reportOf(call, reportedFrom(call, { ...place, conversation }), span, kind));
  }
  return reports;
}

/** The conversation of each trace, where one of its spans names it. */
function conversationsOf(spans: readonly Span[]): Map<string, string> {
  const named = spans.flatMap((span) => {
    const conversation = conversationOf(span);
    return conversation === null ? [] : [[span.traceId, conversation] as const];
  });
  return new Map(named.toReversed());
}

function reportOf(
  { caller, doors }: Call,
  from: ReportedFrom,
  span: Span,
  kind: Parameters<typeof entryOf>[1],
): Report {
  const { bot, guildId } = caller;
  const said = span.start > 0n ? Number(span.start / 1_000_000n) : null;
  return {
    id: reportId('span', guildId, bot.key, span.traceId, span.spanId),
    from,
    ...believed(said, blockOf(entryOf(span, kind)), doors.app.now()),
    messageId: null,
  };
}
