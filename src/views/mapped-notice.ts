import type { RetentionDays } from '../domain/retention.ts';
import type { Workspace } from '../domain/workspace.ts';
import { ICONS } from './icons.ts';
import { keptFor } from './retention.ts';
import { readersOf } from './workspace.ts';

/** The body of Discord's Create Message. */
export type Notice = { content: string; allowed_mentions: { parse: [] } };

/** What holds of all workspaces of the bot. */
export interface NoticeRules {
  ownersOnly: boolean;
  retentionDays: RetentionDays;
}

/** What a channel is told when it is mapped, and when that changes: what is recorded, for how long, who can read it, and the ways out. */
export function mappedNotice(
  workspace: Pick<Workspace, 'channelId' | 'type' | 'owners' | 'settings'>,
  { ownersOnly, retentionDays }: NoticeRules,
): Notice {
  const { channelId, type, owners, settings } = workspace;
  const { escalationChannelId, summaryChannelId } = settings;
  const isElsewhere = (id: string | undefined) => id !== undefined && id !== channelId;
  const content = [
    `${ICONS.log} **Work Logs records this channel** as ${type === 'open' ? 'an' : 'a'} ${type} workspace: what people and bots write here and in its ` +
      'threads, from now on.',
    `${readersOf(owners, ownersOnly)} can read the log, with \`/explain\`. It is kept ${keptFor(workspace, retentionDays)}.`,
    ...(isElsewhere(escalationChannelId) ? [`Decisions are asked for in <#${escalationChannelId}>.`] : []),
    ...(isElsewhere(summaryChannelId) ? [`Reports are posted in <#${summaryChannelId}>.`] : []),
    '`/privacy` shows what is kept of you, removes it, and lets you opt out. Anyone with “Manage Server” ends the recording with `/workspace unmap`.',
  ].join('\n');
  return { content, allowed_mentions: { parse: [] } };
}
