import type { Entry } from '../domain/entry.ts';
import type { InsightRules } from '../domain/insight.ts';
import { prepareInsightRows } from './insight-changes.ts';
import type { InsightRows } from './insight-changes.ts';
import { prepareInsightPosts } from './insight-posts.ts';
import type { InsightPosts } from './insight-posts.ts';
import { prepareHeedInsights } from './insight-heed.ts';
import type { HeedInsights } from './insight-heed.ts';
import { prepareQueue } from './insight-queue.ts';
import type { QueueInsight } from './insight-queue.ts';
import type { Enqueue } from './outbox.ts';
import type { Db } from './sqlite.ts';

/** What the parts of the store share of insights. All of it runs inside transactions of theirs. */
export interface InsightCore extends HeedInsights {
  db: Db;
  rules: InsightRules;
  rows: InsightRows;
  posts: InsightPosts;
  queue: QueueInsight;
}

export interface InsightParts {
  db: Db;
  enqueue: Enqueue;
  rules: InsightRules;
  /** Whether a text holds a secret or personal data, where these are not masked. */
  looksPrivate: (text: string) => boolean;
}

export function prepareInsights({ db, enqueue, rules, looksPrivate }: InsightParts): InsightCore {
  const rows = prepareInsightRows(db, rules);
  const posts = prepareInsightPosts(db, enqueue, rules);
  const queue = prepareQueue(db, { rows, posts, rules, looksPrivate });
  const core = { db, rules, rows, posts, queue };
  return { ...core, ...prepareHeedInsights(core) };
}

/** True for what is an insight at once, doubts one, or says by which it was led. Cheap: it is asked of every entry. */
export function concernsInsights({ level, insightCategory, details }: Entry): boolean {
  return (
    level === 'correction' ||
    details?.['insight_ids'] !== undefined ||
    (insightCategory !== null && details !== null)
  );
}
