import type { Author } from '../domain/author.ts';
import { revokedInsight, sharedInsight } from '../domain/insight-message.ts';
import type { Insight } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Post } from './escalation-messages.ts';
import { fencedBlock, plainJson } from './fenced-block.ts';
import { ICONS } from './icons.ts';
import { insightsId } from './insight-ids.ts';
import { LIMITS, view } from './limits.ts';
import type { View } from './limits.ts';
import { workspaceName } from './log-header.ts';
import { button, buttons, text } from './parts.ts';
import { count, shown, shownName } from './text.ts';

/** Discord's 2000 characters of a message, less its heading with all those mentions. */
const PARCEL_MAX = 1400;
const LINE_MAX = 90;
/** Texts in a block that may be long. */
const CUTTABLE = ['content', 'from', 'approved_by', 'workspace', 'category'] as const;

export interface SharedPost {
  insights: readonly Insight[];
  /** Ids of those that were taken back since it was posted. */
  gone: readonly number[];
  bots: readonly Author[];
  workspace: Pick<Workspace, 'name'>;
}

/**
 * Hands insights to bots: a line each for people, and the same as a block that a program reads. It mentions these bots and nobody else,
 * also when it is edited: that calls nobody, and who reads it later still finds whom it is for.
 */
export function sharedPost({ insights, gone, bots, workspace }: SharedPost): Post {
  const what = insights.length === 1 ? 'This was' : `${insights.length} things were`;
  const heading =
    insights.length === 0
      ? `${ICONS.correction} ${named(bots)} what was learned in ${workspaceName(workspace)} is taken back.`
      : `${ICONS.learned} ${named(bots)} ${what} learned in ${workspaceName(workspace)}:`;
  const lines = [
    heading,
    ...insights.map(({ content }) => `> ${shown(content, LINE_MAX) || '…'}`),
    ...(gone.length > 0 ? [`-# Taken back since: ${gone.map((id) => `#${id}`).join(', ')}`] : []),
  ].join('\n');
  const blocks = insights.map((insight) => ({ ...sharedInsight(insight, workspace.name) }));
  const block = blocks.length === 0 ? [] : [fencedBlock(blocks, CUTTABLE, LIMITS.content - lines.length - 1)];
  return { content: [lines, ...block].join('\n'), allowed_mentions: mentioning(bots) };
}

/** Insights in as few parcels as one message each has room for, in their order. */
export function parcels(insights: readonly Insight[], workspace: Pick<Workspace, 'name'>): Insight[][] {
  const packed: Insight[][] = [];
  let size = 0;
  for (const insight of insights) {
    const own = plainJson(sharedInsight(insight, workspace.name)).length + LINE_MAX + 4;
    const last = packed.at(-1);
    if (last && size + own <= PARCEL_MAX) last.push(insight);
    else packed.push([insight]);
    size = last && size + own <= PARCEL_MAX ? size + own : own;
  }
  return packed;
}

export interface RecallPost {
  insight: Insight;
  reason: string | null;
  /** At most {@link TOLD_AT_ONCE}. */
  bots: readonly Author[];
  workspace: Pick<Workspace, 'name'>;
}

/** Tells bots that an insight does not hold any more. It does not say it again. */
export function recallPost({ insight, reason, bots, workspace }: RecallPost): Post {
  const why = reason === null ? '' : ` ${shown(reason, 200)}`;
  const line = `${ICONS.correction} ${named(bots)} insight #${insight.id} of ${workspaceName(workspace)} does not hold any more.${why}`;
  const block = fencedBlock(
    [{ ...revokedInsight(insight, reason) }],
    ['reason', 'revoked_by'],
    LIMITS.content - line.length - 1,
  );
  return { content: `${line}\n${block}`, allowed_mentions: mentioning(bots) };
}

/** How many insights of a workspace wait for its owners. It pings nobody. */
export function waitingView(
  workspace: Pick<Workspace, 'name' | 'channelId'>,
  { pending, flagged }: { pending: number; flagged: number },
): View {
  const parts = [
    pending > 0 ? `${count(pending, 'insight')} ${pending === 1 ? 'waits' : 'wait'} for approval` : '',
    flagged > 0 ? `${flagged} ${flagged === 1 ? 'has' : 'have'} become doubtful` : '',
  ].filter(Boolean);
  if (parts.length === 0)
    return view([text(`${ICONS.learned} All insights of ${workspaceName(workspace)} are looked through.`)]);
  return view([
    text(
      `${ICONS.learned} **${parts.join(', ')}** in ${workspaceName(workspace)}.`,
      '-# What bots have learned here goes to others once an owner approves it.',
    ),
    buttons(button('Review', insightsId({ channelId: workspace.channelId, first: 0 }))),
  ]);
}

/** What such a message says once a newer one tells it. */
export function formerWaitingView(workspace: Pick<Workspace, 'name'>): View {
  return view([text(`-# ${ICONS.learned} What waits in ${workspaceName(workspace)} is told further down.`)]);
}

function named(bots: readonly Author[]): string {
  return `${bots.map(({ key, name, kind }) => (kind === 'bot' ? `<@${key}>` : `**${shownName(name, 40)}**`)).join(' ')}`;
}

/** Personas of webhooks are no accounts: they cannot be pinged. */
function mentioning(bots: readonly Author[]): Post['allowed_mentions'] {
  return { parse: [], users: bots.filter(({ kind }) => kind === 'bot').map(({ key }) => key), roles: [] };
}
