import type { App } from '../app.ts';
import type { Insight } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import type { Asker } from './access.ts';
import { mayDecide } from './owners.ts';

/** @throws UserError for whoever does not decide: they cannot tell whether there is such an insight */
export async function decidableInsight(
  app: App,
  asker: Asker,
  id: number,
): Promise<{ insight: Insight; workspace: Workspace }> {
  const insight = await app.store.insights.get(id);
  const workspace = insight && app.workspaces.byId(insight.workspaceId);
  const isDecided = workspace?.unmappedAt === null;
  if (insight && isDecided && (await mayDecide(app, asker, workspace, insight)))
    return { insight, workspace };
  throw new UserError(NOT_YOURS);
}

const NOT_YOURS =
  'There is no such insight that is yours to decide. Only the owners of its workspace decide that, as long as they may read it. `/insights list` shows what you may see.';
