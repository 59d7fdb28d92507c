import type { Entry } from '../domain/entry.ts';
import { parseQuestion } from '../domain/question.ts';
import type { Question } from '../domain/question.ts';
import { passageOf } from '../domain/ranking.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Coverage } from '../domain/coverage.ts';
import { gapsLine } from './coverage.ts';
import { noText, stepLink } from './entry-line.ts';
import { OPEN_ID, openValue } from './explain-state.ts';
import { ratingButtons } from './feedback.ts';
import { ICONS, iconOf } from './icons.ts';
import { LIMITS, view } from './limits.ts';
import type { View } from './limits.ts';
import { channelOf, queryLine, workspaceName } from './log-header.ts';
import { container, rule, select, text } from './parts.ts';
import { count, percent, plainLine, shown, shownName, timestamp } from './text.ts';

/** A step that answers the question, and the session it belongs to. */
export interface Hit {
  workspace: Workspace;
  log: WorkLog;
  entry: Entry;
}

export interface HowAnswer {
  /** As it was typed. */
  asked: string;
  question: Question;
  /** Best first. */
  hits: Hit[];
  searched: Workspace[];
  /** Those of them whose older steps were not: their index is being made anew. */
  partlySearched?: readonly Workspace[];
  /** How many the asker may read, where not all were searched. */
  outOf?: number;
  /** The one session that alone was looked at, if it was but one. */
  within?: Pick<WorkLog, 'query'>;
  /** What was not seen where it was looked. */
  coverage: Coverage;
  /** Whether to ask if it helped. */
  asksHelp?: boolean;
  now: number;
}

const PASSAGE_MAX = 360;

/** The steps that answer a question, best first, each with a link to its message. */
export function howView(answer: HowAnswer): View {
  const { asked, question, hits, searched, asksHelp = false } = answer;
  const title = `${ICONS.search} **${shown(asked, 200) || '…'}**`;
  const [best] = hits;
  if (!best) return view([container(text(title, ...nothingFound(answer)))]);
  const many = searched.length > 1;
  return view([
    container(
      text(title),
      rule(),
      ...hits.map((hit) => text(headOf(hit, many), `> ${passage(hit.entry, question)}`)),
      text(
        `-# ${[`Looked in ${placesOf(answer)} · a step’s number opens its message`, ...unseen(answer)].join(' · ')}`,
      ),
    ),
    select(OPEN_ID, 'See one in its log', hits.map(openOption)),
    ...(asksHelp ? [ratingButtons(best.log.sessionId)] : []),
  ]);
}

function headOf({ workspace, log, entry }: Hit, withPlace: boolean): string {
  return [
    `${iconOf(entry)} **${shownName(entry.author.name, 40)}**`,
    entry.confidence === null ? null : percent(entry.confidence),
    `step ${stepLink(entry, channelOf(workspace, log))} of ${queryLine(log, 50)}`,
    withPlace ? workspaceName(workspace) : null,
    timestamp(entry.at, 'R'),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function unseen({ coverage, now, partlySearched = [] }: HowAnswer): string[] {
  const names = namesOf(partlySearched);
  return [
    gapsLine(coverage.gaps, now),
    partlySearched.length === 0
      ? null
      : `older steps of ${names} are not searched yet: their index is being made anew while the bot runs; asked in Discord, it waits for that`,
  ].filter((line) => line !== null);
}

function passage(entry: Entry, question: Question): string {
  return shown(passageOf(entry.message, question), PASSAGE_MAX) || noText(entry);
}

function openOption({ log, entry }: Hit, index: number) {
  return {
    label: plainLine(`${index + 1}. ${entry.author.name}, step ${entry.step}`, LIMITS.optionLabel),
    value: openValue(log.sessionId, entry.step - 1),
    description: plainLine(log.query, LIMITS.optionLabel) || '…',
  };
}

/** Speaks of the question alone: whether a bot of that name exists may be hidden from the asker. */
function nothingFound(answer: HowAnswer): string[] {
  const { words } = parseQuestion(answer.asked, []);
  if (words.length === 0) {
    return [
      'There is no word in this question to look for.',
      'Name what you want to know about, as in *what did @researcher find* or *why did you escalate the password policy*.',
    ];
  }
  return [
    `No step answers this. Looked in ${placesOf(answer)} for ${listOf(words)}.`,
    'Try other words, fewer of them, a bot’s name, or another workspace. `/workspace-logs` lists what there is.',
    ...unseen(answer).map((line) => `-# ${line}`),
  ];
}

const WORDS_SHOWN = 8;

function listOf(words: readonly string[]): string {
  const more = words.length - WORDS_SHOWN;
  const named = words.slice(0, WORDS_SHOWN).map((word) => `“${shown(word, 40)}”`);
  return [...named, ...(more > 0 ? [count(more, 'more word')] : [])].join(', ');
}

function placesOf({ searched, outOf = 0, within }: HowAnswer): string {
  if (within) return queryLine(within, 60);
  if (outOf > searched.length) return `the ${searched.length} liveliest of your ${outOf} workspaces`;
  return namesOf(searched);
}

function namesOf(workspaces: readonly Workspace[]): string {
  const named = workspaces.slice(0, 3).map(workspaceName).join(', ');
  return workspaces.length > 3 ? `${named} and ${workspaces.length - 3} more` : named;
}
