import type { Entry } from '../domain/entry.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Coverage } from '../domain/coverage.ts';
import { coverageLine } from './coverage.ts';
import { asideLines } from './entry-aside.ts';
import { entryHead, entryLine, noText } from './entry-line.ts';
import type { Channel } from './entry-line.ts';
import { openId } from './explain-state.ts';
import { ratingButtons, wrongButton } from './feedback.ts';
import { LIMITS, view } from './limits.ts';
import type { View } from './limits.ts';
import { channelOf, logHeader } from './log-header.ts';
import { modeButtons } from './mode-buttons.ts';
import { button, buttons, container, rule, text } from './parts.ts';
import { quoted } from './text.ts';

export interface ThisEntry {
  workspace: Workspace;
  log: WorkLog;
  entry: Entry;
  /** The steps around it, itself among them or not, in order. */
  neighbours: Entry[];
  /** The step it answers; null when it answers none of this session. */
  answers: Entry | null;
  /** The steps that answer it, in order. */
  answeredBy: Entry[];
  /** What was not seen of its session. */
  coverage: Coverage;
  /** Whether its log can be opened in each mode, or in the usual one alone. */
  unfolds: boolean;
  /** Whether to ask if it helped. */
  asksHelp: boolean;
  now: number;
}

/** More answers than this are counted only. */
const ANSWERS_MAX = 3;
/** What is left for labels and line ends. */
const SPARE = 150;

/** One step with all that was said, what it answered, what answered it, and what went on around it. */
export function explainThisView(shown: ThisEntry): View {
  const { workspace, log, entry, neighbours, answers, answeredBy, coverage, unfolds, asksHelp, now } = shown;
  const { sessionId, step } = entry;
  const channel = channelOf(workspace, log);
  const told = new Set([entry, answers, ...answeredBy].map((one) => one?.step));
  const more = answeredBy.length > ANSWERS_MAX ? `, and ${answeredBy.length - ANSWERS_MAX} more times` : '';
  const header = logHeader(workspace, log, now);
  const sections = [
    ...section('It answers', answers ? [answers] : [], channel),
    ...section(`Answered by${more}`, answeredBy.slice(0, ANSWERS_MAX), channel),
    ...section(
      'Around it',
      neighbours.filter(({ step }) => !told.has(step)),
      channel,
    ),
  ];
  const note = `-# ${coverageLine(coverage, now)}`;
  const room = LIMITS.text - SPARE - lengthOf([...header, ...sections, note]);
  return view([
    container(
      text(...header),
      rule(),
      text(...fullText(entry, channel, room)),
      ...(sections.length > 0 ? [text(...sections)] : []),
      text(note),
    ),
    ...(unfolds ? [modeButtons((mode) => openId(sessionId, step - 1, mode))] : []),
    buttons(
      ...(unfolds ? [] : [button('See it in its log', openId(sessionId, step - 1))]),
      wrongButton(sessionId, step),
    ),
    ...(asksHelp ? [ratingButtons(sessionId)] : []),
  ]);
}

/** The step with as much of its text as there is room for, and what it says beside that. */
function fullText(entry: Entry, channel: Channel, room: number): string[] {
  const head = entryHead(entry, channel, { inWords: true });
  const aside = asFarAsFits(asideLines(entry), room / 2);
  const [first = noText(entry), ...rest] = quoted(entry.message, room - lengthOf([head, ...aside]));
  return [
    head,
    first,
    ...(rest.length > 0 ? ['-# It goes on: open the message, or see it in its log.'] : []),
    ...aside,
  ];
}

function asFarAsFits(lines: readonly string[], room: number): string[] {
  return lines.filter((_, index) => lengthOf(lines.slice(0, index + 1)) <= room);
}

function section(title: string, entries: readonly Entry[], channel: Channel): string[] {
  return entries.length > 0 ? [`-# ${title}`, ...entries.map((entry) => entryLine(entry, channel))] : [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
