import type { Author } from '../domain/author.ts';
import type { Insight, InsightDelivery, InsightEvent, InsightFollower } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import { insightLines, insightParts } from './insight-card.ts';
import type { InsightFacts } from './insight-card.ts';
import { floodButton } from './insight-flood.ts';
import type { Flood } from './insight-flood.ts';
import { insightListId, insightsId } from './insight-ids.ts';
import type { InsightListState, InsightOrigin, ReviewState } from './insight-ids.ts';
import { eventLine, insightState, insightStateWord } from './insight-words.ts';
import { ICONS } from './icons.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { workspaceName } from './log-header.ts';
import { pager, rule, text } from './parts.ts';
import { count, link, messageUrl, shown, shownName, timestamp } from './text.ts';

/** Cards on one page, if their texts are short enough. */
export const REVIEWED_PER_PAGE = 3;
/** Of Discord's 4000 characters, less what stands around the cards. */
const CARDS_TEXT = 3600;
export const LISTED_PER_PAGE = 10;

export interface InsightReview {
  state: ReviewState;
  /** From that of `state.first` on, at most {@link REVIEWED_PER_PAGE}. */
  shown: readonly InsightFacts[];
  total: number;
  /** There are more than those. */
  more: boolean;
  /** What can be rejected together, where one bot floods a workspace. */
  flood: Pick<Flood, 'insight' | 'count'> | null;
  /** What was done by the press that led here, in a line. */
  done: string | null;
}

/** What needs a person, the oldest first, to be decided right there: as many as have room as a whole. */
export function insightReview({ state, shown: cards, total, more, flood, done }: InsightReview): View {
  const { first } = state;
  const many = `${total}${more ? '+' : ''}`;
  const title =
    total === 0
      ? `${ICONS.ended} **No insight waits for you.**`
      : `${ICONS.learned} **${many} ${total === 1 ? 'insight waits' : 'insights wait'} for you**, oldest first`;
  const whole = fitting(cards, CARDS_TEXT);
  const next = first + whole.length;
  const turns = pager({
    name: 'insight',
    label: `${first + 1}–${next} of ${many}`,
    previous: first > 0 ? insightsId({ ...state, first: Math.max(0, first - REVIEWED_PER_PAGE) }) : null,
    next: next < total ? insightsId({ ...state, first: next }) : null,
  });
  return view([
    text(done, title),
    ...whole.flatMap((facts, index) => [rule(), ...insightParts(facts, `**${first + index + 1}**`, state)]),
    ...(total > whole.length ? [turns] : []),
    ...(flood ? [floodButton(flood, state)] : []),
  ]);
}

/** The first of these whose texts have room together; at least one. */
function fitting(cards: readonly InsightFacts[], room: number): InsightFacts[] {
  let size = 0;
  const kept = cards.filter((card) => (size += insightLines(card, '**999**').join('\n').length) <= room);
  return kept.length > 0 ? kept : cards.slice(0, 1);
}

/** The page of a list that begins at `page`; beyond the end it is the last one. */
export function pageOf(page: number, total: number): { page: number; first: number } {
  const last = Math.max(0, Math.ceil(total / LISTED_PER_PAGE) - 1);
  return { page: Math.min(page, last), first: Math.min(page, last) * LISTED_PER_PAGE };
}

export interface ListedInsight {
  insight: Insight;
  workspace: Workspace;
  deliveries: readonly InsightDelivery[];
}

/** What was learned, the newest first, one line each. */
export function insightList(list: {
  state: InsightListState;
  listed: readonly ListedInsight[];
  total: number;
  /** There are more than those. */
  more: boolean;
}): View {
  const { state, listed, total, more } = list;
  const many = `${total}${more ? '+' : ''}`;
  const { page, first } = pageOf(state.page, total);
  const turns = pager({
    name: 'insight',
    label: `${first + 1}–${first + listed.length} of ${many}`,
    previous: page > 0 ? insightListId({ ...state, page: page - 1 }) : null,
    next: first + LISTED_PER_PAGE < total ? insightListId({ ...state, page: page + 1 }) : null,
  });
  const title =
    total === 0 ? 'No such insight.' : `${many} ${total === 1 ? 'insight' : 'insights'}, the newest first`;
  return view([
    text(`${ICONS.learned} **${title}**`, ...listed.map(listLine)),
    ...(total > LISTED_PER_PAGE ? [turns] : []),
    ...(total > 0 ? [text('-# `/insights show` tells all of one, `/insights revoke` takes it back.')] : []),
  ]);
}

function listLine({ insight, workspace, deliveries }: ListedInsight): string {
  const seen = deliveries.filter(({ seenAt }) => seenAt !== null).length;
  const had = deliveries.length === 0 ? '' : ` · ${count(deliveries.length, 'bot')}, ${seen} seen`;
  const doubt = insight.flag === null ? '' : ` ${ICONS.warning}`;
  const words = shown(insight.content, 140) || '*deleted*';
  return `**#${insight.id}** ${insightStateWord(insight)}${doubt} · **${shownName(insight.by.name, 28)}** in ${workspaceName(workspace)}${had}\n> ${words}`;
}

export interface ShownInsight extends InsightFacts {
  events: readonly InsightEvent[];
  deliveries: readonly InsightDelivery[];
  /** What was done by the press that led here, in a line. */
  done: string | null;
  /** Whether the asker decides. */
  decides: boolean;
}

const HOLDERS_SHOWN = 10;

/** All of one insight: what became of it, and who has it. */
export function insightView(one: ShownInsight): View {
  const { insight, events, deliveries, done, decides } = one;
  const from: InsightOrigin | null = decides ? 'one' : null;
  const heading = insightState(insight);
  const holders = deliveries.slice(0, HOLDERS_SHOWN).map(holder);
  const more = deliveries.length - holders.length;
  const told = holders.length > 0 ? `Told: ${holders.join(', ')}${more > 0 ? ` and ${more} more` : ''}` : '';
  const lines = insightLines(one, heading).join('\n').length + told.length;
  return view([
    ...(done === null ? [] : [text(done)]),
    ...insightParts(one, heading, from),
    rule(),
    ...(told === '' ? [] : [text(told)]),
    text(...latest(events.map(eventLine), CARDS_TEXT - lines)),
  ]);
}

/** The latest of these lines that have room; at least one. */
function latest(lines: readonly string[], room: number): string[] {
  let size = 0;
  const kept = lines.toReversed().filter((line) => (size += line.length + 1) <= room);
  return kept.length > 0 ? kept.toReversed() : lines.slice(-1);
}

function holder({ bot, seenAt, deliveredAt }: InsightDelivery): string {
  const seen = seenAt === null ? `told ${timestamp(deliveredAt, 'R')}` : `seen ${timestamp(seenAt, 'R')}`;
  return `**${shownName(bot.name, 32)}** (${seen})`;
}

export interface RecalledView {
  insight: Insight;
  told: readonly Author[];
  /** As far as the asker may read them. */
  followers: readonly (InsightFollower & { workspace: Workspace; threadId: string | null })[];
}

const FOLLOWERS_SHOWN = 10;

/** That an insight was taken back, from whom, and what they decided while they had it. */
export function recalledView({ insight, told, followers }: RecalledView): View {
  const names = told.slice(0, HOLDERS_SHOWN).map(({ name }) => `**${shownName(name, 32)}**`);
  const listed = followers.slice(0, FOLLOWERS_SHOWN);
  const left = followers.length - listed.length;
  return view([
    text(
      `${ICONS.correction} **#${insight.id} is taken back.**`,
      names.length === 0 ? 'No bot had it.' : `Told: ${names.join(', ')}.`,
    ),
    rule(),
    text(
      listed.length === 0
        ? 'No decision that you may read followed it.'
        : '**What followed it**, the newest first',
      ...listed.map(followerLine),
      left > 0 ? `-# and ${left} more` : null,
    ),
  ]);
}

function followerLine({ entry, how, workspace, threadId }: RecalledView['followers'][number]): string {
  const url = messageUrl(workspace.guildId, threadId ?? workspace.channelId, entry.messageId);
  const why = how === 'reported' ? 'it says so' : 'by time and scope, not certain';
  return `${link(String(entry.step), url)} ${workspaceName(workspace)} **${shownName(entry.author.name, 32)}** ${shown(entry.message, 120)} · *${why}*`;
}
