import type { App } from '../app.ts';
import { TOLD_AT_ONCE } from '../domain/insight-message.ts';
import type { Author } from '../domain/author.ts';
import type { Insight } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { OutboxSubject } from '../store/store.ts';
import { editOf, postOf } from '../views/escalation-messages.ts';
import { formerWaitingView, recallPost, sharedPost, waitingView } from '../views/insight-posts.ts';
import { placeOfAnswer } from './escalation-place.ts';
import { exchangePlace } from './exchange-place.ts';
import { botsAround, recipientsOf } from './insight-recipients.ts';
import type { Composed } from './outbox-delivery.ts';

type Subject = Extract<OutboxSubject, { kind: `insight${string}` }>;

/** What is to be said of insights, from what is true at the moment it is sent; null: nothing, any more. */
export async function composeInsights(app: App, subject: Subject): Promise<Composed | null> {
  const workspace = app.workspaces.byId(subject.workspaceId);
  if (!workspace) return null;
  if (subject.kind === 'insight-post') return shared(app, workspace, subject.id);
  if (subject.kind === 'insight-recall') return recalled(app, workspace, subject);
  if (subject.kind === 'insights-former') {
    const { channelId, messageId } = subject;
    return { channelId, messageId, body: editOf(formerWaitingView(workspace)) };
  }
  return waiting(app, workspace, subject.isNews);
}

/** Only those are mentioned who are still there and in scope; who has left since has nothing to read it with. */
async function shared(app: App, workspace: Workspace, postId: number): Promise<Composed | null> {
  const post = await app.store.insights.post(postId);
  if (!post) return null;
  const { insights, gone, bots, message } = post;
  if (message) return { ...message, body: sharedPost({ insights, gone, bots, workspace }) };
  const [first] = insights;
  if (!first || workspace.unmappedAt !== null) return null;
  const around = await botsAround(app, workspace, { now: true, among: keysOf(bots) });
  const inScope = await recipientsOf(app, first, workspace, around);
  const present = new Set(inScope.map(({ bot }) => bot.key));
  const there = bots.filter(({ key }) => present.has(key));
  const channelId = there.length === 0 ? null : await placeOf(app, workspace, first);
  if (channelId === null) return null;
  return { channelId, body: sharedPost({ insights, gone, bots: there, workspace }) };
}

async function recalled(
  app: App,
  workspace: Workspace,
  { id, version, part }: Extract<Subject, { kind: 'insight-recall' }>,
): Promise<Composed | null> {
  const { insights } = app.store;
  const [insight, deliveries, events] = await Promise.all([
    insights.get(id),
    insights.deliveries(id),
    insights.events(id),
  ]);
  if (!insight || deliveries.length === 0 || workspace.unmappedAt !== null) return null;
  const event = events.find((one) => one.version === version);
  const some = deliveries.slice(part * TOLD_AT_ONCE, (part + 1) * TOLD_AT_ONCE).map(({ bot }) => bot);
  const present = await botsAround(app, workspace, { now: true, among: keysOf(some) });
  const around = keysOf(present.map(({ bot }) => bot));
  const bots = some.filter(({ key }) => around.has(key));
  const channelId = await placeOf(app, workspace, insight);
  if (channelId === null || bots.length === 0) return null;
  return { channelId, body: recallPost({ insight, reason: event?.reason ?? null, bots, workspace }) };
}

function keysOf(bots: readonly Author[]): Set<string> {
  return new Set(bots.map(({ key }) => key));
}

const DAY = 24 * 60 * 60_000;

/** One message for a workspace, which is edited; once it is a day old, what comes new gets a new one. */
async function waiting(app: App, workspace: Workspace, isNews: boolean): Promise<Composed | null> {
  const { message, ...counts } = await app.store.insights.waiting(workspace.id);
  const isTold = !isNews && counts.newest <= (message?.newest ?? 0);
  const nothing = counts.pending + counts.flagged === 0;
  if (workspace.unmappedAt !== null) return null;
  const view = waitingView(workspace, counts);
  if (message && (nothing || isTold || app.now() - message.at < DAY)) {
    const { channelId, messageId } = message;
    return { channelId, messageId, body: editOf(view) };
  }
  if (nothing) return null;
  return { channelId: workspace.channelId, body: postOf(view, null) };
}

/**
 * Where bots are told: in the exchange channel, as long as all who see that may see the workspace; else where it was learned. What is from
 * a private thread never leaves it. Null: there is no such place any more.
 */
async function placeOf(app: App, workspace: Workspace, insight: Insight): Promise<string | null> {
  const { threadId, privateThread } = insight;
  if (privateThread) return placeOfAnswer(app.client, workspace, { threadId, privateThread });
  const guild = await app.client.guilds.fetch(workspace.guildId);
  return (await exchangePlace({ config: app.config, guild }, workspace)).channelId;
}
