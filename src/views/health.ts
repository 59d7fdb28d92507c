import type { Workspace } from '../domain/workspace.ts';
import { workspaceName } from './log-header.ts';
import { count, shownName, timestamp } from './text.ts';

/** How the bot itself is doing, as far as the asker may know. */
export interface Health {
  /** ms UTC; null: there is no connection. */
  connectedAt: number | null;
  /** ms UTC; null: nothing has come yet. */
  lastEventAt: number | null;
  /** From when a message arrives until it is durable; null: nothing was recorded yet. */
  lagMs: number | null;
  /** How many decisions wait for a person. */
  escalations: number;
  outbox: OutboxHealth;
  /** What the bot may not do where it records, in the words of Discord's settings. */
  missing: readonly { workspace: Pick<Workspace, 'name'>; permissions: readonly string[] }[];
  /** By time, ms UTC. */
  jobs: readonly { job: string; at: number }[];
}

export interface OutboxHealth {
  waiting: number;
  /** Since when the first of them waits, ms UTC. */
  oldestAt: number | null;
  givenUp: readonly {
    workspace: Pick<Workspace, 'name' | 'channelId'>;
    /** Null: it was never known where it would have gone. */
    channelId: string | null;
    error: string;
    since: number;
    count: number;
  }[];
}

/** So many of each kind are named. */
const NAMED_MAX = 3;

/** Lines for a status: what is well in a line each, what is not by name. */
export function healthLines({ escalations, outbox, missing, ...pulse }: Health, now: number): string[] {
  return [
    connectionLine(pulse),
    escalations === 0
      ? '**Decisions:** none waits'
      : `**Decisions:** ${escalations} ${escalations === 1 ? 'waits' : 'wait'}, see \`/escalations\``,
    outboxLine(outbox, now),
    ...list('⚠ Not sent, and given up:', outbox.givenUp.map(givenUpLine)),
    ...list(
      '⚠ Permissions that I miss:',
      missing.map(({ workspace, permissions }) => `${workspaceName(workspace)}: ${permissions.join(', ')}`),
    ),
  ];
}

/** When the jobs run next; those of one minute stand together. */
export function jobsLine(jobs: Health['jobs']): string {
  const byMinute = Map.groupBy(jobs, ({ at }) => timestamp(at, 't'));
  const runs = [...byMinute].map(([time, all]) => `${time} ${all.map(({ job }) => job).join(', ')}`);
  return `-# Next runs: ${runs.join(' · ')}`;
}

function connectionLine({
  connectedAt,
  lastEventAt,
  lagMs,
}: Pick<Health, 'connectedAt' | 'lastEventAt' | 'lagMs'>): string {
  const since = connectedAt === null ? 'no, I am trying' : `since ${timestamp(connectedAt, 'R')}`;
  return [
    `**Connected:** ${since}`,
    ...(lastEventAt === null ? [] : [`last event ${timestamp(lastEventAt, 'R')}`]),
    ...(lagMs === null ? [] : [`recorded within ${span(lagMs)}`]),
  ].join(' · ');
}

/** Shorter than a breath is said to be just that. */
const SOON = 5000;

function outboxLine({ waiting, oldestAt }: OutboxHealth, now: number): string {
  if (waiting === 0 || oldestAt === null) return '**To be posted:** nothing';
  const since = now - oldestAt < SOON ? '' : `, the first ${timestamp(oldestAt, 'R')}`;
  return `**To be posted:** ${count(waiting, 'message')}${since}`;
}

function givenUpLine({
  workspace,
  channelId,
  error,
  since,
  count: n,
}: OutboxHealth['givenUp'][number]): string {
  const elsewhere = channelId === null || channelId === workspace.channelId ? '' : ` in <#${channelId}>`;
  return `${workspaceName(workspace)}${elsewhere}: ${count(n, 'message')} since ${timestamp(since, 'R')} (${shownName(error, 60)})`;
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - NAMED_MAX;
  return [
    title,
    ...lines.slice(0, NAMED_MAX).map((line) => `- ${line}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

function span(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
