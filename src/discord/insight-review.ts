import type { App } from '../app.ts';
import { INSIGHT_STATES } from '../domain/insight.ts';
import { floodAmong } from '../domain/insight-flood.ts';
import type { Insight } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { nextRun } from '../jobs/next-run.ts';
import type { InsightFacts } from '../views/insight-card.ts';
import type { InsightListState, ReviewState } from '../views/insight-ids.ts';
import {
  insightList,
  insightReview,
  insightView,
  LISTED_PER_PAGE,
  pageOf,
  REVIEWED_PER_PAGE,
} from '../views/insight-list.ts';
import type { InsightReview } from '../views/insight-list.ts';
import type { View } from '../views/limits.ts';
import type { Asker } from './access.ts';
import { botsAround, recipientsOf } from './insight-recipients.ts';
import type { BotAround } from './insight-recipients.ts';
import { mayDecide } from './owners.ts';
import { Reader, REFUSAL } from './reader.ts';

/** So many are looked at; who has more decides the oldest first anyway. */
const REVIEWED_MAX = 500;
/** Newest first: as many as a person turns pages for. */
const LISTED_MAX = 1000;

/** Said in the channel itself, or in a thread that all who see the channel see. */
const OPENLY = { threadId: null, privateThread: false };

/** What needs the asker, as an owner at this moment, the oldest first. @throws UserError for whoever owns nothing */
export async function reviewOf(
  app: App,
  asker: Asker,
  state: ReviewState,
  done: string | null = null,
): Promise<View> {
  const owned = new Map<number, Workspace>();
  for (const workspace of app.workspaces.ofGuild(asker.guildId)) {
    const isWanted = state.channelId === null || workspace.channelId === state.channelId;
    if (isWanted && workspace.unmappedAt === null && (await mayDecide(app, asker, workspace, OPENLY)))
      owned.set(workspace.id, workspace);
  }
  if (owned.size === 0) throw new UserError(NOT_AN_OWNER);
  const found = await app.store.insights.review({ workspaceIds: [...owned.keys()], limit: REVIEWED_MAX });
  const all = await decidable(app, asker, found, owned);
  const first = Math.max(0, Math.min(state.first, all.length - 1));
  const facts = factsWith(app);
  const shown: InsightFacts[] = [];
  for (const insight of all.slice(first, first + REVIEWED_PER_PAGE))
    shown.push(await facts(insight, owned.get(insight.workspaceId)!));
  return insightReview({
    state: { ...state, first },
    shown,
    total: all.length,
    more: found.length === REVIEWED_MAX,
    flood: await floodOf(app, all),
    done,
  });
}

/** What can be rejected together. */
async function floodOf(
  { store }: Pick<App, 'store'>,
  all: readonly Insight[],
): Promise<InsightReview['flood']> {
  const insight = floodAmong(all);
  return insight && { insight, count: (await store.insights.alike(insight.id)).count };
}

const NOT_AN_OWNER =
  'Only the owners of a workspace look through what its bots have learned, as long as they may read it. ' +
  '`/insights list` shows what you may see.';

/** What was learned in private threads is for those owners alone who see these. */
async function decidable(
  app: App,
  asker: Asker,
  insights: readonly Insight[],
  owned: ReadonlyMap<number, Workspace>,
): Promise<Insight[]> {
  const threads = new Map<string, Promise<boolean>>();
  const may = (insight: Insight): Promise<boolean> | true => {
    if (!insight.privateThread) return true;
    const key = insight.threadId ?? '';
    const known = threads.get(key) ?? mayDecide(app, asker, owned.get(insight.workspaceId)!, insight);
    threads.set(key, known);
    return known;
  };
  const allowed = await Promise.all(insights.map(may));
  return insights.filter((_, index) => allowed[index]);
}

/** What a card shows, looking only once for who is around a workspace. */
export function factsWith(app: App): (insight: Insight, workspace: Workspace) => Promise<InsightFacts> {
  const around = new Map<number, Promise<BotAround[]>>();
  return async (insight, workspace) => {
    const known = around.get(workspace.id) ?? botsAround(app, workspace, { now: false });
    around.set(workspace.id, known);
    const { source } = insight;
    const [log, recipients, deliveries] = await Promise.all([
      source?.sessionId ? app.store.sessions.get(source.sessionId) : null,
      recipientsOf(app, insight, workspace, await known),
      app.store.insights.deliveries(insight.id),
    ]);
    const nextAt = nextRun(app.config.exchange.every, app.now(), app.config.timezone);
    const bots = recipients.map(({ bot }) => bot);
    return { insight, workspace, log, recipients: bots, had: deliveries.length, nextAt };
  };
}

/** What was learned where the asker may read, the newest first. @throws UserError where they may read nothing */
export async function listOfInsights(app: App, asker: Asker, state: InsightListState): Promise<View> {
  const reader = new Reader(app, asker);
  const readable = (await reader.workspaces()).filter(
    ({ channelId }) => state.channelId === null || channelId === state.channelId,
  );
  if (readable.length === 0) throw new UserError(REFUSAL);
  const byId = new Map(readable.map((workspace) => [workspace.id, workspace]));
  const states = INSIGHT_STATES.filter((one) => state.state === 'all' || one === state.state);
  const { insights, total } = await app.store.insights.list({
    workspaceIds: [...byId.keys()],
    states,
    offset: 0,
    limit: LISTED_MAX,
  });
  const seen = await Promise.all(insights.map((one) => reader.maySee(byId.get(one.workspaceId)!, one)));
  const all = insights.filter((_, index) => seen[index]);
  const { first } = pageOf(state.page, all.length);
  const listed = await Promise.all(
    all.slice(first, first + LISTED_PER_PAGE).map(async (insight) => ({
      insight,
      workspace: byId.get(insight.workspaceId)!,
      deliveries: await app.store.insights.deliveries(insight.id),
    })),
  );
  return insightList({ state, listed, total: all.length, more: total > LISTED_MAX });
}

/** One insight, for whoever may read where it was learned. @throws UserError where they may not, or there is none */
export async function oneInsight(
  app: App,
  asker: Asker,
  id: number,
  done: string | null = null,
): Promise<View> {
  const { insight, workspace, decides } = await readableInsight(app, asker, id);
  const [facts, events, deliveries] = await Promise.all([
    factsWith(app)(insight, workspace),
    app.store.insights.events(id),
    app.store.insights.deliveries(id),
  ]);
  return insightView({ ...facts, events, deliveries, done, decides });
}

async function readableInsight(app: App, asker: Asker, id: number) {
  const insight = await app.store.insights.get(id);
  const workspace = insight && app.workspaces.byId(insight.workspaceId);
  if (!insight || !workspace) throw new UserError(NO_INSIGHT);
  const decides = workspace.unmappedAt === null && (await mayDecide(app, asker, workspace, insight));
  const isHere = workspace.guildId === asker.guildId;
  const reads =
    isHere &&
    (await app.access.mayRead(asker, workspace)) &&
    (await new Reader(app, asker).maySee(workspace, insight));
  if (!decides && !reads) throw new UserError(NO_INSIGHT);
  return { insight, workspace, decides };
}

/** Nobody can tell one that is hidden from one that never was. */
export const NO_INSIGHT =
  'There is no such insight that you may see. `/insights list` shows those that you may.';
