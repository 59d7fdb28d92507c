import type { App } from '../../src/app.ts';
import { INSIGHT_STATES } from '../../src/domain/insight.ts';
import { stampOf } from '../../src/views/insight-ids.ts';
import type { Target } from './questions.ts';
import type { Town, TownPlace } from './town.ts';

/** How commands and buttons name each place. */
export async function targetsOf(town: Town, { store, workspaces }: App): Promise<Map<TownPlace, Target>> {
  const workspaceIds = town.workspaces.map(({ channel }) => workspaces.byChannel(channel.id)!.id);
  const home = homeOf(town);
  const { escalations } = await store.escalations.waiting({ workspaceIds, offset: 0, limit: 500 });
  const learned = { workspaceIds, states: INSIGHT_STATES, offset: 0, limit: 500 };
  const { insights } = await store.insights.list(learned);
  const targets = town.places.map(async (place): Promise<[TownPlace, Target]> => {
    const { marker, messageId, at } = place;
    const channelId = place.workspace.channel.id;
    const entry = await store.entries.byMessage(messageId);
    const workspace = workspaces.byChannel(channelId);
    const escalation = escalations.find(({ reason }) => reason.includes(marker));
    const insight = insights.find(({ content }) => content.includes(marker));
    if (!entry || !workspace || !escalation || !insight)
      throw new Error(`${place.workspace.name} has nothing of ${marker}`);
    const ids = { sessionId: entry.sessionId, workspaceId: workspace.id, escalationId: escalation.id };
    const known = { ...ids, insightId: insight.id, insightStamp: stampOf(insight) };
    return [place, { marker, channelId, at, home, messageId, ...known }];
  });
  return new Map(await Promise.all(targets));
}

/** A place that never was. It is asked for where everyone may ask. */
export function nowhere(town: Town): Target {
  return {
    home: homeOf(town),
    marker: 'qznonexj',
    channelId: '1099000000000000002',
    at: town.lobby,
    messageId: '1099000000000000003',
    sessionId: '1099000000000000004',
    workspaceId: 99_999,
    escalationId: 99_999,
    insightId: 99_999,
    insightStamp: 'x',
  };
}

/** Where questions are typed that would be answered from all workspaces, if it were not for isolation. */
export function homeOf({ workspaces }: Town) {
  return workspaces[0]!.channel;
}
