import type { APIComponentInContainer } from 'discord.js';
import type { DigestLine, DigestNote, DigestSection } from '../domain/digest-line.ts';
import { foldedLines } from '../domain/digest-short.ts';
import type { ShownSection } from '../domain/digest-short.ts';
import type { Digest, NextAction } from '../domain/digest.ts';
import type { Workspace } from '../domain/workspace.ts';
import { coverageLine, gapText } from './coverage.ts';
import { decisionParts } from './digest-decisions.ts';
import { decisionsId } from './digest-ids.ts';
import { ICONS } from './icons.ts';
import { LIMITS, measureParts, view } from './limits.ts';
import type { View } from './limits.ts';
import { workspaceName } from './log-header.ts';
import { button, buttons, container, picture, text } from './parts.ts';
import { count, link, messageUrl, percent, shown, shownName, timestamp } from './text.ts';

export interface Report {
  workspace: Workspace;
  digest: Digest;
  /** How it is headed: `last night`, or nothing where the time says it all. */
  title: string | null;
  /** Two sentences about it; null: there are none. */
  lead: string | null;
  /** The picture that is attached; null: there is none. */
  picture: { name: string; alt: string } | null;
  /** It should have come at that time (ms UTC): the bot was away then, or the clock of its server was set anew. Null: it is on time. */
  late: { due: number; because: 'away' | 'clock' } | null;
  /** Why it is told where it is; null where one would look for it. */
  note: string | null;
  now: number;
  /** Custom id of the button that unfolds it; null: it is shown whole. */
  more: string | null;
}

const HEADINGS: Readonly<Record<DigestSection, string>> = {
  needs_decision: `${ICONS.warning} Needs your decision`,
  completed: `${ICONS.done} Completed`,
  went_wrong: `${ICONS.error} Went wrong`,
  changed_course: `${ICONS.correction} Changed course`,
  unsure: `${ICONS.uncertainty} Unsure`,
  pending: `${ICONS.pending} Pending`,
  learned: `${ICONS.learned} Learned, waiting for approval`,
};

const NOTES: Readonly<Record<DigestNote, string>> = {
  no_answer: 'no answer',
  session_ended: 'no answer before the session ended',
  not_done: 'not done',
  begun: 'begun',
  asked_again: 'asked again',
  unchecked: 'nobody checked',
  not_decided: 'waits for the decision',
  nobody_answered: 'nobody answered',
  still_open: 'still open',
  finished: 'finished',
  timed_out: 'timed out',
  succeeded_later: 'worked later',
};

/** Discord's 4000 characters of a message, less its heading and small print. */
const TEXT_MAX = 3300;
/** What was done, what went wrong and what waits, in one look. */
export function digestView(report: Report): View {
  const { digest, workspace } = report;
  const folded = report.more !== null;
  const shortened = folded ? foldedLines(digest) : wholeLines(digest, workspace);
  const sections = shortened.map((each) => sectionOf(each, workspace));
  const ways = waysOn(report, shortened);
  const layout = (told: readonly Section[]) => [
    container(
      text(...heading(report)),
      ...told.flatMap(({ parts }) => parts),
      ...unseen(report),
      text(`**${ICONS.next} Next** ${nextLine(digest.next, workspace)}`, smallPrint(report)),
      ...(report.picture ? [picture(report.picture)] : []),
    ),
    ...(ways.length > 0 ? [buttons(...ways)] : []),
  ];
  const room = LIMITS.components - measureParts(layout(sections.filter(({ decide }) => !decide)));
  return view(layout(sections.map(({ parts, decide }) => ({ parts: decide?.(room) ?? parts }))));
}

/** So many decisions surely have their options in the report itself. */
const DECISIONS_SHOWN = 5;

/** What is not in the message is behind a button: the rest of the lines, and the decisions, page by page, each with its options. */
function waysOn({ digest, workspace, more }: Report, shortened: readonly ShownSection[]) {
  const [first] = shortened;
  const waiting = first?.section === 'needs_decision' ? first.lines.length + first.more : 0;
  const areMany = waiting > DECISIONS_SHOWN || (waiting > 0 && first!.more > 0);
  return [
    ...(more !== null && isCut(digest, shortened) ? [button('Show all', more)] : []),
    ...(areMany ? [button(`All ${waiting} decisions`, decisionsId(workspace.id))] : []),
  ];
}

interface Section {
  parts: APIComponentInContainer[];
  /** The same with what decides it, in so many components. */
  decide?: (room: number) => APIComponentInContainer[];
}

function sectionOf({ section, lines, more }: ShownSection, workspace: Workspace): Section {
  const title = `**${HEADINGS[section]}**`;
  const told = lines.map((each) => ({ words: digestLine(each, workspace), escalation: each.escalation }));
  const rest = more > 0 ? `-# and ${more} more` : null;
  const parts = [text(title, ...told.map(({ words }) => words), rest)];
  if (section !== 'needs_decision') return { parts };
  return { parts, decide: (room) => decisionParts(title, told, rest, room) };
}

/** A report that ends so little ago ends now, for those who read it. */
const RECENT = 15 * 60_000;

function heading({ workspace, digest, title, lead, late, note, now }: Report): string[] {
  const name = [`${ICONS.report} **${workspaceName(workspace)}**`, title].filter(Boolean).join(', ');
  const isRecent = now - digest.to < RECENT;
  const span = `since ${timestamp(digest.from, 'f')}${isRecent ? '' : ` until ${timestamp(digest.to, 'f')}`}`;
  return [
    `${name} · ${span}`,
    ...(late === null ? [] : [`-# Due ${timestamp(late.due, 'f')}${LATE[late.because]}`]),
    ...(note === null ? [] : [`-# ${note}`]),
    ...(lead === null ? [] : [shown(lead, 400)]),
    ...(digest.quiet ? ['Nothing happened, and nothing waits.'] : []),
  ];
}

const LATE = {
  away: ': I was not running then.',
  clock: ' by the time zone that this server has now.',
} as const;

const GAPS_SHOWN = 3;

/** What nobody can tell, because it was not seen. */
function unseen({ digest, now }: Report): APIComponentInContainer[] {
  const { gaps } = digest.coverage;
  if (gaps.length === 0) return [];
  const more = gaps.length - GAPS_SHOWN;
  return [
    text(
      `**${ICONS.unseen} Not seen**`,
      ...gaps.slice(0, GAPS_SHOWN).map((gap) => gapText(gap, now)),
      more > 0 ? `-# and ${more} more` : null,
    ),
  ];
}

function smallPrint({ digest, now }: Report): string {
  const { steps, coverage } = digest;
  const seen = coverage.gaps.length > 0 ? [] : [coverageLine(coverage, now)];
  const told = steps > 0 ? [`of ${count(steps, 'step')}; a number opens its message`] : [];
  return `-# ${[...seen, ...told, ...exchangedWords(digest.exchanged)].join(' · ')}`;
}

function exchangedWords({ shared, takenBack }: Digest['exchanged']): string[] {
  return [
    shared > 0 ? `${count(shared, 'insight')} went to other bots` : '',
    takenBack > 0 ? `${count(takenBack, 'insight')} taken back` : '',
  ].filter(Boolean);
}

/** As much as a message holds: what short sections leave of their share, the longer ones have. */
function wholeLines({ sections }: Digest, workspace: Workspace): ShownSection[] {
  const sized = sections.map((each) => ({
    ...each,
    sizes: each.lines.map((one) => digestLine(one, workspace).length + 1),
  }));
  const shares = new Map<DigestSection, number>();
  let left = TEXT_MAX;
  for (const [index, { section, sizes }] of sized.toSorted((a, b) => sum(a.sizes) - sum(b.sizes)).entries()) {
    const share = Math.min(sum(sizes), Math.floor(left / (sized.length - index)));
    shares.set(section, share);
    left -= share;
  }
  return sized.map(({ section, lines, more, sizes }) => {
    let size = 0;
    const kept = lines.filter((_, index) => (size += sizes[index]!) <= shares.get(section)!);
    return { section, lines: kept, more: more + lines.length - kept.length };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function isCut({ sections }: Digest, shortened: readonly ShownSection[]): boolean {
  const all = sections.reduce((sum, { lines }) => sum + lines.length, 0);
  return shortened.reduce((sum, { lines }) => sum + lines.length, 0) < all;
}

const LINE_MAX = 110;

/** `12 nanobot → coder: set up the repository → 15 it is set up (no answer) 60 %`; the numbers open their messages. */
export function digestLine(line: DigestLine, workspace: Pick<Workspace, 'guildId' | 'channelId'>): string {
  const { source, answered, note, confidence, times, escalation } = line;
  const facts = [
    note && note !== 'finished' ? `*${NOTES[note]}*` : null,
    confidence === null ? null : percent(confidence),
    times > 1 ? `×${times}` : null,
    escalation ? `asked ${timestamp(escalation.raisedAt, 'R')}` : null,
  ].filter(Boolean);
  const answer = answered ? `${sourceLink(answered, workspace)} ` : '';
  return [source && sourceLink(source, workspace), wordsOfLine(line, answer), ...facts]
    .filter(Boolean)
    .join(' ');
}

function wordsOfLine({ who, to, text: said, result }: DigestLine, answer = ''): string {
  const people = [who, to].filter((name) => name !== null).map((name) => shownName(name, 28));
  const speaker = people.length > 0 ? `**${people.join(' → ')}** ` : '';
  const outcome = result === null ? '' : ` → ${answer}${shown(result, LINE_MAX)}`;
  return `${speaker}${shown(said, LINE_MAX) || '…'}${outcome}`;
}

function sourceLink(
  { threadId, step, messageId }: NonNullable<DigestLine['source']>,
  { guildId, channelId }: Pick<Workspace, 'guildId' | 'channelId'>,
): string {
  return link(String(step), messageUrl(guildId, threadId ?? channelId, messageId));
}

/** What it is about stands above: here is only where. */
function nextLine(next: NextAction, workspace: Workspace): string {
  if (next.kind === 'nothing') return 'Nothing needs you.';
  if (next.kind === 'review')
    return `Look through ${count(next.count, 'insight')} with \`/insights review\`.`;
  const { who, to, source } = next.line;
  const where = source ? ` (${sourceLink(source, workspace)})` : '';
  const more = next.more > 0 ? `, and ${next.more} more` : '';
  if (next.kind === 'decide') return `Decide what ${nameOf(who)} asks${where}${more}`;
  if (next.kind === 'look') return `Look at what went wrong with ${nameOf(to ?? who)}${where}${more}`;
  return `${to === null ? `Answer ${nameOf(who)}` : `Ask ${nameOf(to)} what became of it`}${where}${more}`;
}

function nameOf(name: string | null): string {
  return name === null ? 'the session' : `**${shownName(name, 28)}**`;
}
