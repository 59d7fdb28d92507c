import type { Insight } from '../domain/insight.ts';
import { prepareInsightActs } from './insight-act.ts';
import { prepareAlike } from './insight-alike.ts';
import type { InsightCore } from './insight-core.ts';
import { prepareDeliver, preparePostReader, prepareUndelivered } from './insight-deliver.ts';
import { prepareFollowed } from './insight-followed.ts';
import { prepareSeen } from './insight-heed.ts';
import { authorJson, INSIGHTS, toInsight, toInsightEvent } from './insight-row.ts';
import type { InsightEventRow, InsightRow } from './insight-row.ts';
import { prepareCounts, prepareExchanged, prepareNoteCard, prepareWaiting } from './insight-waiting.ts';
import type { AfterSent } from './outbox.ts';
import type { Db } from './sqlite.ts';
import type { InsightStore } from './store.ts';

export function createInsights(core: InsightCore): InsightStore {
  const { db, posts } = core;
  const { act, add, advance } = prepareInsightActs(core);
  const deliver = prepareDeliver(core);
  const undelivered = prepareUndelivered(core);
  const post = preparePostReader(core);
  const followed = prepareFollowed(db);
  const waiting = prepareWaiting(db);
  const counts = prepareCounts(db);
  const exchanged = prepareExchanged(db);
  const seen = prepareSeen(db);
  const seeAll = db.transaction((ids: number[], bot: string, at: number) => {
    for (const id of ids) seen(id, { key: bot }, at);
  });
  return {
    ...prepareReading(db),
    ...prepareAlike(core),
    counts: async (workspaceIds, how) => counts(workspaceIds, how),
    exchanged: async (workspaceId, period) => exchanged(workspaceId, period),
    add: async (added, at) => add(added, at),
    act: async (id, action, actor, at) => act(id, action, actor, at),
    undelivered: async (query) => undelivered(query),
    deliver: async (workspaceId, parcel, at) => deliver(workspaceId, parcel, at),
    post: async (id) => post(id),
    seen: async (ids, bot, at) => seeAll(ids, bot, at),
    followed: async (id, query) => followed(id, query),
    waiting: async (workspaceId) => waiting(workspaceId),
    async tell(workspaceId, at) {
      const { newest, message } = waiting(workspaceId);
      if (newest > (message?.newest ?? 0)) posts.waiting(workspaceId, at);
    },
    advance: async (now, limit) => advance(now, limit),
  };
}

type Reading = Pick<
  InsightStore,
  'get' | 'events' | 'deliveries' | 'list' | 'review' | 'ofStep' | 'inbox' | 'holderOf'
>;

function prepareReading(db: Db): Reading {
  const get = db.prepare<[number], InsightRow>(`${INSIGHTS} WHERE i.id = +?`);
  const events = db.prepare<[number], InsightEventRow>(`
    SELECT e.version, e.kind, e.at, a.key, a.name, a.kind AS author_kind, e.reason
    FROM insight_events e LEFT JOIN authors a ON a.id = e.author_id WHERE e.insight = ? ORDER BY e.version`);
  const deliveries = db.prepare<[number], { bot: string; deliveredAt: number; seenAt: number | null }>(`
    SELECT ${authorJson('a')} AS bot, d.delivered_at AS deliveredAt, d.seen_at AS seenAt
    FROM insight_deliveries d JOIN authors a ON a.id = d.author_id WHERE d.insight = ? ORDER BY d.delivered_at, a.id`);
  const review = db.prepare<[Record<string, unknown>], InsightRow>(`
    ${INSIGHTS} WHERE i.id IN (
      SELECT id FROM insights WHERE ${OF} AND id > :after AND (state = 'pending' OR (flag IS NOT NULL AND state IN ('approved', 'shared')))
      ORDER BY id LIMIT :limit
    ) ORDER BY i.id`);
  const ofStep = db.prepare<[string, number], InsightRow>(`
    ${INSIGHTS} JOIN insight_sources x ON x.insight = i.id JOIN entries e ON e.message_id = x.message_id AND e.part = x.part
      JOIN sessions z ON z.id = e.session
    WHERE z.session_id = ? AND e.step = ?`);
  const inbox = db.prepare<[Record<string, unknown>], InsightRow>(`
    ${INSIGHTS} JOIN insight_deliveries v ON v.insight = i.id JOIN authors o ON o.id = v.author_id
      JOIN workspaces w ON w.id = i.workspace_id
    WHERE o.key = :bot AND w.guild_id = :guildId AND ${HOLDS}
    ORDER BY v.delivered_at DESC, i.id DESC LIMIT :limit`);
  const holder = db
    .prepare<[string], string>(`
      SELECT a.key FROM insight_deliveries d JOIN authors a ON a.id = d.author_id WHERE d.artifact_id = ?`)
    .pluck();
  return {
    get: async (id) => maybe(get.get(id)),
    events: async (id) => events.all(id).map(toInsightEvent),
    deliveries: async (id) =>
      deliveries.all(id).map(({ bot, ...when }) => ({ bot: JSON.parse(bot), ...when })),
    list: prepareList(db),
    review: async ({ workspaceIds, after = 0, limit }) =>
      review.all({ workspaceIds: JSON.stringify(workspaceIds), after, limit }).map(toInsight),
    ofStep: async (sessionId, step) => maybe(ofStep.get(sessionId, step)),
    inbox: async (query) => inbox.all(query).map(toInsight),
    holderOf: async (artifactId) => holder.get(artifactId) ?? null,
  };
}

/** One that has lapsed holds until somebody says that it does not. */
const HOLDS = "(i.state IN ('approved', 'shared') OR (i.state = 'pending' AND i.shared_at IS NOT NULL))";

const OF = 'workspace_id IN (SELECT value FROM json_each(:workspaceIds))';

function prepareList(db: Db): InsightStore['list'] {
  const among = `${OF} AND state IN (SELECT value FROM json_each(:states))`;
  const list = db.prepare<[Record<string, unknown>], InsightRow>(`
    ${INSIGHTS} WHERE i.id IN (SELECT id FROM insights WHERE ${among} ORDER BY id DESC LIMIT :limit OFFSET :offset)
    ORDER BY i.id DESC`);
  const total = db
    .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM insights WHERE ${among}`)
    .pluck();
  return async ({ workspaceIds, states, offset, limit }) => {
    const of = { workspaceIds: JSON.stringify(workspaceIds), states: JSON.stringify(states) };
    return { insights: list.all({ ...of, offset, limit }).map(toInsight), total: total.get(of)! };
  };
}

/** What follows once something of insights is in Discord. */
export function prepareAfterInsightSent({ db, posts }: InsightCore): AfterSent {
  const noteCard = prepareNoteCard(db);
  const notePost = db.prepare<[string, string, number]>(
    'UPDATE insight_posts SET channel_id = ?, message_id = ? WHERE id = ?',
  );
  return (subject, posted, at) => {
    if (subject.kind === 'insights-waiting') {
      const former = noteCard(subject, posted, at);
      if (former) posts.former(subject.workspaceId, former, at);
    }
    if (subject.kind === 'insight-post') notePost.run(posted.channelId, posted.messageId, subject.id);
  };
}

function maybe(row: InsightRow | undefined): Insight | null {
  return row ? toInsight(row) : null;
}
