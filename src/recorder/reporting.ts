import type { Author } from '../domain/author.ts';
import type { BotRole } from '../domain/author.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { Masker } from '../masking/mask.ts';
import type { PlacedDraft, ReportedStep, SaidStep, Store } from '../store/store.ts';
import { partOfBlock } from './dialects/block-part.ts';
import { draftsOf } from './drafts.ts';
import { fitted } from './fit.ts';
import { withinSize } from './handing-over.ts';
import { KEPT_EACH } from './joining.ts';
import type { Joining } from './joining.ts';
import type { Report, ReportedFrom, ReportOutcome } from './report.ts';

interface Parts {
  store: Pick<Store, 'entries' | 'reported'>;
  rules: RecordingRules;
  /** What hides what is not to be told in a workspace. */
  maskerFor(place: Pick<ReportedFrom, 'workspaceId'>): Masker | null;
  /** What hides what is not to be told in what agents are called. */
  nameMasker: Masker | null;
  joining: Joining;
  /** The bots of a workspace, by name. */
  directory(workspaceId: number): ReadonlyMap<string, Author>;
  roleOf(botKey: string): BotRole | null;
}

/**
 * Records what programs report: report → policy → mask → session → store, as messages are. All of them or none are recorded; those
 * that are recorded already change nothing. Results are in the order of the reports.
 */
export async function recordReports(parts: Parts, reports: readonly Report[]): Promise<ReportOutcome[]> {
  const { store, rules, joining } = parts;
  const ids = [...new Set(reports.map(({ id }) => id))];
  const named = reports.filter(({ isUnnamed }) => !isUnnamed).map(({ id }) => id);
  const before = await stepsOf(store, [...new Set(named)]);
  const fresh = new Map(reports.filter(({ id }) => !before.has(id)).map((report) => [report.id, report]));
  const drafts = [...fresh.values()].flatMap((report) => draftsFor(parts, report));
  const joined = await joinSaid(parts, drafts, fresh);
  const own = drafts.filter(({ draft }) => !joined.has(draft.messageId));
  await store.entries.append(own, rules);
  const after = await stepsOf(store, ids);
  // Of many at once only the last would be remembered.
  for (const placed of own.slice(-KEPT_EACH)) {
    const { messageId: id, part } = placed.draft;
    if (part === 0 && after.has(id)) joining.expect(placed, fresh.get(id)!.messageId);
  }
  return reports.map(({ id }) => outcomeOf(id, after, before.has(id), joined.has(id)));
}

/** Lets the steps of messages that are in Discord by now be what was reported of them; returns the ids of the reports. */
async function joinSaid(
  { store, rules, joining }: Parts,
  drafts: readonly PlacedDraft[],
  fresh: ReadonlyMap<string, Report>,
): Promise<Set<string>> {
  const joined = new Set<string>();
  for (const placed of drafts) {
    const { messageId: id, part } = placed.draft;
    // What opens or ends a session is a step of its own, whatever was said about it.
    if (part !== 0 || placed.session) continue;
    const { messageId } = fresh.get(id)!;
    const said =
      joining.takeSaid(placed, messageId) ?? (messageId === null ? undefined : { id: messageId, part: 0 });
    if (!said) continue;
    const step: SaidStep = { messageId: said.id, part: said.part };
    if (await store.reported.replace(placed, step, rules)) joined.add(id);
  }
  return joined;
}

function draftsFor({ maskerFor, nameMasker, directory, roleOf }: Parts, report: Report): PlacedDraft[] {
  const { id, from, at, entry } = report;
  const { workspaceId, threadId, privateThread, conversation, author } = from;
  const part = partOfBlock(entry);
  const observation = {
    workspaceId,
    messageId: id,
    threadId,
    privateThread,
    author,
    at,
    replyToMessageId: null,
    content: '',
    mentions: [],
    embeds: [],
    componentTexts: [],
    attachments: [],
    flags: 0,
  };
  const [draft] = draftsOf(observation, [part], directory(workspaceId), roleOf(author.key));
  const { session, log, artifact } = part;
  const place = { workspaceId, threadId, privateThread, conversation };
  const placed = { ...place, draft: draft!, session, log, artifact };
  return withinSize([fitted(placed, maskerFor(from), nameMasker)]);
}

async function stepsOf(store: Parts['store'], ids: string[]): Promise<Map<string, ReportedStep>> {
  const steps = ids.length === 0 ? [] : await store.reported.steps(ids);
  return new Map(steps.map((step) => [step.reportId, step]));
}

function outcomeOf(
  id: string,
  steps: ReadonlyMap<string, ReportedStep>,
  wasKnown: boolean,
  isJoined: boolean,
): ReportOutcome {
  const found = steps.get(id);
  const status = wasKnown ? 'duplicate' : isJoined ? 'joined' : found ? 'recorded' : 'not_kept';
  return { id, status, sessionId: found?.sessionId ?? null, step: found?.step ?? null };
}

/** What messages say without what was reported before they were seen: that is a step already, and is known by its message from now on. */
export async function withoutReported(
  { store, joining }: Pick<Parts, 'store' | 'joining'>,
  drafts: PlacedDraft[],
): Promise<PlacedDraft[]> {
  const reported = drafts.flatMap((placed) => {
    const report = joining.takeExpected(placed);
    return report ? [{ placed, report }] : [];
  });
  if (reported.length === 0) return drafts;
  for (const { placed, report } of reported) {
    const { messageId, part } = placed.draft;
    await store.reported.link(report.id, { messageId, part });
  }
  const named = reported.filter(({ report }) => report.messageId !== null);
  const whole = new Set(named.map(({ placed }) => placed.draft.messageId));
  const own = new Set(reported.map(({ placed }) => placed));
  return drafts.filter((placed) => !own.has(placed) && !whole.has(placed.draft.messageId));
}
