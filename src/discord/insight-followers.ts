import type { App } from '../app.ts';
import type { Insight } from '../domain/insight.ts';
import { recalledView } from '../views/insight-list.ts';
import type { RecalledView } from '../views/insight-list.ts';
import type { View } from '../views/limits.ts';
import type { Asker } from './access.ts';
import { Reader } from './reader.ts';

/** So many steps are looked at; a person reads the newest of them. */
const LOOKED_AT = 50;

/** That an insight was taken back, and what followed it where the asker may read. */
export async function followersOf(app: App, asker: Asker, insight: Insight): Promise<View> {
  const reader = new Reader(app, asker);
  const byId = new Map((await reader.workspaces()).map((workspace) => [workspace.id, workspace]));
  const [deliveries, followed] = await Promise.all([
    app.store.insights.deliveries(insight.id),
    app.store.insights.followed(insight.id, { workspaceIds: [...byId.keys()], limit: LOOKED_AT }),
  ]);
  const followers: RecalledView['followers'][number][] = [];
  for (const follower of followed) {
    const log = await app.store.sessions.get(follower.entry.sessionId);
    const workspace = log && byId.get(log.workspaceId);
    if (log && workspace && (await reader.maySee(workspace, log)))
      followers.push({ ...follower, workspace, threadId: log.threadId });
  }
  return recalledView({ insight, told: deliveries.map(({ bot }) => bot), followers });
}
