import type { APIMessageTopLevelComponent, APISelectMenuOption } from 'discord.js';
import { isBot } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import type { Counts, Participant, WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Coverage } from '../domain/coverage.ts';
import { coverageLine } from './coverage.ts';
import { entryBlocks } from './entry-block.ts';
import { artifactId, botSelectId, botValue, fileId, inMode, timelineId, turnId } from './explain-state.ts';
import type { ExplainState } from './explain-state.ts';
import { ratingButtons, wrongSelect } from './feedback.ts';
import { LIMITS, view } from './limits.ts';
import type { View } from './limits.ts';
import { channelOf, logHeader } from './log-header.ts';
import { modeButtons } from './mode-buttons.ts';
import { pageAt } from './pages.ts';
import type { Page } from './pages.ts';
import { button, buttons, container, pager, rule, select, text } from './parts.ts';
import { count, plainLine, shown, shownName } from './text.ts';

export interface Explanation {
  state: ExplainState;
  workspace: Workspace;
  log: WorkLog;
  participants: Participant[];
  /** The entries in the cursor's window (see pages.ts) among those that mode and bot let through; where it begins; how many in all. */
  entries: Entry[];
  offset: number;
  total: number;
  /** By step: how deep an entry stands in its conversation. */
  depths: ReadonlyMap<number, number>;
  /** What was not seen of it. */
  coverage: Coverage;
  /** Whether there are buttons to the other modes. */
  unfolds: boolean;
  /** Whether to ask if it helped. */
  asksHelp: boolean;
  now: number;
}

/** One session's steps, a page of them, with ways to see them differently. */
export function explainView(explanation: Explanation): View {
  const { state, workspace, log, entries, offset, depths, coverage, now } = explanation;
  const channel = channelOf(workspace, log);
  const page = pageAt(state.cursor, entries, offset, (entry) =>
    entryBlocks(entry, state.mode, channel, depths.get(entry.step)),
  );
  return view([
    container(
      text(...logHeader(workspace, log, now), ...summaryLines(explanation), filterLine(explanation)),
      rule(),
      text(continued(explanation, page), page.blocks.join('\n') || emptyText(explanation)),
      text(...footnotes(log.counts, coverageLine(coverage, now))),
    ),
    ...controls(explanation, page),
  ]);
}

/** A page that begins within an entry says which one it is. */
function continued({ entries, offset }: Explanation, { start }: Page): string | null {
  return start.block > 0 ? `-# step ${entries[start.entry - offset]?.step} goes on` : null;
}

/** What the steps do not show. */
function footnotes({ dropped, masked }: Counts, coverage: string): string[] {
  const notes = [
    'A step’s number opens its message.',
    dropped > 0 ? `${count(dropped, 'message')} not kept by this workspace’s rules` : '',
    masked > 0 ? `${count(masked, 'value')} masked` : '',
    coverage,
  ];
  return [`-# ${notes.filter(Boolean).join(' · ')}`];
}

/** What a header has room for beside a page of steps. */
const SUMMARY_MAX = 320;

/** What came of a session that has ended, above its first steps. */
function summaryLines({ state, log, offset }: Explanation): string[] {
  if (state.mode !== 'summary' || offset > 0 || log.endedAt === null || !log.summary) return [];
  return [`-# ${shown(log.summary, SUMMARY_MAX)}`];
}

function filterLine({ state, participants, total }: Explanation): string | null {
  const bot = state.bot === null ? undefined : participants[state.bot];
  const only = [
    bot ? `**${shownName(bot.author.name, 60)}**` : '',
    state.mode === 'coordination' ? 'what was written in coordinator mode' : '',
  ].filter(Boolean);
  return only.length > 0 ? `only ${only.join(', ')}: ${count(total, 'step')}` : null;
}

function emptyText({ state }: Explanation): string {
  if (state.bot !== null) return '*Nothing from this one here. “All” shows the other steps.*';
  return state.mode === 'coordination' ? '*Nobody has coordinated here.*' : '*No steps yet.*';
}

function controls(explanation: Explanation, page: Page): APIMessageTopLevelComponent[] {
  const { state, participants, total, unfolds, asksHelp } = explanation;
  const isWhole = isAtStart(page) && page.end.entry >= total;
  // Another mode begins with the step that is on top now; the mode of now reads the session anew.
  const modes = modeButtons((mode) => turnId(inMode(state, mode, page.start.entry)), state.mode);
  const bots = participants.flatMap(({ author, steps }, ordinal) =>
    isBot(author) ? { name: author.name, steps, ordinal } : [],
  );
  return [
    ...(unfolds ? [modes] : []),
    ...(bots.length > 0 ? [botSelect(state, bots)] : []),
    ...lastRow(explanation, isWhole ? [] : pages(state, page, total)),
    ...wrongSteps(explanation, page),
    ...(asksHelp ? [ratingButtons(state.sessionId)] : []),
  ];
}

/** Whoever reads a step in full can say that it was wrong. */
function wrongSteps(
  { state, entries, offset }: Explanation,
  { start, end }: Page,
): APIMessageTopLevelComponent[] {
  if (state.mode === 'summary' || state.mode === 'conversations') return [];
  const last = end.block > 0 ? end.entry + 1 : end.entry;
  const wrong = wrongSelect(state.sessionId, entries.slice(start.entry - offset, last - offset));
  return wrong ? [wrong] : [];
}

interface BotChoice {
  name: string;
  steps: number;
  ordinal: number;
}

function botSelect(state: ExplainState, bots: BotChoice[]): APIMessageTopLevelComponent {
  const chosen = bots.find(({ ordinal }) => ordinal === state.bot);
  const room = LIMITS.options - 1;
  // The chosen one is always among the listed.
  const listed =
    bots.slice(0, room).some((bot) => bot === chosen) || !chosen
      ? bots.slice(0, room)
      : [chosen, ...bots.slice(0, room - 1)];
  const all: APISelectMenuOption = { label: 'All', value: botValue(null), default: !chosen };
  if (bots.length > room) all.description = `${bots.length - room} more bots: name one with /explain bot:`;
  return select(botSelectId(state), 'All', [
    all,
    ...listed.map(({ name, steps, ordinal }) => ({
      label: plainLine(name, LIMITS.optionLabel) || '?',
      value: botValue(ordinal),
      description: count(steps, 'step'),
      default: ordinal === state.bot,
    })),
  ]);
}

/** The ways to turn the page, to see the session as a picture, and to have one that has ended as data. */
function lastRow({ state, log }: Explanation, turns: Button[]): APIMessageTopLevelComponent[] {
  const artifact = log.endedAt === null ? [] : [button('Artifact', artifactId(state))];
  const hasPicture = state.mode === 'summary' && log.counts.steps > 0;
  const timeline = hasPicture ? [button('Timeline', timelineId(state))] : [];
  const row = [...turns, ...timeline, ...artifact];
  return row.length > 0 ? [buttons(...row)] : [];
}

type Button = ReturnType<typeof button>;

function pages(state: ExplainState, page: Page, total: number): Button[] {
  const { start, end } = page;
  // A page that ends within an entry shows a part of that entry too.
  const last = end.block > 0 ? end.entry + 1 : end.entry;
  const turns = pager({
    label: `${Math.min(start.entry + 1, total)}–${last} of ${total}`,
    previous: isAtStart(page) ? null : turnId({ ...state, cursor: { side: 'until', at: start } }),
    next: end.entry >= total ? null : turnId({ ...state, cursor: { side: 'from', at: end } }),
    name: `explain:${state.sessionId}`,
  });
  const file = state.mode === 'debug' ? [button('As a file', fileId(state))] : [];
  return [...turns.components, ...file];
}

function isAtStart({ start }: Page): boolean {
  return start.entry === 0 && start.block === 0;
}
