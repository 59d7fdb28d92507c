import type { Coverage } from './coverage.ts';
import { DIGEST_SECTIONS, escalationLine, line, merged, stepLine } from './digest-line.ts';
import type { DigestLine, DigestPeriod, DigestSection, DigestSource, Found } from './digest-line.ts';
import { SessionFold, tellSession } from './digest-session.ts';
import type { Entry } from './entry.ts';
import type { Escalation } from './escalation.ts';
import { ToolTally } from './tool-tally.ts';
import type { WorkLog } from './work-log.ts';

/** The step or state that most needs a person; `nothing`: none does. */
export type NextAction =
  | { kind: 'decide'; line: DigestLine; more: number }
  | { kind: 'look'; line: DigestLine; more: number }
  | { kind: 'remind'; line: DigestLine; more: number }
  | { kind: 'review'; count: number }
  | { kind: 'nothing' };

export interface Digest {
  from: number;
  to: number;
  /** Nothing was recorded that is worth telling, nothing waits, and nothing was missed. */
  quiet: boolean;
  /** How many steps it is about. */
  steps: number;
  /** In the order of {@link DIGEST_SECTIONS}; those without a line are not there. */
  sections: { section: DigestSection; lines: DigestLine[]; /** Beyond `lines`. */ more: number }[];
  /** What was not seen. */
  coverage: Coverage;
  next: NextAction;
  exchanged: Exchanged;
}

/** What bots learned from one another meanwhile, in numbers of insights. */
export interface Exchanged {
  /** Those that the first bot got. */
  shared: number;
  /** Those that bots had. */
  takenBack: number;
}

const NONE: Exchanged = { shared: 0, takenBack: 0 };

/** What is not in the entries. */
export interface DigestEnds {
  /** The sessions that ran at some time of the period. */
  sessions: readonly WorkLog[];
  /** Those that wait at its end, the oldest first. */
  escalations: readonly Escalation[];
  /** What waits for approval: what was learned, and by whom. */
  insights: readonly { content: string; by: string; at: number; source: DigestSource | null }[];
  coverage: Coverage;
  /** Absent: nothing. */
  exchanged?: Exchanged;
}

/** Of each section; a night of thousands of steps is still to be read by a person. */
const LINES_MAX = 25;

/**
 * Folds a workspace's entries into its report, so that many of them need not be held at once. Rules only, no judgement of what is
 * interesting: a line is there because a step says so, in its level or in its words.
 */
export class DigestFold {
  readonly #period: DigestPeriod;
  readonly #sessions = new Map<string, SessionFold>();
  readonly #tools = new ToolTally();
  #steps = 0;
  #lastTool: Entry | null = null;

  constructor(period: DigestPeriod) {
    this.#period = period;
  }

  /** In the order of their steps, as far as they are of one session. */
  add(entry: Entry): void {
    if (entry.deletedAt !== null || entry.at >= this.#period.to) return;
    const session = this.#session(entry.sessionId);
    session.add(entry, entry.at >= this.#period.from);
    if (entry.at < this.#period.from) return;
    this.#steps += 1;
    if (entry.tool?.status !== 'success') return;
    this.#tools.add(entry.tool);
    this.#lastTool = entry;
  }

  digest(ends: DigestEnds): Digest {
    const found: Found = {
      needs_decision: ends.escalations.map(escalationLine),
      completed: [],
      went_wrong: [],
      changed_course: [],
      unsure: [],
      pending: [],
      learned: ends.insights.map((insight) => line(insight.content, { ...insight, who: insight.by })),
    };
    const logs = new Map(ends.sessions.map((log) => [log.sessionId, log]));
    const blocked = new Set(ends.escalations.map(({ sessionId }) => sessionId));
    for (const [id, session] of this.#sessions) session.tell(found, logs.get(id), blocked.has(id));
    const told = new Set(Object.values(found).flatMap(openingsIn));
    for (const log of ends.sessions) {
      if (!told.has(log.sessionId)) tellSession(log, this.#period, blocked.has(log.sessionId), found);
    }
    this.#tellTools(found.completed);
    found.unsure.sort((a, b) => (a.confidence ?? 1) - (b.confidence ?? 1) || a.at - b.at);
    return this.#assemble(found, ends, logs);
  }

  #session(id: string): SessionFold {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new SessionFold(this.#period.confidenceThreshold);
    this.#sessions.set(id, session);
    return session;
  }

  #tellTools(completed: DigestLine[]): void {
    const words = this.#tools.words();
    if (this.#lastTool) completed.push({ ...stepLine(words, this.#lastTool), who: null });
  }

  #assemble(
    found: Found,
    { coverage, exchanged = NONE }: DigestEnds,
    logs: ReadonlyMap<string, WorkLog>,
  ): Digest {
    const sections = DIGEST_SECTIONS.flatMap((section) => {
      const all = merged(found[section]);
      const lines = all.slice(0, LINES_MAX).map((each) => inThread(each, logs));
      return all.length > 0 ? [{ section, lines, more: all.length - lines.length }] : [];
    });
    const { from, to } = this.#period;
    const quiet = sections.length === 0 && coverage.gaps.length === 0;
    const next = nextOf(found, logs);
    return { from, to, quiet, steps: this.#steps, sections, coverage, next, exchanged };
  }
}

/** An entry does not say in which thread its session runs. */
function inThread(told: DigestLine, logs: ReadonlyMap<string, WorkLog>): DigestLine {
  const placed = (source: DigestSource | null) =>
    source && { ...source, threadId: logs.get(source.sessionId)?.threadId ?? source.threadId };
  return { ...told, source: placed(told.source), answered: placed(told.answered) };
}

/** The sessions whose first step is told of. */
function openingsIn(lines: readonly DigestLine[]): string[] {
  return lines.flatMap(({ source }) => (source?.step === 1 ? [source.sessionId] : []));
}

function nextOf(found: Found, logs: ReadonlyMap<string, WorkLog>): NextAction {
  const { needs_decision: decisions, went_wrong: wrong, pending, learned } = found;
  const failed = wrong.filter(({ note }) => note !== 'succeeded_later');
  const owed = pending.filter(({ note }) => note !== 'still_open');
  if (decisions[0]) return { kind: 'decide', line: inThread(decisions[0], logs), more: decisions.length - 1 };
  if (failed[0]) return { kind: 'look', line: inThread(failed[0], logs), more: failed.length - 1 };
  if (owed[0]) return { kind: 'remind', line: inThread(owed[0], logs), more: owed.length - 1 };
  return learned.length > 0 ? { kind: 'review', count: learned.length } : { kind: 'nothing' };
}
