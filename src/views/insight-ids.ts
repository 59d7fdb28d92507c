import type { Insight } from '../domain/insight.ts';

/** What of the insights that need a person is looked at. */
export interface ReviewState {
  /** The workspace's channel; null for all that the asker decides for. */
  channelId: string | null;
  /** The first that is shown, from 0. */
  first: number;
}

/** What is shown anew after a press: a page of those that need a person, or the insight alone. */
export type InsightOrigin = 'one' | ReviewState;

export const INSIGHT_VERBS = ['approve', 'edit', 'reject', 'narrow', 'keep', 'revoke'] as const;
export type InsightVerb = (typeof INSIGHT_VERBS)[number];

/** What a press on a component named `insight` asks for. */
export type InsightPress =
  | { kind: 'review'; review: ReviewState }
  | { kind: 'list'; list: InsightListState }
  | { kind: 'open'; id: number }
  /** All that wait like this one; `upTo`: as far as the asker was asked about them, null: they are to be asked. */
  | { kind: 'all'; id: number; upTo: number | null; review: ReviewState }
  /** `stamp`: of what was shown; see {@link stampOf}. */
  | { kind: InsightVerb; id: number; stamp: string; from: InsightOrigin };

/** All that decides what a list of insights shows. */
export interface InsightListState {
  /** The workspace's channel; null for all that the asker may read. */
  channelId: string | null;
  /** From 0. */
  page: number;
  state: string;
}

/** The custom id of the button that shows what needs a person. */
export function insightsId(review: ReviewState): string {
  return `${NAME}:review:${writeReview(review)}`;
}

export function insightListId({ state, channelId, page }: InsightListState): string {
  return `${NAME}:list:${writeReview({ channelId, first: page })}:${state}`;
}

export function openInsightId(id: number): string {
  return `${NAME}:open:${id}`;
}

/** The custom id of the button that rejects all that wait of the bot of this one, up to that number; null: that asks about it. */
export function rejectAllId(id: number, upTo: number | null, review: ReviewState): string {
  return [NAME, 'all', id, upTo ?? 'ask', writeReview(review)].join(':');
}

/** The custom id of a button, select or form that changes an insight. */
export function insightId(verb: InsightVerb, insight: Insight, from: InsightOrigin): string {
  return [NAME, verb, insight.id, stampOf(insight), from === 'one' ? from : writeReview(from)].join(':');
}

const NAME = 'insight';

/** Stands for what a card shows: nobody approves what was said or meant for others after they looked. */
export function stampOf({ content, scope, state }: Pick<Insight, 'content' | 'scope' | 'state'>): string {
  let value = 0x811c9dc5;
  for (const character of JSON.stringify([content, scope.within, scope.bots, state]))
    value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193);
  return (value >>> 0).toString(36);
}

/** Reads a custom id, split at its colons and without its first part; undefined when it is none of ours. */
export function readInsightPress([kind = '', ...rest]: readonly string[]): InsightPress | undefined {
  const [first = '', stamp = '', where = ''] = rest;
  if (kind === 'review' || kind === 'list') {
    const review = readReview(first);
    if (!review) return undefined;
    if (kind === 'review') return { kind, review };
    const { channelId, first: page } = review;
    return { kind, list: { channelId, page, state: stamp } };
  }
  const id = /^\d{1,15}$/.test(first) ? Number(first) : undefined;
  if (id === undefined) return undefined;
  if (kind === 'open') return { kind, id };
  if (kind === 'all') {
    const review = readReview(where);
    if (!review || !/^(?:ask|\d{1,15})$/.test(stamp)) return undefined;
    return { kind, id, upTo: stamp === 'ask' ? null : Number(stamp), review };
  }
  const verb = INSIGHT_VERBS.find((one) => one === kind);
  const from = where === 'one' ? where : readReview(where);
  return verb && from && { kind: verb, id, stamp, from };
}

function writeReview({ channelId, first }: ReviewState): string {
  return `${channelId ?? 'all'}-${first}`;
}

function readReview(text: string): ReviewState | undefined {
  const match = /^(\d{1,20}|all)-(\d{1,4})$/.exec(text);
  if (!match) return undefined;
  return { channelId: match[1] === 'all' ? null : match[1]!, first: Number(match[2]) };
}
