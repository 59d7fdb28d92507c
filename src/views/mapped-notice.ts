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

/** What the notice depends on. */
export type Noticed = Pick<Workspace, 'channelId' | 'type' | 'owners' | 'settings'>;

/**
 * What a channel is told when it is mapped, and when that changes: what is recorded, for how long, who can read it, and the ways out.
 * `before`: what it was told last, so that it is told what of it changed.
 */
export function mappedNotice(workspace: Noticed, rules: NoticeRules, before: Noticed | null = null): Notice {
  const { type, readers, kept, decisions, reports } = termsOf(workspace, rules);
  const content = [
    `${ICONS.log} **Work Logs records this channel** as ${type}: what people and bots write here and in its threads, from now on.`,
    `${readers} can read the log, with \`/explain\`. It is kept ${kept}.`,
    ...(decisions === HERE ? [] : [`Decisions are asked for ${decisions}.`]),
    ...(reports === HERE ? [] : [`Reports are posted ${reports}.`]),
    ...(before ? changeLine(termsOf(before, rules), termsOf(workspace, rules)) : []),
    '`/privacy` shows what is kept of you, removes it, and lets you opt out. Anyone with “Manage Server” ends the recording with `/workspace unmap`.',
  ].join('\n');
  return { content, allowed_mentions: { parse: [] } };
}

const HERE = 'here';

/** What holds of a workspace, as parts of sentences. */
function termsOf(
  workspace: Noticed,
  { ownersOnly, retentionDays }: NoticeRules,
): Record<keyof typeof CHANGES, string> {
  const { channelId, type, owners, settings } = workspace;
  const { escalationChannelId, summaryChannelId } = settings;
  const place = (id: string | undefined) => (id === undefined || id === channelId ? HERE : `in <#${id}>`);
  return {
    type: `${type === 'open' ? 'an' : 'a'} ${type} workspace`,
    readers: readersOf(owners, ownersOnly),
    kept: keptFor(workspace, retentionDays),
    decisions: place(escalationChannelId),
    reports: place(summaryChannelId),
  };
}

const CHANGES = {
  type: 'what it is',
  readers: 'who can read it',
  kept: 'how long it is kept',
  decisions: 'where decisions are asked for',
  reports: 'where reports are posted',
};

/** `Changed: how long it is kept (before: for 90 days).` Those who read the log are many at times: before they were is not said. */
function changeLine(before: ReturnType<typeof termsOf>, after: ReturnType<typeof termsOf>): string[] {
  const keys = Object.keys(CHANGES) as (keyof typeof CHANGES)[];
  const changed = keys
    .filter((key) => before[key] !== after[key])
    .map((key) => `${CHANGES[key]}${key === 'readers' ? '' : ` (before: ${before[key]})`}`);
  return changed.length === 0 ? [] : [`**Changed:** ${changed.join(', ')}.`];
}
