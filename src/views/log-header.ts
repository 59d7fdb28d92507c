import type { Counts, EndReason, WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Channel } from './entry-line.ts';
import { ICONS } from './icons.ts';
import { count, duration, shown } from './text.ts';

/** Where a session's messages are. */
export function channelOf(workspace: Workspace, log: Pick<WorkLog, 'threadId'>): Channel {
  return { guildId: workspace.guildId, channelId: log.threadId ?? workspace.channelId };
}

/** `📓 #name · project · nanobot coordinates` and, below it, the question and how it stands. */
export function logHeader(workspace: Workspace, log: WorkLog, now: number): string[] {
  return [
    [
      `${ICONS.log} **${workspaceName(workspace)}**`,
      log.threadId === null ? null : `<#${log.threadId}>`,
      workspace.type,
      log.coordinator === null ? null : `${shown(log.coordinator, 28)} coordinates`,
    ]
      .filter((part) => part !== null)
      .join(' · '),
    queryLine(log, 160),
    stateOf(log, now),
    countsLine(log),
  ];
}

export function workspaceName(workspace: Pick<Workspace, 'name'>): string {
  return `#${shown(workspace.name, 60)}`;
}

/** The text that opened the session, in quotation marks. */
export function queryLine(log: Pick<WorkLog, 'query'>, max: number): string {
  return `“${shown(log.query, max) || '…'}”`;
}

/** `🟡 active, 23 min` or `🟢 ended after 2 h: idle`. */
export function stateOf(
  log: Pick<WorkLog, 'startedAt' | 'lastAt' | 'endedAt' | 'endReason'>,
  now: number,
): string {
  if (log.endedAt === null) return `${ICONS.active} active, ${spanOf(log.startedAt, now)}`;
  const reason = log.endReason === null ? '' : `: ${END_REASONS[log.endReason]}`;
  return `${ICONS.ended} ended after ${spanOf(log.startedAt, log.lastAt)}${reason}`;
}

/** In whole seconds: nobody counts a session's milliseconds. */
function spanOf(from: number, to: number): string {
  return duration(Math.max(1, Math.round((to - from) / 1000)) * 1000);
}

const END_REASONS: Record<EndReason, string> = {
  idle: 'nothing more came',
  archived: 'its thread was archived',
  command: 'ended by a person',
  reported: 'an agent reported the end',
  unmapped: 'the channel was unmapped',
  deleted: 'its thread was deleted',
};

/** `12 steps · 2 handoffs · 1 tool run · 1 unsure · 🚨 1 waits for a decision`; what there is none of is left out. */
export function countsLine({ counts, waiting }: Pick<WorkLog, 'counts' | 'waiting'>): string {
  return [
    count(counts.steps, 'step'),
    counts.handoffs > 0 ? count(counts.handoffs, 'handoff') : '',
    counts.tools > 0 ? count(counts.tools, 'tool run') : '',
    counts.uncertain > 0 ? `${counts.uncertain} unsure` : '',
    counts.errors > 0 ? count(counts.errors, 'error') : '',
    decisionsText(counts, waiting),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Those that wait are what somebody has to see; where none does, how many there were. */
function decisionsText({ escalations }: Counts, waiting: number): string {
  if (waiting > 0) return `${ICONS.escalation} ${waiting} ${waiting === 1 ? 'waits' : 'wait'} for a decision`;
  return escalations > 0 ? `${ICONS.escalation} ${escalations} asked for a decision` : '';
}
