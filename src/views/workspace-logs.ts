import { isBot } from '../domain/author.ts';
import type { Participant, WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Coverage } from '../domain/coverage.ts';
import { gapsLine } from './coverage.ts';
import { OPEN_ID, openValue } from './explain-state.ts';
import { ICONS } from './icons.ts';
import { LIMITS, view } from './limits.ts';
import type { View } from './limits.ts';
import { channelOf, stateOf, workspaceName } from './log-header.ts';
import { container, pager, rule, select, text } from './parts.ts';
import { count, link, messageUrl, plainLine, shown, shownName, timestamp } from './text.ts';

/** All that decides what a list of sessions shows. */
export interface LogsState {
  /** The workspace's channel; null for all that the asker may read. */
  channelId: string | null;
  /** How many of the latest sessions are listed, over all pages. */
  limit: number;
  /** From 0. */
  page: number;
}

export interface ListedLog {
  workspace: Workspace;
  log: WorkLog;
  participants: Participant[];
}

export interface LogsList {
  state: LogsState;
  /** Those of this page. */
  logs: ListedLog[];
  /** How many sessions all pages have. */
  total: number;
  /** What was not seen since the first of them began. */
  coverage: Coverage;
  now: number;
}

export const LOGS_PER_PAGE = 8;
export const LOGS_LIMIT = { min: 1, max: 50, default: 10 } as const;

/** The latest sessions with what they were about, who worked there, and how they stand. */
export function workspaceLogsView({ state, logs, total, coverage, now }: LogsList): View {
  const title = `${ICONS.log} **Latest sessions**`;
  const [first] = logs;
  if (!first)
    return view([container(text(title, 'No session yet that you may read: the next message begins one.'))]);
  const unseen = gapsLine(coverage.gaps, now);
  const one = state.channelId === null ? null : workspaceName(first.workspace);
  return view([
    container(
      text(one === null ? title : `${title} · ${one} · ${first.workspace.type}`),
      rule(),
      text(...logs.map((listed) => logLines(listed, one === null, now))),
      ...(unseen === null ? [] : [text(`-# ${unseen}`)]),
    ),
    select(
      OPEN_ID,
      'Explain one of these',
      logs.map((listed) => openOption(listed, now)),
    ),
    ...(total > LOGS_PER_PAGE ? [pages(state, total)] : []),
  ]);
}

/** Two lines: what it was about, which opens its beginning in Discord; then how it stands. */
function logLines({ workspace, log, participants }: ListedLog, withPlace: boolean, now: number): string {
  const { guildId, channelId } = channelOf(workspace, log);
  const place = withPlace ? [workspaceName(workspace), workspace.type] : [];
  const thread = log.threadId === null ? [] : [`<#${log.threadId}>`];
  const about = link(`“${shown(log.query, 70) || '…'}”`, messageUrl(guildId, channelId, log.sessionId));
  const facts = [
    stateOf(log, now),
    count(log.counts.steps, 'step'),
    botsOf(participants),
    timestamp(log.lastAt, 'R'),
  ];
  return `${about}\n-# ${[...place, ...thread, ...facts].filter(Boolean).join(' · ')}`;
}

/** The first three bots by name, and how many more. */
function botsOf(participants: readonly Participant[]): string {
  const names = participants
    .filter(({ author }) => isBot(author))
    .map(({ author }) => shownName(author.name, 24));
  const more = names.length > 3 ? ` +${names.length - 3}` : '';
  return names.length === 0 ? 'no bots' : `${names.slice(0, 3).join(', ')}${more}`;
}

function openOption({ workspace, log }: ListedLog, now: number) {
  return {
    label: plainLine(log.query, LIMITS.optionLabel) || '…',
    value: openValue(log.sessionId),
    description: plainLine(`#${workspace.name} · ${stateOf(log, now)}`, LIMITS.optionLabel),
  };
}

function pages(state: LogsState, total: number) {
  const first = state.page * LOGS_PER_PAGE;
  const last = Math.min(first + LOGS_PER_PAGE, total);
  return pager({
    label: `${first + 1}–${last} of ${total}`,
    previous: state.page > 0 ? logsId({ ...state, page: state.page - 1 }) : null,
    next: last < total ? logsId({ ...state, page: state.page + 1 }) : null,
    name: 'logs',
  });
}

function logsId({ channelId, limit, page }: LogsState): string {
  return `logs:${channelId ?? ALL}:${limit}:${page}`;
}

/** Reads the custom id of a page button, split at its colons and without its first part. */
export function readLogsState(args: readonly string[]): LogsState | undefined {
  const match = /^(\d{1,20}|all):(\d{1,2}):(\d{1,2})$/.exec(args.join(':'));
  if (!match) return undefined;
  const [, channel, limit, page] = match;
  return { channelId: channel === ALL ? null : channel!, limit: Number(limit), page: Number(page) };
}

const ALL = 'all';
