import type { App } from '../app.ts';
import { TOLD_AT_ONCE } from '../domain/insight-message.ts';
import type { Insight } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { InsightParcel } from '../store/store.ts';
import { parcels } from '../views/insight-posts.ts';
import { recipientsOf } from './insight-recipients.ts';
import type { BotAround } from './insight-recipients.ts';

/** So many insights are read at once, and so many messages leave for one workspace in one cycle: the rest goes with the next. */
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
  for (let after = 0; ;) {
    const found = await app.store.insights.undelivered({
      workspaceId: workspace.id,
      bots,
      after,
      limit: AT_ONCE,
    });
    for (const { insight, bots: lacking } of found) {
      const meant = await recipientsOf(app, insight, workspace, around);
      const recipients = meant.filter(({ bot }) => lacking.includes(bot.key));
      if (recipients.length === 0) continue;
      const where = insight.privateThread ? insight.threadId : null;
      const key = JSON.stringify([where, recipients.map(({ bot }) => bot.key).sort()]);
      const group = groups.get(key) ?? { recipients, insights: [] };
      group.insights.push(insight);
      groups.set(key, group);
    }
    const enough = [...groups.values()].reduce((sum, { insights }) => sum + insights.length, 0) >= AT_ONCE;
    if (found.length < AT_ONCE || enough) break;
    after = found.at(-1)!.insight.id;
  }
  return [...groups.values()].flatMap((group) => packed(group, workspace)).slice(0, PARCELS_MAX);
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
