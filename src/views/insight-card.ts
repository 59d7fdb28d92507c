import { ComponentType } from 'discord.js';
import type {
  APIActionRowComponent,
  APIMessageTopLevelComponent,
  APIStringSelectComponent,
} from 'discord.js';
import type { Author } from '../domain/author.ts';
import { wantsReview } from '../domain/insight-changes.ts';
import { INSIGHT_MAX } from '../domain/insight.ts';
import type { Insight } from '../domain/insight.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { optionToken } from './escalation-ids.ts';
import { insightId } from './insight-ids.ts';
import type { InsightOrigin } from './insight-ids.ts';
import { flagText, insightState, scopeText, SENSITIVE_WORDS } from './insight-words.ts';
import { ICONS } from './icons.ts';
import { LIMITS } from './limits.ts';
import { queryLine, workspaceName } from './log-header.ts';
import { button, buttons, text } from './parts.ts';
import { count, link, messageUrl, percent, plainLine, quoted, shown, shownName, timestamp } from './text.ts';

export interface InsightFacts {
  insight: Insight;
  workspace: Workspace;
  /** The session of its step; null when there is none any more. */
  log: Pick<WorkLog, 'query'> | null;
  /** Who would get it, or who is to get it still, at this moment. */
  recipients: readonly Author[];
  /** How many have it. */
  had: number;
  /** When the next exchange is, ms UTC. */
  nextAt: number;
}

/** All of it, however much grows by being shown as text: nobody approves what they do not see. */
const CONTENT_MAX = 3 * INSIGHT_MAX + 200;
const NAMED_MAX = 5;

/**
 * An insight with all that one needs to decide whether others get it: where it is from, who would get it, what would change. `heading`:
 * what its first line begins with.
 */
export function insightLines(facts: InsightFacts, heading: string): string[] {
  const { insight } = facts;
  const { content, flag, sensitive, state } = insight;
  const [first = '*The text is deleted.*', ...rest] = quoted(content, CONTENT_MAX);
  const doubts = sensitive.map((reason) => SENSITIVE_WORDS[reason]);
  return [
    [`${heading} ${ICONS.learned} **${shownName(insight.by.name, 40)}**`, ...factsOf(insight)].join(' · '),
    rest.length > 0 ? `${first}…` : first,
    sourceLine(facts),
    ...(state === 'pending' || state === 'approved' ? [recipientsLine(facts)] : []),
    `-# ${changeLine(facts)}`,
    ...(flag === null ? [] : [flagText(flag)]),
    ...(doubts.length > 0 && state === 'pending' ? [`${ICONS.warning} ${capital(doubts.join(', '))}.`] : []),
  ];
}

function factsOf({ id, category, confidence, count: times, addedBy }: Insight): string[] {
  return [
    `#${id}`,
    shown(category, 40),
    confidence === null ? '' : `${percent(confidence)} sure`,
    times > 1 ? `learned ${count(times, 'time')}` : '',
    addedBy === null ? '' : `shared by ${shownName(addedBy.name, 40)}`,
  ].filter(Boolean);
}

function sourceLine({ insight, workspace, log }: InsightFacts): string {
  const { source, threadId, createdAt, by } = insight;
  const where = `${workspaceName(workspace)}, ${timestamp(createdAt, 'R')}`;
  if (!source) return `From ${shownName(by.name, 40)}, without a message, in ${where}`;
  const url = messageUrl(workspace.guildId, threadId ?? workspace.channelId, source.messageId);
  const session = log === null ? '' : ` of ${queryLine(log, 60)}`;
  return `From step ${link(String(source.step), url)}${session} in ${where}`;
}

function recipientsLine({ insight, workspace, recipients }: InsightFacts): string {
  const names = recipients.slice(0, NAMED_MAX).map(({ name }) => `**${shownName(name, 32)}**`);
  const more = recipients.length - names.length;
  const who =
    names.length === 0 ? 'nobody at the moment' : names.join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `${ICONS.handoff} For ${who} (${scopeText(insight.scope, workspace)})`;
}

/** What a decision changes. */
function changeLine({ insight, had, nextAt }: InsightFacts): string {
  const { state, expiresAt, flag } = insight;
  const until = `until ${timestamp(expiresAt, 'd')}`;
  if (state === 'pending' && flag?.kind === 'lapsed')
    return `${count(had, 'bot')} ${had === 1 ? 'has' : 'have'} it. Not confirmed ${until}, it is taken back from them.`;
  if (state === 'pending')
    return `Approved, they are told of it ${timestamp(nextAt, 'R')}, and whoever joins later; rejected, nobody is.`;
  if (state === 'approved') return `They are told of it ${timestamp(nextAt, 'R')}. It holds ${until}.`;
  if (state === 'shared') return `${count(had, 'bot')} ${had === 1 ? 'has' : 'have'} it. It holds ${until}.`;
  return insightState(insight);
}

/** What can be done with it. */
export function insightControls(facts: InsightFacts, from: InsightOrigin): APIMessageTopLevelComponent[] {
  const { insight, recipients } = facts;
  const id = (verb: Parameters<typeof insightId>[0]) => insightId(verb, insight, from);
  const { state, sharedAt, flag } = insight;
  if (state === 'pending' && sharedAt !== null)
    return [buttons(button('It still holds', id('approve')), button('Take back…', id('revoke')))];
  if (state === 'pending') {
    const decide = [
      button('Approve', id('approve'), { disabled: insight.content === '' }),
      button('Edit and approve…', id('edit'), { disabled: insight.content === '' }),
      button('Reject', id('reject')),
    ];
    return [buttons(...decide), ...narrowing(insight, recipients, id('narrow'))];
  }
  if (state !== 'approved' && state !== 'shared') return [];
  const keep = flag === null || !wantsReview(insight) ? [] : [button('Keep', id('keep'))];
  return [buttons(...keep, button('Take back…', id('revoke')))];
}

/** The value that stands for the bots of the workspace alone. */
export const WORKSPACE_ONLY = 'workspace';

/** Chooses fewer of those who would get it; nothing where there is nothing to choose. */
function narrowing(
  { scope }: Insight,
  recipients: readonly Author[],
  customId: string,
): APIActionRowComponent<APIStringSelectComponent>[] {
  const some = recipients.slice(0, LIMITS.options - 1).map(({ key, name }, index) => ({
    label: plainLine(`Only ${name}`, LIMITS.optionLabel),
    value: optionToken(key, index),
  }));
  const workspace =
    scope.within === 'server' ? [{ label: 'Only bots of this workspace', value: WORKSPACE_ONLY }] : [];
  const options = [...workspace, ...(recipients.length > 1 ? some : [])];
  if (options.length === 0) return [];
  const select: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: customId,
    placeholder: 'Narrow scope',
    options,
    min_values: 1,
    max_values: options.length,
  };
  return [{ type: ComponentType.ActionRow, components: [select] }];
}

/** The lines and controls of one insight. */
export function insightParts(
  facts: InsightFacts,
  heading: string,
  from: InsightOrigin | null,
): APIMessageTopLevelComponent[] {
  return [text(...insightLines(facts, heading)), ...(from === null ? [] : insightControls(facts, from))];
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
