import type { App } from '../app.ts';
import { botsAround, knownBots } from '../discord/insight-recipients.ts';
import { botsLacking, planExchange } from '../discord/insight-exchange.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Job } from './job.ts';

/** As many in one transaction as leave the recording its time. */
const AT_ONCE = 100;
/** What is due beyond that is done in the next cycle. */
const BATCHES = 50;

/** Hands approved insights to the bots that they are for, tells owners what waits for them, and lets those lapse whose time is over. */
export const exchangeInsights: Job = {
  name: 'exchange-insights',
  schedule: ({ exchange }) => exchange.every,
  isMadeUp: true,
  async run(app, now) {
    for (let batch = 0; batch < BATCHES; batch += 1)
      if ((await app.store.insights.advance(now, AT_ONCE)) < AT_ONCE) break;
    if (!app.config.insights.enabled) return;
    let handed = 0;
    const failed: unknown[] = [];
    const all = recorded(app);
    for (const workspace of all) {
      try {
        handed += await exchange(app, workspace, now);
        await app.store.insights.tell(workspace.id, now);
      } catch (error) {
        // The bots of other workspaces do not wait for another cycle.
        failed.push(error);
      }
    }
    if (handed > 0) app.log.info({ handed }, 'Insights were handed to bots.');
    if (failed.length > 0)
      throw new AggregateError(
        failed,
        `The exchange failed in ${failed.length} of ${all.length} workspaces.`,
      );
  },
};

function recorded({ client, workspaces }: App): Workspace[] {
  return [...client.guilds.cache.keys()]
    .flatMap((guildId) => workspaces.ofGuild(guildId))
    .filter(({ unmappedAt }) => unmappedAt === null);
}

/** Returns how many hand-overs were new. */
async function exchange(app: App, workspace: Workspace, now: number): Promise<number> {
  const { insights } = app.store;
  const { approved, shared } = await insights.counts([workspace.id], { withPrivate: true });
  if (approved + shared === 0) return 0;
  // Nearly always all who might have it have it: Discord is asked about each bot only where one has not.
  const among = await botsLacking(app, workspace, await knownBots(app, workspace));
  if (among.size === 0) return 0;
  const around = await botsAround(app, workspace, { now: true, among });
  let handed = 0;
  for (const parcel of await planExchange(app, workspace, around))
    handed += await insights.deliver(workspace.id, parcel, now);
  return handed;
}
