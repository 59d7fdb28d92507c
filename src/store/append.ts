import type { Author } from '../domain/author.ts';
import type { Draft } from '../domain/entry.ts';
import { newMemory, placeInSession } from '../domain/session.ts';
import type { AnsweredStep } from '../domain/session.ts';
import { dropReason, weighed } from '../domain/policy.ts';
import type { Policy, RecordingRules } from '../domain/policy.ts';
import { artifactOf } from '../domain/stored-artifact.ts';
import { isIdle, noCounts } from '../domain/work-log.ts';
import type { EndReason } from '../domain/work-log.ts';
import type { Answers } from './answers.ts';
import { prepareSave } from './artifacts.ts';
import type { Authors } from './authors.ts';
import { addOpen, Batch, count, drop, endOpen, goOn, openSession } from './batch.ts';
import type { WorkspaceChange } from './batch.ts';
import { prepareBookkeeping } from './bookkeeping.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import { prepareSetMark } from './coverage.ts';
import { concernsEscalations } from './escalation-core.ts';
import type { EscalationCore } from './escalation-core.ts';
import { prepareInsertEntry } from './insert-entry.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import { concernsInsights } from './insight-core.ts';
import type { InsightCore } from './insight-core.ts';
import type { Live, OpenSession } from './live.ts';
import { newTally } from './participants.ts';
import { prepareWriteAnew } from './revise.ts';
import type { EndSession } from './sessions.ts';
import type { Db } from './sqlite.ts';
import type { Appended, Mark, PlacedDraft } from './store.ts';

/** The writing half of the entry store: {@link EntryStore.append}, synchronously. */
export function prepareAppend(
  parts: WriterParts,
): (drafts: PlacedDraft[], rules: RecordingRules, seen?: readonly Mark[]) => Appended {
  const { db, live, authors } = parts;
  const writer = new Writer(parts);
  const recentlyDropped = new Set<string>();
  const setMark = prepareSetMark(db);
  const write = db.transaction(
    (batch: Batch, drafts: PlacedDraft[], rules: RecordingRules, seen: readonly Mark[]) => {
      seen.forEach(setMark);
      return writer.write(batch, drafts, rules);
    },
  );
  return (drafts, rules, seen = []) => {
    const batch = new Batch(live, recentlyDropped);
    try {
      const appended = write.immediate(batch, drafts, rules, seen);
      batch.adopt();
      return appended;
    } catch (error) {
      authors.forget();
      throw error;
    }
  };
}

interface WriterParts {
  db: Db;
  live: Live;
  authors: Authors;
  endSession: EndSession;
  answers: Answers;
  escalations: Pick<EscalationCore, 'heed' | 'heedChange'>;
  insights: Pick<InsightCore, 'heed' | 'heedChange'>;
  texts: IndexedTexts;
}

class Writer {
  readonly #authors: Authors;
  readonly #endSession: EndSession;
  readonly #answers: Answers;
  readonly #escalations;
  readonly #insights;
  readonly #writeAnew;
  readonly #insert;
  readonly #isRecorded;
  readonly #answered;
  readonly #books: Bookkeeping;
  readonly #saveArtifact;

  constructor({ db, live, authors, endSession, answers, escalations, insights, texts }: WriterParts) {
    this.#authors = authors;
    this.#endSession = endSession;
    this.#answers = answers;
    this.#escalations = escalations;
    this.#insights = insights;
    this.#writeAnew = prepareWriteAnew(db, live, { escalations, insights, texts });
    this.#books = prepareBookkeeping(db);
    this.#saveArtifact = prepareSave(db);
    this.#insert = prepareInsertEntry(db);
    this.#isRecorded = db
      .prepare<[string, number], 1>('SELECT 1 FROM entries WHERE message_id = ? AND part = ?')
      .pluck();
    this.#answered = db.prepare<[string], AnsweredRow>(ANSWERED);
  }

  write(batch: Batch, drafts: PlacedDraft[], rules: RecordingRules): Appended {
    const appended = { recorded: 0, duplicates: 0, dropped: 0 };
    for (const placed of drafts) {
      const workspace = batch.workspace(placed.workspaceId);
      // Unmapped while the message was on its way.
      if (!workspace.live.recorded) continue;
      const session = this.#sessionFor(workspace, placed, rules.idle);
      const outcome = session
        ? (this.#goOn(session, placed) ?? this.#add(batch, workspace, session, placed, rules.policy))
        : 'duplicates';
      appended[outcome] += 1;
      if (session && outcome !== 'duplicates') this.#heed(workspace, session, placed, outcome === 'recorded');
    }
    for (const change of batch.changes()) this.#books.write(change);
    return appended;
  }

  /** The session that a draft belongs to, opened when need be; undefined when its message is recorded already. */
  #sessionFor(
    workspace: WorkspaceChange,
    placed: PlacedDraft,
    idle: RecordingRules['idle'],
  ): OpenSession | undefined {
    const { draft, threadId, conversation = null } = placed;
    const current = openSession(workspace, placed);
    const isOver = current && isIdle(current.lastAt, draft.at, idle[workspace.live.setting.type]);
    // A message that opened the session by what it says first does not open another by what it says next.
    const isNew = placed.session === 'start' && current?.memory.sessionId !== draft.messageId;
    if (current && !isOver && !isNew) return current;
    if (this.#isChunk(draft) || this.#isRecorded.get(draft.messageId, draft.part)) return undefined;
    if (current) this.#end(workspace, current, isOver ? 'idle' : 'reported');
    const id = this.#books.open(workspace.live, placed);
    const memory = newMemory(draft.messageId);
    const begun = { lastAt: draft.at, counts: noCounts(), tally: newTally(), memory };
    const session = { id, threadId, conversation, ...begun };
    addOpen(workspace, session);
    return session;
  }

  /** What a draft hands over, and what it says of its session as a whole. */
  #heed(workspace: WorkspaceChange, session: OpenSession, placed: PlacedDraft, isKept: boolean): void {
    const { draft, log, artifact } = placed;
    if (artifact) this.#saveArtifact(artifactOf(placed, artifact, session.memory.sessionId), draft.at);
    // What is not kept of a message is not kept of what it says about the session either.
    if (log && isKept) this.#books.describe(session, log, draft.messageId);
    if (placed.session === 'end') this.#end(workspace, session, 'reported');
  }

  #end(workspace: WorkspaceChange, session: OpenSession, reason: EndReason): void {
    this.#endSession(session, session.lastAt, reason);
    endOpen(workspace, session);
  }

  /** Lets a draft be a part of the answer that it goes on with, if that is a step of this session. */
  #goOn(session: OpenSession, placed: PlacedDraft): keyof Appended | null {
    const { draft, continues } = placed;
    if (this.#isChunk(draft)) return 'duplicates';
    const before = continues === undefined ? null : this.#answers.endingWith(continues);
    if (!before || before.session !== session.id || before.entry.author.key !== draft.author.key) return null;
    const after = this.#answers.append(before, placed);
    this.#writeAnew(before, after);
    goOn(session, before.entry, after.entry, draft);
    return 'recorded';
  }

  /** True for what is recorded as a part of an answer that began in an earlier message. */
  #isChunk({ messageId, part }: Draft): boolean {
    return part === 0 && (this.#answers.of(messageId)?.chunk.n ?? 0) > 0;
  }

  /** Adds a draft as the next step of its session, if the rules keep it and its message is not recorded already. */
  #add(
    batch: Batch,
    workspace: WorkspaceChange,
    session: OpenSession,
    placed: PlacedDraft,
    policy: Policy,
  ): keyof Appended {
    const draft = ownDraft(placed);
    const { setting } = workspace.live;
    const answered = draft.replyToMessageId === null ? null : this.#answeredStep(draft.replyToMessageId);
    const entry = weighed(placeInSession(draft, session.memory, setting, answered), policy);
    const sampledBy = placed.continues ?? entry.messageId;
    if (dropReason(entry, setting.type, policy, sampledBy))
      return drop(batch, session, entry, draft.mentions);
    // Who was forgotten since does not become known again by it.
    if (!this.#authors.has(draft.author) && this.#isRecorded.get(entry.messageId, entry.part))
      return 'duplicates';
    const author = this.#authors.get(draft.author);
    const id = workspace.lastEntryId + 1;
    if (!this.#insert({ id, session: session.id, authorId: author.id, entry, mentions: draft.mentions }))
      return 'duplicates';
    this.#authors.refresh(author, draft.author);
    // What opened the session may not have been kept: then its text is not kept here either.
    if (entry.step === 1) this.#books.begin(session, entry);
    count(workspace, session, entry, draft.mentions, author.id);
    if (concernsEscalations(entry)) this.#escalations.heed(session.id, entry);
    if (concernsInsights(entry)) this.#insights.heed(id, session.id, entry);
    return 'recorded';
  }

  #answeredStep(messageId: string): AnsweredStep | null {
    const row = this.#answered.get(messageId);
    if (row?.part === 0) return { sessionId: row.session_id, step: row.step, author: row };
    const answer = this.#answers.of(messageId)?.keyed.entry;
    if (answer) return answer;
    return row ? { sessionId: row.session_id, step: row.step, author: row } : null;
  }
}

/** The draft as a step of its own, whatever it was to go on with. */
function ownDraft({ draft, continues }: PlacedDraft): Draft {
  return continues === undefined ? draft : { ...draft, message: draft.message.replace(/^\n/, '') };
}

interface AnsweredRow extends Author {
  part: number;
  session_id: string;
  step: number;
}

/** `+?` keeps SQLite, when built with STAT4 as here, from planning a join anew for every value: that takes seven times as long. */
const ANSWERED = `
  SELECT s.session_id, e.step, e.part, a.key, a.name, a.kind
  FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
  WHERE e.message_id = +? ORDER BY e.part LIMIT 1`;
