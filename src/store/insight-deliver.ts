import { plainName } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import { INSIGHT_SCHEMA, sharedInsight } from '../domain/insight-message.ts';
import { IN_FORCE } from '../domain/insight.ts';
import type { Insight } from '../domain/insight.ts';
import { prepareSave } from './artifacts.ts';
import type { InsightCore } from './insight-core.ts';
import { authorJson, INSIGHTS, toInsight } from './insight-row.ts';
import type { InsightRow } from './insight-row.ts';
import type { InsightParcel, InsightPost, InsightRecipient, InsightStore, Undelivered } from './store.ts';

/** {@link InsightStore.deliver}, synchronously: one transaction. */
export function prepareDeliver(core: InsightCore) {
  const { db, rows, rules, posts } = core;
  const newPost = db.prepare<[number]>('INSERT INTO insight_posts (workspace_id) VALUES (?)');
  const dropPost = db.prepare<[number]>('DELETE FROM insight_posts WHERE id = ?');
  const hand = prepareHand(core);
  const deliver = db.transaction((workspaceId: number, parcel: InsightParcel, at: number): number => {
    const post = rules.announce ? Number(newPost.run(workspaceId).lastInsertRowid) : null;
    let handed = 0;
    for (const id of parcel.insightIds) {
      const insight = rows.get(id);
      // It was taken back while it was looked up who may have it.
      if (!insight || insight.workspaceId !== workspaceId || !IN_FORCE.includes(insight.state)) continue;
      const fresh = parcel.recipients.filter((to) =>
        hand(insight, to, { post, at, workspace: parcel.workspace }),
      );
      handed += fresh.length;
      if (fresh.length > 0 && insight.state === 'approved')
        rows.change(insight, { kind: 'share' }, { at, by: null });
    }
    if (post !== null && handed > 0) posts.post({ id: post, workspaceId }, at);
    else if (post !== null) dropPost.run(post);
    return handed;
  });
  return (workspaceId: number, parcel: InsightParcel, at: number) =>
    deliver.immediate(workspaceId, parcel, at);
}

interface Handing {
  post: number | null;
  workspace: string;
  at: number;
}

/** Gives a bot an insight, as data; false when it has it already. */
function prepareHand({ db, rows }: InsightCore) {
  const has = db
    .prepare<[number, number], 1>('SELECT 1 FROM insight_deliveries WHERE insight = ? AND author_id = ?')
    .pluck();
  const insert = db.prepare<[number, number, number, string, number | null]>(`
    INSERT INTO insight_deliveries (insight, author_id, delivered_at, artifact_id, post) VALUES (?, ?, ?, ?, ?)`);
  const save = prepareSave(db);
  return (
    insight: Insight,
    { bot, workspaceId }: InsightRecipient,
    { post, workspace, at }: Handing,
  ): boolean => {
    const authorId = rows.authorId(bot);
    if (has.get(insight.id, authorId)) return false;
    const artifact = save(
      {
        workspaceId,
        sessionId: null,
        source: null,
        workflowId: null,
        schema: INSIGHT_SCHEMA,
        producer: 'work-logs',
        consumer: bot.name,
        content: { ...sharedInsight(insight, workspace) },
      },
      at,
    );
    insert.run(insight.id, authorId, at, artifact.id, post);
    return true;
  };
}

/** Of the bots, as far as they are in its scope: see `reaches` in domain/insight-scope.ts, which has the last word. */
const LACKING = `
  WITH b AS MATERIALIZED (
    SELECT v.value ->> 'key' AS key, v.value ->> 'name' AS name, v.value ->> 'ofWorkspace' AS here, a.id AS author
    FROM json_each(:bots) v LEFT JOIN authors a ON a.key = v.value ->> 'key'
  ), x AS MATERIALIZED (
    SELECT id, scope ->> 'within' AS within, scope ->> 'bots' AS bots FROM insights
    WHERE workspace_id = :workspaceId AND state IN ('approved', 'shared') AND id > :after ORDER BY id LIMIT :limit
  )
  SELECT x.id, (
    SELECT json_group_array(b.key) FROM b
    WHERE (x.within = 'server' OR b.here)
      AND (x.bots IS NULL OR EXISTS (SELECT 1 FROM json_each(x.bots) s WHERE s.value IN (b.key, b.name)))
      AND NOT EXISTS (SELECT 1 FROM insight_deliveries d WHERE d.insight = x.id AND d.author_id = b.author)
  ) AS lacking
  FROM x ORDER BY x.id`;

/** {@link InsightStore.undelivered}. */
export function prepareUndelivered({ db, rows }: InsightCore) {
  const lacking = db.prepare<[Record<string, string | number>], { id: number; lacking: string }>(LACKING);
  return ({ bots, ...query }: Parameters<InsightStore['undelivered']>[0]): Undelivered => {
    const known = bots.map(({ bot: { key, name }, ofWorkspace }) => ({
      key,
      name: `@${plainName(name)}`,
      ofWorkspace,
    }));
    const looked = lacking.all({ ...query, bots: JSON.stringify(known) });
    const found = looked.filter(({ lacking }) => lacking !== '[]');
    return {
      found: found.map(({ id, lacking }) => ({
        insight: rows.get(id)!,
        bots: JSON.parse(lacking) as string[],
      })),
      next: looked.length < query.limit ? null : looked.at(-1)!.id,
    };
  };
}

/** {@link InsightStore.post}. */
export function preparePostReader({ db }: InsightCore) {
  const find = db.prepare<
    [number],
    { workspaceId: number; channelId: string | null; messageId: string | null }
  >(`
    SELECT workspace_id AS workspaceId, channel_id AS channelId, message_id AS messageId FROM insight_posts WHERE id = ?`);
  const insights = db.prepare<[number], InsightRow>(`
    ${INSIGHTS} WHERE i.id IN (SELECT insight FROM insight_deliveries WHERE post = ?) ORDER BY i.id`);
  const bots = db
    .prepare<[number], string>(`
      SELECT DISTINCT ${authorJson('a')} FROM insight_deliveries d JOIN authors a ON a.id = d.author_id
      WHERE d.post = ? ORDER BY a.id`)
    .pluck();
  return (id: number): InsightPost | null => {
    const post = find.get(id);
    if (!post) return null;
    const { workspaceId, channelId, messageId } = post;
    const all = insights.all(id).map(toInsight);
    // One that has lapsed holds until somebody says that it does not.
    const holds = ({ state, content }: Insight) => content !== '' && [...IN_FORCE, 'pending'].includes(state);
    return {
      workspaceId,
      insights: all.filter(holds),
      gone: all.filter((insight) => !holds(insight)).map((insight) => insight.id),
      bots: bots.all(id).map((json) => JSON.parse(json) as Author),
      message: channelId === null || messageId === null ? null : { channelId, messageId },
    };
  };
}
