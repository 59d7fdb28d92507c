import type { Author } from '../domain/author.ts';
import type { Draft, Entry } from '../domain/entry.ts';
import { weighed } from '../domain/policy.ts';
import type { RecordingRules } from '../domain/policy.ts';
import { revised } from '../domain/session.ts';
import type { Setting } from '../domain/session.ts';
import type { Counts } from '../domain/work-log.ts';
import { SAID_COLUMNS, saidValues } from './entry-row.ts';
import { ID_RANGE } from './live.ts';
import type { Live, OpenSession } from './live.ts';
import { tagsOf } from './search.ts';
import type { Db } from './sqlite.ts';
import type { Appended, PlacedDraft } from './store.ts';

/** An entry with the keys of its rows. */
export interface KeyedEntry {
  id: number;
  session: number;
  entry: Entry;
}

interface Parts {
  db: Db;
  live: Live;
  /** All entries of a message that are not deleted, by part. */
  entriesOf(messageId: string): KeyedEntry[];
  append(drafts: PlacedDraft[], rules: RecordingRules): Appended;
}

type Revise = {
  rewrite(drafts: PlacedDraft[], editedAt: number, rules: RecordingRules): void;
  erase(messageIds: string[], at: number): number;
};

/** The changing half of the entry store: what an edit and a deletion in Discord ask for, synchronously. */
export function prepareRevise({ db, live, entriesOf, append }: Parts): Revise {
  const rows = prepareRows(db, live);
  const rewrite = db.transaction((drafts: PlacedDraft[], editedAt: number, rules: RecordingRules) => {
    const before = entriesOf(drafts[0]!.draft.messageId);
    if (before.length === 0) return { further: [], recounted: [] };
    const known = new Map(before.map((keyed) => [keyed.entry.part, keyed]));
    const recounted = drafts.flatMap(({ draft, workspaceId }) => {
      const keyed = known.get(draft.part);
      const { setting } = live.get(workspaceId)!;
      return keyed ? [rows.rewrite(keyed, draft, editedAt, rules, setting)] : [];
    });
    return { further: drafts.filter(({ draft }) => !known.has(draft.part)), recounted };
  });
  const erase = db.transaction((messageIds: string[], at: number) => {
    const entries = messageIds.flatMap(entriesOf);
    for (const keyed of entries) rows.erase(keyed, at);
    return entries.length;
  });
  return {
    rewrite(drafts, editedAt, rules) {
      if (drafts.length === 0) return;
      const { further, recounted } = rewrite.immediate(drafts, editedAt, rules);
      for (const each of recounted) follow(live, each);
      if (further.length > 0) append(further, rules);
    },
    erase: (messageIds, at) => erase.immediate(messageIds, at),
  };
}

function prepareRows(db: Db, live: Live) {
  const update = db.prepare(`
    UPDATE entries SET ${SAID_COLUMNS.map((column) => `${column} = ?`).join(', ')}, edited_at = ?, deleted_at = ?
    WHERE id = CAST(? AS INTEGER)`);
  const write = ({ id, entry }: KeyedEntry, mentions: readonly Author[]) =>
    update.run(...saidValues(entry, mentions), entry.editedAt, entry.deletedAt, id);
  const reindex = prepareReindex(db, live);
  const recount = prepareRecount(db);
  // A session's query is the text of its first step, or what the message of that step said it is.
  const forgetQuery = db.prepare<[number]>("UPDATE sessions SET query = '' WHERE id = ?");
  return {
    rewrite(before: KeyedEntry, draft: Draft, editedAt: number, rules: RecordingRules, setting: Setting) {
      const entry = { ...weighed(revised(before.entry, draft, setting), rules.policy), editedAt };
      const after = { ...before, entry };
      write(after, draft.mentions);
      reindex(before, after);
      return recount(before, after);
    },
    erase(before: KeyedEntry, at: number) {
      const after = { ...before, entry: erased(before.entry, at) };
      write(after, []);
      reindex(before, after);
      if (before.entry.step === 1) forgetQuery.run(before.session);
    },
  };
}

/** The step without anything that was said in it. */
function erased(entry: Entry, deletedAt: number): Entry {
  return {
    ...entry,
    message: '',
    mentions: [],
    handoffTo: [],
    tool: null,
    details: null,
    insightCategory: null,
    deletedAt,
  };
}

/** Lets the index know of a changed text, when it has the entry already; otherwise it reads the new text when it gets there. */
function prepareReindex(db: Db, live: Live): (before: KeyedEntry, after: KeyedEntry) => void {
  const remove = db.prepare<[number, string, string]>(
    "INSERT INTO entries_fts (entries_fts, rowid, message, tags) VALUES ('delete', CAST(? AS INTEGER), ?, ?)",
  );
  const add = db.prepare<[number, string, string]>(
    'INSERT INTO entries_fts (rowid, message, tags) VALUES (CAST(? AS INTEGER), ?, ?)',
  );
  return (before, after) => {
    const workspace = live.get(Math.floor(before.id / ID_RANGE));
    if (!workspace || before.id > workspace.indexedId) return;
    remove.run(before.id, before.entry.message, tagsOf(before.entry));
    add.run(after.id, after.entry.message, tagsOf(after.entry));
  };
}

type Counted = Omit<Counts, 'steps' | 'dropped'>;

interface Recounted {
  keyed: KeyedEntry;
  change: Counted;
}

/** Keeps the counts of the entry's session right, and gives what has changed. */
function prepareRecount(db: Db): (before: KeyedEntry, after: KeyedEntry) => Recounted {
  const add = db.prepare<[Counted & { id: number }]>(`
    UPDATE sessions SET handoffs = handoffs + :handoffs, tools = tools + :tools, errors = errors + :errors,
      uncertain = uncertain + :uncertain, escalations = escalations + :escalations, masked = masked + :masked
    WHERE id = :id`);
  return (before, after) => {
    const was = countsOf(before.entry);
    const change = countsOf(after.entry);
    for (const key of Object.keys(change) as (keyof Counted)[]) change[key] -= was[key];
    add.run({ ...change, id: before.session });
    return { keyed: before, change };
  };
}

/** A session that still runs counts in memory. */
function follow(live: Live, { keyed, change }: Recounted): void {
  const counts = openSessionOf(live, keyed)?.counts;
  if (!counts) return;
  for (const key of Object.keys(change) as (keyof Counted)[]) counts[key] += change[key];
}

function countsOf({ level, tool, escalation, masked }: Entry): Counted {
  return {
    handoffs: Number(level === 'handoff'),
    tools: Number(tool !== null),
    errors: Number(level === 'error'),
    uncertain: Number(level === 'uncertainty'),
    escalations: Number(escalation),
    masked,
  };
}

function openSessionOf(live: Live, { id, session }: KeyedEntry): OpenSession | undefined {
  const workspace = live.get(Math.floor(id / ID_RANGE));
  return [...(workspace?.open.values() ?? [])].find((open) => open.id === session);
}
