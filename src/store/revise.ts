import { weighed } from '../domain/policy.ts';
import type { Entry } from '../domain/entry.ts';
import type { RecordingRules } from '../domain/policy.ts';
import { prepareEraseArtifacts } from './artifacts.ts';
import type { Answer, Answers } from './answers.ts';
import { prepareBookkeeping } from './bookkeeping.ts';
import { addCounts, changeOf } from './counts.ts';
import type { Counted } from './counts.ts';
import { Editing, erased } from './editing.ts';
import { SAID_COLUMNS, saidValues } from './entry-row.ts';
import { concernsEscalations } from './escalation-core.ts';
import type { EscalationCore } from './escalation-core.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import type { InsightCore } from './insight-core.ts';
import type { KeyedEntries, KeyedEntry } from './keyed-entry.ts';
import { ID_RANGE, placeKey } from './live.ts';
import type { Live, OpenSession } from './live.ts';
import type { EndSession } from './sessions.ts';
import { prepareReindex } from './reindex.ts';
import type { Db } from './sqlite.ts';
import type { Appended, PlacedDraft } from './store.ts';

interface Parts {
  db: Db;
  live: Live;
  endSession: EndSession;
  keyed: KeyedEntries;
  answers: Answers;
  escalations: Pick<EscalationCore, 'heedChange'>;
  insights: Pick<InsightCore, 'heedChange'>;
  texts: IndexedTexts;
  append(drafts: PlacedDraft[], rules: RecordingRules): Appended;
}

export type Revise = {
  rewrite(drafts: PlacedDraft[], editedAt: number, rules: RecordingRules): void;
  erase(messageIds: string[], at: number): number;
  /** The same for steps, by the ids of their entries, inside a transaction of the caller's. */
  eraseSteps(ids: readonly number[], at: number): void;
  writeAnew(before: KeyedEntry, after: Answer): void;
};

/** The changing half of the entry store: what an edit and a deletion in Discord ask for, synchronously. */
export function prepareRevise({
  db,
  live,
  endSession,
  keyed,
  answers,
  escalations,
  insights,
  texts,
  append,
}: Parts): Revise {
  const write = prepareWriteAnew(db, live, { escalations, insights, texts });
  const recount = prepareRecount(db);
  const retell = prepareRetell(db);
  const forgetTexts = db.prepare<[{ id: number; messageId: string }]>(FORGET_TEXTS);
  const eraseArtifacts = prepareEraseArtifacts(db);
  const editing = new Editing(keyed, answers);
  const rewrite = db.transaction((drafts: PlacedDraft[], editedAt: number, rules: RecordingRules) => {
    const known = editing.partsOf(drafts[0]!.draft.messageId);
    if (known.size === 0) return { further: [], recounted: [], ended: [] };
    const ended: KeyedEntry[] = [];
    const recounted = drafts.flatMap((placed) => {
      const before = known.get(placed.draft.part);
      if (!before) return [];
      const { entry, mentions } = editing.said(before, placed, live.get(placed.workspaceId)!.setting);
      const after = { ...weighed(entry, rules.policy), editedAt };
      write(before, { entry: after, mentions });
      retell(before, after, placed);
      const running = placed.session === 'end' ? openSessionOf(live, before) : undefined;
      if (running) {
        endSession(running, running.lastAt, 'reported');
        ended.push(before);
      }
      return [recount(before, after)];
    });
    return { further: drafts.filter(({ draft }) => !known.has(draft.part)), recounted, ended };
  });
  const erase = db.transaction((messageIds: string[], at: number) =>
    messageIds.reduce((steps, messageId) => {
      eraseArtifacts(messageId, at);
      const changed = editing.forgotten(messageId, at);
      for (const { before, after } of changed) {
        write(before, after);
        forgetTexts.run({ id: before.session, messageId });
      }
      return steps + changed.length;
    }, 0),
  );
  const eraseSteps = (ids: readonly number[], at: number) => {
    for (const id of ids) {
      const before = keyed.byId(id);
      const { messageId } = before.entry;
      eraseArtifacts(messageId, at);
      write(before, erased(before, at));
      forgetTexts.run({ id: before.session, messageId });
    }
  };
  return {
    eraseSteps,
    writeAnew: write,
    rewrite(drafts, editedAt, rules) {
      if (drafts.length === 0) return;
      const { further, recounted, ended } = rewrite.immediate(drafts, editedAt, rules);
      for (const each of recounted) follow(live, each);
      if (further.length > 0) append(further, rules);
      for (const keyed of ended) forgetOpen(live, keyed);
    },
    erase: (messageIds, at) => erase.immediate(messageIds, at),
  };
}

/** What a message said of its session as a whole. */
const FORGET_TEXTS = `
  UPDATE sessions SET
    query = iif(query_by IS :messageId, '', query),
    final_output = iif(final_output_by IS :messageId, NULL, final_output),
    summary = iif(summary_by IS :messageId, NULL, summary)
  WHERE id = :id AND :messageId IN (query_by, final_output_by, summary_by)`;

/** An agent may name anything as the cause of a step: what is no bot's name is a text like any other. */
const FORGET_CAUSE = `
  UPDATE entries SET triggered_by = 'user'
  WHERE id = CAST(? AS INTEGER) AND triggered_by <> 'user'
    AND NOT EXISTS (SELECT 1 FROM authors WHERE kind <> 'person' AND '@' || name = triggered_by)`;

/** Writes what an entry says by now in the place of what it said, also in the search index. Called inside a transaction. */
export function prepareWriteAnew(
  db: Db,
  live: Live,
  { escalations, insights, texts }: Pick<Parts, 'escalations' | 'insights' | 'texts'>,
): (before: KeyedEntry, after: Answer) => void {
  const update = db.prepare(`
    UPDATE entries SET ${SAID_COLUMNS.map((column) => `${column} = ?`).join(', ')}, edited_at = ?, deleted_at = ?
    WHERE id = CAST(? AS INTEGER)`);
  const reindex = prepareReindex(db, live, texts);
  const forgetCause = db.prepare<[number]>(FORGET_CAUSE);
  return (before, { entry, mentions }) => {
    const values = [...saidValues(entry, mentions), entry.editedAt, entry.deletedAt];
    reindex(before.id, () => update.run(...values, before.id));
    if (entry.deletedAt !== null && entry.origin === 'reported') forgetCause.run(before.id);
    if (concernsEscalations(before.entry) || concernsEscalations(entry))
      escalations.heedChange(before.session, before.entry, entry);
    insights.heedChange(before.id, before.session, before.entry, entry);
  };
}

/** Lets a session say of itself what the edited message says of it by now; what the message opened is called after it. */
function prepareRetell(db: Db): (before: KeyedEntry, after: Entry, placed: PlacedDraft) => void {
  const { describe } = prepareBookkeeping(db);
  const rename = db.prepare<[string, number, string]>(
    'UPDATE sessions SET query = ? WHERE id = ? AND query_by = ?',
  );
  return ({ session: id }, { step, message }, { draft: { messageId }, log }) => {
    if (step === 1) rename.run(message, id, messageId);
    if (log) describe({ id }, log, messageId);
  };
}

/** An entry and how the counts of its session change with it. */
export interface Recounted {
  keyed: KeyedEntry;
  change: Counted;
}

/** Keeps the counts of the entry's session right, and gives what has changed. */
export function prepareRecount(db: Db): (before: KeyedEntry, after: KeyedEntry['entry']) => Recounted {
  const add = db.prepare<[Counted & { id: number }]>(`
    UPDATE sessions SET handoffs = handoffs + :handoffs, tools = tools + :tools, errors = errors + :errors,
      uncertain = uncertain + :uncertain, escalations = escalations + :escalations, masked = masked + :masked
    WHERE id = :id`);
  return (before, after) => {
    const change = changeOf(before.entry, after);
    add.run({ ...change, id: before.session });
    return { keyed: before, change };
  };
}

/** A session that still runs counts in memory. */
export function follow(live: Live, { keyed, change }: Recounted): void {
  const counts = openSessionOf(live, keyed)?.counts;
  if (counts) addCounts(counts, change);
}

function forgetOpen(live: Live, keyed: KeyedEntry): void {
  const session = openSessionOf(live, keyed);
  if (session) live.get(workspaceOf(keyed))!.open.delete(placeKey(session));
}

function openSessionOf(live: Live, keyed: KeyedEntry): OpenSession | undefined {
  const open = live.get(workspaceOf(keyed))?.open.values() ?? [];
  return [...open].find(({ id }) => id === keyed.session);
}

function workspaceOf({ id }: KeyedEntry): number {
  return Math.floor(id / ID_RANGE);
}
