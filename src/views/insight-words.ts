import type { Insight, InsightEvent, InsightFlag, InsightState, SensitiveReason } from '../domain/insight.ts';
import type { Scope } from '../domain/insight-scope.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { InsightVerb } from './insight-ids.ts';
import { ICONS } from './icons.ts';
import { workspaceName } from './log-header.ts';
import { shown, shownName, timestamp } from './text.ts';

/** Why it needs a person, in words for one. */
export const SENSITIVE_WORDS: Readonly<Record<SensitiveReason, string>> = {
  masked: 'something in it was masked',
  private: 'it holds what looks like a secret or personal data',
  direct: 'it was said in a direct workspace',
  private_thread: 'it was said in a private thread',
  no_confidence: 'its bot did not say how sure it is',
  unsure: 'its bot is not sure enough',
  category: 'its category is none of those that are shared',
  person: 'a person wrote it down',
  revoked_before: 'the same was taken back before',
  instructs: 'it tells others what to do',
  mentions: 'it mentions somebody',
  links: 'it holds a link',
  block: 'it holds a block or markup for programs',
  hidden: 'it holds characters that nobody sees',
};

const STATE_WORDS: Readonly<Record<InsightState, string>> = {
  pending: `${ICONS.pending} waits for approval`,
  approved: `${ICONS.done} approved`,
  shared: `${ICONS.ended} shared`,
  rejected: `${ICONS.error} rejected`,
  revoked: `${ICONS.correction} taken back`,
  expired: `${ICONS.snoozed} expired`,
};

/** How it stands, and who made it so. */
export function insightState({ state, stateAt, stateBy, approvedBy, flag }: Insight): string {
  const lapsed = state === 'pending' && flag?.kind === 'lapsed';
  if (lapsed) return `${ICONS.pending} has to be confirmed`;
  if (state === 'pending') return STATE_WORDS.pending;
  const by = state === 'approved' || state === 'shared' ? approvedBy : stateBy;
  const who =
    by === null
      ? state === 'approved' || state === 'shared'
        ? ' by rule'
        : ''
      : ` by **${shownName(by.name, 40)}**`;
  return `${STATE_WORDS[state]}${who} ${timestamp(stateAt, 'R')}`;
}

/** The same in a word. */
export function insightStateWord({ state }: Pick<Insight, 'state'>): string {
  return STATE_WORDS[state];
}

/** Why somebody should look again. */
export function flagText(flag: InsightFlag): string {
  if (flag.kind === 'lapsed') return `${ICONS.snoozed} Its time is over: does it still hold?`;
  const by = flag.by === null ? '' : flag.kind === 'contradicted' ? ` by #${flag.by}` : ` by step ${flag.by}`;
  return `${ICONS.warning} It was ${flag.kind}${by} ${timestamp(flag.at, 'R')}`;
}

/** Whom it is for, as a rule. */
export function scopeText({ within, bots }: Scope, workspace: Pick<Workspace, 'name'>): string {
  const all = within === 'server' ? 'all bots of this server' : `the bots of ${workspaceName(workspace)}`;
  return bots === null ? all : `some of ${all}`;
}

const EVENT_WORDS: Readonly<Record<InsightEvent['kind'], string>> = {
  learned: 'learned',
  repeated: 'learned again',
  narrowed: 'meant for fewer',
  edited: 'worded anew and approved',
  approved: 'approved',
  rejected: 'rejected',
  shared: 'shared',
  flagged: 'made doubtful',
  kept: 'kept',
  lapsed: 'its time was over',
  expired: 'nobody confirmed it',
  revoked: 'taken back',
  forgotten: 'what it came from was deleted',
};

export function eventLine({ kind, at, by, reason }: InsightEvent): string {
  const who = by === null ? '' : ` by ${shownName(by.name, 40)}`;
  const why = reason === null ? '' : reason === 'auto_approve' ? ' by rule' : `: ${shown(reason, 150)}`;
  return `-# ${timestamp(at, 'f')} ${EVENT_WORDS[kind]}${who}${why}`;
}

/** What a person is told of what they did. */
export function insightDone(verb: InsightVerb, { id, state }: Pick<Insight, 'id' | 'state'>): string {
  if (verb === 'narrow')
    return `${ICONS.learned} #${id} is meant for fewer now. It still waits for approval.`;
  if (verb === 'keep') return `${ICONS.ended} #${id} goes on holding.`;
  if (verb === 'reject') return `${ICONS.error} #${id} is rejected: nobody gets it.`;
  if (verb === 'revoke') return `${ICONS.correction} #${id} is taken back.`;
  return state === 'shared'
    ? `${ICONS.done} #${id} holds on.`
    : `${ICONS.done} #${id} is approved: it goes out with the next exchange.`;
}
