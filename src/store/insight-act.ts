import type { InsightAction, InsightOutcome } from '../domain/insight.ts';
import type { EscalationActor } from '../domain/escalation.ts';
import type { InsightCore } from './insight-core.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import type { AddedInsight, InsightStore } from './store.ts';

/** What people do with insights, synchronously. */
export function prepareInsightActs(core: InsightCore) {
  const { db } = core;
  const act = prepareAct(core);
  const add = prepareAdd(core);
  const advance = prepareAdvance(core);
  return {
    act: db.transaction(act).immediate as typeof act,
    add: db.transaction(add).immediate as typeof add,
    advance: db.transaction(advance).immediate as typeof advance,
  };
}

function prepareAct({ db, rows, posts }: InsightCore) {
  const isDone = db
    .prepare<[number, string], 1>('SELECT 1 FROM insight_events WHERE insight = ? AND interaction_id = ?')
    .pluck();
  return (id: number, action: InsightAction, actor: EscalationActor, at: number): InsightOutcome | null => {
    const before = rows.get(id);
    if (!before) return null;
    const { interactionId, author: by } = actor;
    if (isDone.get(id, interactionId)) return { kind: 'done', insight: before };
    const after = rows.change(before, action, { at, by, interactionId });
    if (!after) return { kind: 'refused', insight: before };
    if (action.kind === 'revoke') posts.recall(after, action.reason, at);
    posts.changed(after, at);
    return { kind: 'done', insight: after };
  };
}

type StepRow = EntryRow & {
  session: number;
  workspaceId: number;
  threadId: string | null;
  privateThread: number;
};

/** `addedBy` is whoever shares what another said; a person's own words have that person as their author. */
function prepareAdd({ db, queue }: InsightCore) {
  const find = db.prepare<[string, number], StepRow>(`
    SELECT ${ENTRY_COLUMNS}, s.id AS session, s.workspace_id AS workspaceId, s.thread_id AS threadId, s.private_thread AS privateThread
    FROM sessions s JOIN entries e ON e.session = s.id JOIN authors a ON a.id = e.author_id
    WHERE s.session_id = ? AND e.step = ? AND e.deleted_at IS NULL`);
  return ({ about, ...added }: AddedInsight, at: number) => {
    const { by, interactionId, masked, category, content } = added;
    const said = { category, content, origin: 'person', applicableTo: [], at } as const;
    if (about === null) {
      const { workspaceId, threadId, privateThread } = added;
      const own = { session: null, step: null, messageId: interactionId, part: 0, confidence: null };
      return queue({ ...said, ...own, workspaceId, threadId, privateThread, by, addedBy: null, masked });
    }
    const row = find.get(about.sessionId, about.step);
    if (!row) return null;
    const { session, workspaceId, threadId } = row;
    const { author, step, messageId, part, confidence, masked: before } = toEntry(row);
    const place = { session, workspaceId, threadId, privateThread: row.privateThread === 1 };
    const source = { step, messageId, part, by: author, addedBy: by, confidence };
    return queue({ ...said, ...place, ...source, masked: masked + before });
  };
}

const LAPSED = 'Nobody confirmed it in time.';

function prepareAdvance({ db, rows, posts }: InsightCore) {
  const due = db
    .prepare<[number, number], number>(`
      SELECT id FROM insights WHERE expires_at <= ? AND state IN ('pending', 'approved', 'shared') ORDER BY expires_at LIMIT ?`)
    .pluck();
  return (now: number, limit: number): number => {
    const ids = due.all(now, limit);
    for (const id of ids) {
      const before = rows.get(id)!;
      const kind = before.state === 'pending' ? 'expire' : 'lapse';
      const after = rows.change(before, { kind }, { at: now, by: null })!;
      if (kind === 'expire' && before.sharedAt !== null) posts.recall(after, LAPSED, now);
      if (kind === 'lapse') posts.doubtful(after, now);
      else posts.changed(after, now);
    }
    return ids.length;
  };
}

export type InsightActs = Pick<InsightStore, 'act' | 'add' | 'advance'>;
