import type { Author } from '../domain/author.ts';
import { INSIGHT_SCHEMA, revokedInsight, TOLD_AT_ONCE } from '../domain/insight-message.ts';
import type { Insight, InsightRules } from '../domain/insight.ts';
import { prepareSave } from './artifacts.ts';
import type { Enqueue } from './outbox.ts';
import type { Db } from './sqlite.ts';
import type { OutboxSubject, Posted } from './store.ts';

/** What is said of insights, as rows of the outbox. Called inside the transaction that gives the reason to say it. */
export interface InsightPosts {
  /** Lets a message hand insights to bots, or say what has become of them. */
  post(post: { id: number; workspaceId: number }, at: number): void;
  /** Tells all bots that have it that it does not hold any more, and takes it out of what they have. `reason`: in words for them. */
  recall(insight: Insight, reason: string | null, at: number): void;
  /** Tells how many wait in a workspace. */
  waiting(workspaceId: number, at: number): void;
  /** Where it is one that people let through, they are told that it needs them again: at once, since no new one does that. */
  doubtful(insight: Insight | null, at: number): void;
  /** A newer message tells it instead of this one. */
  former(workspaceId: number, message: Posted, at: number): void;
  /** What waits has changed: where a message tells of it, it says so. */
  changed(insight: Pick<Insight, 'workspaceId'>, at: number): void;
}

export function prepareInsightPosts(db: Db, enqueue: Enqueue, { announce }: InsightRules): InsightPosts {
  const due = db
    .prepare<[string], number>('SELECT count(*) FROM outbox WHERE subject = ? AND due_at IS NOT NULL')
    .pluck();
  const hasCard = db.prepare<[number], 1>('SELECT 1 FROM insight_cards WHERE workspace_id = ?').pluck();
  const postsOf = db
    .prepare<[number], number>(
      'SELECT DISTINCT post FROM insight_deliveries WHERE insight = ? AND post IS NOT NULL ORDER BY post',
    )
    .pluck();
  const newest = db
    .prepare<[number], number>('SELECT ifnull(max(id), 0) FROM insights WHERE workspace_id = ?')
    .pluck();
  const takeBack = prepareTakeBack(db);
  // One may be on the wire already, with what was true before: a second one follows it, a third would say nothing new.
  const once = (subject: OutboxSubject, at: number) => {
    if (announce && due.get(JSON.stringify(subject))! < 2) enqueue({ subject }, at);
  };
  const tell = (workspaceId: number, isNews: boolean, at: number) =>
    once({ kind: 'insights-waiting', workspaceId, told: newest.get(workspaceId)!, isNews }, at);
  const posts: InsightPosts = {
    post: ({ id, workspaceId }, at) => once({ kind: 'insight-post', id, workspaceId }, at),
    recall(insight, reason, at) {
      const { id, version, workspaceId } = insight;
      const holders = takeBack(insight, reason, at);
      if (holders === 0) return;
      for (let part = 0; part * TOLD_AT_ONCE < holders; part += 1)
        once({ kind: 'insight-recall', id, version, workspaceId, part }, at);
      for (const post of postsOf.all(id)) posts.post({ id: post, workspaceId }, at);
    },
    waiting: (workspaceId, at) => tell(workspaceId, false, at),
    former: (workspaceId, message, at) => once({ kind: 'insights-former', workspaceId, ...message }, at),
    doubtful(insight, at) {
      if (insight && (insight.state !== 'pending' || insight.sharedAt !== null))
        tell(insight.workspaceId, true, at);
    },
    changed({ workspaceId }, at) {
      if (hasCard.get(workspaceId)) posts.waiting(workspaceId, at);
    },
  };
  return posts;
}

/** Empties what bots have of an insight, and hands each a note that says so. Returns how many have it. */
function prepareTakeBack(db: Db) {
  const holders = db.prepare<[number], Pick<Author, 'name'> & { artifactId: string; workspaceId: number }>(`
    SELECT a.name, d.artifact_id AS artifactId, ifnull(f.workspace_id, i.workspace_id) AS workspaceId
    FROM insight_deliveries d JOIN insights i ON i.id = d.insight JOIN authors a ON a.id = d.author_id
      LEFT JOIN artifacts f ON f.id = d.artifact_id
    WHERE d.insight = ? ORDER BY a.id`);
  const empty = db.prepare<[number, string]>(
    'UPDATE artifacts SET content = NULL, expired_at = ifnull(expired_at, ?) WHERE id = ?',
  );
  const save = prepareSave(db);
  return (insight: Insight, reason: string | null, at: number): number => {
    const all = holders.all(insight.id);
    const content = { ...revokedInsight(insight, reason) };
    for (const { name, artifactId, workspaceId } of all) {
      empty.run(at, artifactId);
      save(
        {
          workspaceId,
          sessionId: null,
          source: null,
          workflowId: null,
          schema: INSIGHT_SCHEMA,
          producer: 'work-logs',
          consumer: name,
          content,
        },
        at,
      );
    }
    return all.length;
  };
}
