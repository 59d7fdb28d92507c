import type { Coverage, Gap, GapReason, Interruption } from '../domain/coverage.ts';
import { workspaceName } from './log-header.ts';
import { count, timestamp } from './text.ts';

/** So many gaps are named; the rest is counted. */
const NAMED_MAX = 2;

/**
 * What an answer says of what it does not know, as in `not seen: 02:10–02:40 (no permission to read the history)`; where nothing is
 * missing, `seen without gaps`.
 */
export function coverageLine({ gaps, caughtUp }: Coverage, now: number): string {
  if (gaps.length > 0) return gapsLine(gaps, now)!;
  if (caughtUp.length === 0) return 'seen without gaps';
  return `seen without gaps, but for ${listOf(caughtUp.map((one) => interruptionText(one, now)))}`;
}

/** The same where only gaps are worth a word; null without any. */
export function gapsLine(gaps: readonly Gap[], now: number): string | null {
  return gaps.length > 0 ? `not seen: ${listOf(gaps.map((gap) => gapText(gap, now)))}` : null;
}

/** `02:10–02:40 (no permission to read the history)`. */
export function gapText({ from, to, reason }: Gap, now: number): string {
  return `${spanText(from, to, now)} (${REASONS[reason]})`;
}

const REASONS: Record<GapReason, string> = {
  no_history_permission: 'no permission to read the history',
  channel_hidden: 'the channel was hidden from me',
  too_many_messages: 'more messages than I read at once',
  history_unavailable: 'Discord does not give it',
  catching_up: 'I am still catching up',
};

function interruptionText({ from, to, caughtUpAt, cause }: Interruption, now: number): string {
  const why = cause === 'connection' ? 'connection lost' : 'I was not running';
  return `${spanText(from, to ?? caughtUpAt, now)} (${why}, caught up)`;
}

/** The latest are named. */
function listOf(texts: readonly string[]): string {
  const more = texts.length - NAMED_MAX;
  return [...texts.slice(-NAMED_MAX), ...(more > 0 ? [`${more} more before`] : [])].join(', ');
}

const DAY = 24 * 60 * 60_000;

/** With the date where the time of day does not say which day. */
function spanText(from: number, to: number | null, now: number): string {
  const start = timestamp(from, now - from < DAY / 2 ? 't' : 'f');
  if (to === null) return `since ${start}`;
  return `${start}–${timestamp(to, to - from < DAY / 2 ? 't' : 'f')}`;
}

/** How complete the logs of some workspaces are. */
export interface Completeness {
  /** What is being read of the time when the bot was away; null: nothing. */
  catchingUp: { done: number; left: number; messages: number } | null;
  /** The gaps of the last {@link COMPLETENESS_DAYS} days, and where they are; newest first. */
  gaps: { workspace: { name: string }; gap: Gap }[];
}

export const COMPLETENESS_DAYS = 7;

/** So many gaps are listed. */
const LISTED_MAX = 8;

/** Lines for a status. */
export function completenessLines({ catchingUp, gaps }: Completeness, now: number): string[] {
  // Whether anything is missing is known only when everything is read.
  const isKnown = !catchingUp || gaps.length > 0;
  return [...progressLine(catchingUp), ...(isKnown ? gapLines(gaps, now) : [])];
}

function progressLine(catchingUp: Completeness['catchingUp']): string[] {
  if (!catchingUp) return [];
  const { done, left, messages } = catchingUp;
  return [
    `⏳ Catching up: ${done} of ${count(done + left, 'workspace')}, ${count(messages, 'message')} so far`,
  ];
}

function gapLines(gaps: Completeness['gaps'], now: number): string[] {
  if (gaps.length === 0) return [`**Seen:** without gaps in the last ${COMPLETENESS_DAYS} days`];
  const more = gaps.length - LISTED_MAX;
  return [
    `**Not seen** in the last ${COMPLETENESS_DAYS} days:`,
    ...gaps
      .slice(0, LISTED_MAX)
      .map(({ workspace, gap }) => `- ${workspaceName(workspace)}: ${gapText(gap, now)}`),
    ...(more > 0 ? [`- and ${count(more, 'more gap')}`] : []),
  ];
}
