import type { Entry } from '../domain/entry.ts';
import { weighed } from '../domain/policy.ts';
import type { RecordingRules } from '../domain/policy.ts';
import { revised } from '../domain/session.ts';
import { artifactOf } from '../domain/stored-artifact.ts';
import { prepareSave } from './artifacts.ts';
import type { EscalationCore } from './escalation-core.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import type { InsightCore } from './insight-core.ts';
import { prepareKeyedEntries } from './keyed-entry.ts';
import type { Live } from './live.ts';
import { ID_RANGE } from './live.ts';
import { follow, prepareRecount, prepareWriteAnew } from './revise.ts';
import type { Db } from './sqlite.ts';
import type { PlacedDraft } from './store.ts';

/** Where a report is in the log. */
export interface ReportedStep {
  reportId: string;
  sessionId: string;
  step: number;
}

/** A step that a message became. */
export interface SaidStep {
  messageId: string;
  part: number;
}

/** What programs report of what may be in Discord, too. */
export interface ReportedStore {
  /** Those of these reports that are recorded. */
  steps(reportIds: string[]): Promise<ReportedStep[]>;
  /**
   * Lets a step that a message became say what was reported of it, where it is the same author's and in the same workspace; the draft's
   * message id is the report's. False: there is no such step, or it was deleted or reported already.
   */
  replace(placed: PlacedDraft, said: SaidStep, rules: RecordingRules): Promise<boolean>;
  /** Lets the step of a report be known by its message from now on. */
  link(reportId: string, said: SaidStep): Promise<void>;
  /** True when what a message says was reported: then its text in Discord says no more than that. */
  isOf(messageId: string): Promise<boolean>;
}

const STEPS = `
  SELECT e.message_id AS reportId, s.session_id AS sessionId, e.step
  FROM json_each(:ids) k CROSS JOIN entries e ON e.message_id = k.value AND e.part = 0 JOIN sessions s ON s.id = e.session
  UNION ALL
  SELECT r.report_id, s.session_id, e.step
  FROM json_each(:ids) k CROSS JOIN reported r ON r.report_id = k.value JOIN entries e ON e.id = r.entry
    JOIN sessions s ON s.id = e.session`;

interface Parts {
  db: Db;
  live: Live;
  escalations: Pick<EscalationCore, 'heedChange'>;
  insights: Pick<InsightCore, 'heedChange'>;
  texts: IndexedTexts;
}

export function createReported(parts: Parts): ReportedStore {
  const { db, live } = parts;
  const steps = db.prepare<[{ ids: string }], ReportedStep>(STEPS);
  const isOf = db
    .prepare<[string], 1>(
      'SELECT 1 FROM entries e JOIN reported r ON r.entry = e.id WHERE e.message_id = ? LIMIT 1',
    )
    .pluck();
  const replace = prepareReplace(parts);
  const link = prepareLink(db);
  return {
    async steps(reportIds) {
      return steps.all({ ids: JSON.stringify(reportIds) });
    },
    async replace(placed, said, rules) {
      const recounted = replace.immediate(placed, said, rules);
      if (recounted) follow(live, recounted);
      return recounted !== null;
    },
    async link(reportId, said) {
      link.immediate(reportId, said);
    },
    async isOf(messageId) {
      return isOf.get(messageId) !== undefined;
    },
  };
}

function prepareReplace({ db, live, escalations, insights, texts }: Parts) {
  const keyed = prepareKeyedEntries(db);
  const write = prepareWriteAnew(db, live, { escalations, insights, texts });
  const recount = prepareRecount(db);
  const saveArtifact = prepareSave(db);
  const note = prepareNote(db);
  const isReported = db.prepare<[number], 1>('SELECT 1 FROM reported WHERE entry = ?').pluck();
  return db.transaction((placed: PlacedDraft, { messageId, part }: SaidStep, rules: RecordingRules) => {
    const { draft, artifact, workspaceId } = placed;
    const before = keyed.ofMessage(messageId).find(({ entry }) => entry.part === part);
    if (!before || before.entry.author.key !== draft.author.key) return null;
    if (Math.floor(before.id / ID_RANGE) !== workspaceId || isReported.get(before.id)) return null;
    const said = { ...placed, draft: { ...draft, messageId, part } };
    const entry = weighed(asReported(before.entry, said, live), rules.policy);
    write(before, { entry, mentions: draft.mentions });
    if (artifact) saveArtifact(artifactOf(said, artifact, entry.sessionId), draft.at);
    note(draft.messageId, before.id);
    return recount(before, entry);
  });
}

/** The step that a message became, as its author reports it. */
function asReported(entry: Entry, { draft, workspaceId }: PlacedDraft, live: Live): Entry {
  const { insightCategory } = draft.claims ?? {};
  return {
    ...revised(entry, draft, live.get(workspaceId)!.setting),
    insightCategory: insightCategory ?? entry.insightCategory,
  };
}

function prepareNote(db: Db): (reportId: string, entry: number) => void {
  const note = db.prepare<[string, number]>(
    'INSERT INTO reported (report_id, entry) VALUES (?, CAST(? AS INTEGER)) ON CONFLICT DO NOTHING',
  );
  return (reportId, entry) => void note.run(reportId, entry);
}

/** What follows from the message, such as its deletion, concerns the report from then on; an answer replies to it. */
function prepareLink(db: Db) {
  const note = prepareNote(db);
  const find = db
    .prepare<[string], number>('SELECT id FROM entries WHERE message_id = ? AND part = 0')
    .pluck();
  const values = ':messageId, part = :part WHERE message_id = :reportId';
  type Values = [SaidStep & { reportId: string }];
  const known = db.prepare<Values>(`UPDATE OR IGNORE entries SET message_id = ${values}`);
  const following = [
    `UPDATE artifacts SET message_id = ${values}`,
    `UPDATE escalations SET reply_to = ifnull(reply_to, :messageId), message_id = ${values}`,
  ].map((sql) => db.prepare<Values>(sql));
  return db.transaction((reportId: string, said: SaidStep) => {
    const entry = find.get(reportId);
    // The message may be a step of its own by now.
    if (entry === undefined || known.run({ reportId, ...said }).changes === 0) return;
    note(reportId, entry);
    for (const statement of following) statement.run({ reportId, ...said });
  });
}
