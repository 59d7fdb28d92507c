import type { App } from '../app.ts';
import { TOLD_AT_ONCE } from '../domain/insight-message.ts';
import type { Insight } from '../domain/insight.ts';
import type { Reachable } from '../domain/insight-scope.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { InsightParcel, Undelivered } from '../store/store.ts';
import { parcels } from '../views/insight-posts.ts';
import { recipientsOf } from './insight-recipients.ts';
import type { BotAround } from './insight-recipients.ts';

/** So many insights are looked at in one go, which leaves the recording its time. */
const LOOKED_AT = 200;
/** So many are handed over, and so many messages leave for one workspace in one cycle: the rest goes with the next. */
const AT_ONCE = 100;
const PARCELS_MAX = 10;

/** What is to be handed to whom at this moment: one parcel for all that goes to the same bots, as far as a message has room. */
export async function planExchange(
  app: Pick<App, 'client' | 'store'>,
  workspace: Workspace,
  around: readonly BotAround[],
): Promise<InsightParcel[]> {
  const bots = around.map(({ bot, ofWorkspace }) => ({ bot, ofWorkspace }));
  const groups = new Map<string, { recipients: BotAround[]; insights: Insight[] }>();
  let planned = 0;
  for await (const found of undelivered(app, workspace, bots)) {
    for (const { insight, bots: lacking } of found) {
      const meant = await recipientsOf(app, insight, workspace, around);
      const recipients = meant.filter(({ bot }) => lacking.includes(bot.key));
      if (recipients.length === 0) continue;
      const where = insight.privateThread ? insight.threadId : null;
      const key = JSON.stringify([where, recipients.map(({ bot }) => bot.key).sort()]);
      const group = groups.get(key) ?? { recipients, insights: [] };
      group.insights.push(insight);
      groups.set(key, group);
      planned += 1;
    }
    if (planned >= AT_ONCE) break;
  }
  return [...groups.values()].flatMap((group) => packed(group, workspace)).slice(0, PARCELS_MAX);
}

/** Keys of those of these bots that lack an insight in force, if they are still there. */
export async function botsLacking(
  app: Pick<App, 'store'>,
  workspace: Workspace,
  bots: Reachable[],
): Promise<Set<string>> {
  const lacking = new Set<string>();
  for await (const found of undelivered(app, workspace, bots))
    for (const { bots: some } of found) for (const key of some) lacking.add(key);
  return lacking;
}

/** What some of these bots lack, the oldest first, in parts. */
async function* undelivered(
  { store }: Pick<App, 'store'>,
  { id: workspaceId }: Workspace,
  bots: Reachable[],
): AsyncGenerator<Undelivered['found']> {
  for (let after: number | null = 0; after !== null;) {
    const looked: Undelivered = await store.insights.undelivered({
      workspaceId,
      bots,
      after,
      limit: LOOKED_AT,
    });
    yield looked.found;
    after = looked.next;
  }
}

function packed(
  { recipients, insights }: { recipients: BotAround[]; insights: Insight[] },
  workspace: Workspace,
): InsightParcel[] {
  const some: BotAround[][] = [];
  for (let from = 0; from < recipients.length; from += TOLD_AT_ONCE)
    some.push(recipients.slice(from, from + TOLD_AT_ONCE));
  return parcels(insights, workspace).flatMap((parcel) =>
    some.map((to) => ({
      insightIds: parcel.map(({ id }) => id),
      recipients: to.map(({ bot, workspaceId }) => ({ bot, workspaceId })),
      workspace: workspace.name,
    })),
  );
}
