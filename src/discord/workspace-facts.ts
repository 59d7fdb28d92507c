import type { App } from '../app.ts';
import { expiresBefore } from '../domain/retention.ts';
import { matchingRules } from '../domain/workspace.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { RetentionFacts } from '../views/retention.ts';
import type { WorkspaceFacts } from '../views/workspace.ts';
import { audienceWithin } from './audience.ts';
import { exchangePlace } from './exchange-place.ts';
import { unpingable } from './owners.ts';
import { maySpeakIn, obstacleTo } from './readable.ts';
import type { MappableChannel } from './readable.ts';
import { reportTimeOf } from './report.ts';

/** All that `/workspace show` tells of a channel. */
export async function factsOf(channel: MappableChannel, app: App): Promise<WorkspaceFacts> {
  const { workspaces, config } = app;
  const known = workspaces.byChannel(channel.id);
  const wanted = workspaces.skipped(channel.guildId).some(({ channelId }) => channelId === channel.id);
  const obstacle = wanted ? obstacleTo(channel) : null;
  const recorded = known?.unmappedAt === null && obstacle === null && config.workLogs.enabled;
  const isExchanged = config.insights.enabled && !config.workLogs.silent;
  const { guild } = channel;
  const { escalationChannelId, summaryChannelId } = known?.settings ?? {};
  const isTooOpen = async (id: string | undefined) =>
    id !== undefined && !(await audienceWithin(guild, id, channel.id));
  return {
    channelId: channel.id,
    workspace: known,
    obstacle,
    mute: recorded && !config.workLogs.silent && !maySpeakIn(channel),
    silent: recorded && config.workLogs.silent,
    asksTooOpenly: await isTooOpen(escalationChannelId),
    reportsTooOpenly: await isTooOpen(summaryChannelId),
    unfitExchange: recorded && isExchanged ? (await exchangePlace({ config, guild }, known)).unfit : null,
    report: known ? await reportTimeOf(app, known) : null,
    retention: known ? await retentionFacts(known, app) : null,
    unpingable: known ? unpingable(guild, known) : [],
    set: known ? workspaces.setByCommand(known) : {},
    rules: matchingRules(config.rules, channel.name),
    ownersOnly: config.workLogs.privacy.userOnlyAccess,
    enabled: config.workLogs.enabled,
  };
}

async function retentionFacts(workspace: Workspace, { store, config, now }: App): Promise<RetentionFacts> {
  const usual = config.retentionDays;
  const before = expiresBefore(workspace, usual, now());
  const outlook = await store.erasure.outlook({ workspaceId: workspace.id, before: before ?? 0 });
  return { usual, oldestAt: outlook.oldestAt, due: outlook.entries };
}
