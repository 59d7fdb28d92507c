import { SETTING_OPTIONS } from '../domain/workspace.ts';
import type { Owner, Workspace, WorkspaceRule, WorkspaceSettings } from '../domain/workspace.ts';
import { ICONS } from './icons.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { container, pager, rule, text } from './parts.ts';
import { retentionLines } from './retention.ts';
import type { RetentionFacts } from './retention.ts';
import { count, shown, timestamp } from './text.ts';

/** A channel of the server, as `/workspace` sees it. */
export interface WorkspaceFacts {
  channelId: string;
  workspace: Workspace | undefined;
  /** Why it is not recorded although it should be, in words for a person. */
  obstacle: string | null;
  /** It is recorded, but the bot may not write there that it is. */
  mute: boolean;
  /** It is recorded, and the configuration does not let the bot write there that it is. */
  silent: boolean;
  /** Some who see the channel that its decisions are asked for in may not see this one, so they are asked for here. */
  asksTooOpenly: boolean;
  /** The same of the channel for its reports. */
  reportsTooOpenly: boolean;
  /**
   * The channel where bots should be told what others learned, and are not: some who see it may not see this one, or (`isClosed`) it is
   * no channel of this server in which the bot may write. Null: nothing is amiss.
   */
  unfitExchange: { channelId: string; isClosed: boolean } | null;
  /** When its report comes (`off`, `HH:MM` or a cron expression), by which clock, and when the next does; null: it is no workspace. */
  report: { when: string; timezone: string; next: number | null } | null;
  /** How long it is kept; null: it is no workspace. */
  retention: RetentionFacts | null;
  /** Ids of roles that are to decide and cannot be pinged. */
  unpingable: readonly string[];
  /** What is set of it by command alone. */
  set: WorkspaceSettings;
  /** The rules that match its name, in the order of the file. */
  rules: readonly WorkspaceRule[];
  ownersOnly: boolean;
  /** False: the configuration has switched all recording off. */
  enabled: boolean;
}

/** A channel that should be recorded and is not. */
export interface SkippedChannel {
  name: string;
  reason: string;
}

/** `/workspace map` and `/workspace show`: one channel, and below it what is amiss elsewhere in the server. */
export function workspaceView(facts: WorkspaceFacts, skipped: readonly SkippedChannel[]): View {
  const below = skipped.length > 0 ? [rule(), text(...skippedLines(skipped))] : [];
  return view([container(text(...factLines(facts)), ...below)]);
}

/** The answer to `/workspace unmap`. */
export function unmappedView({ channelId }: Workspace): View {
  const line = `${ICONS.log} <#${channelId}> is not recorded any more. What was recorded stays, and no rule maps it again.`;
  return view([container(text(line, '-# `/workspace map` starts again.'))]);
}

/** Workspaces on one page of a list. */
const PAGE = 15;

/** `/workspace list`. `page` counts from 0; one that is beyond the end is the last. */
export function workspaceList(
  workspaces: readonly Workspace[],
  skipped: readonly SkippedChannel[],
  page: number,
): View {
  const pages = Math.max(1, Math.ceil(workspaces.length / PAGE));
  const current = Math.min(Math.max(0, page), pages - 1);
  const lines = workspaces.slice(current * PAGE, (current + 1) * PAGE).map(listLine);
  const title = `${ICONS.log} **${count(workspaces.length, 'workspace')}**`;
  const empty = 'None yet. `/workspace map` makes a channel one; so do rules in the config file.';
  const below = skipped.length > 0 ? [rule(), text(...skippedLines(skipped))] : [];
  const turnTo = (target: number) => `workspace:list:${target}`;
  const turns = pager({
    name: 'workspace',
    label: `${current + 1}/${pages}`,
    previous: current > 0 ? turnTo(current - 1) : null,
    next: current < pages - 1 ? turnTo(current + 1) : null,
  });
  return view([
    container(text(title, ...(lines.length > 0 ? lines : [empty])), ...below, ...(pages > 1 ? [turns] : [])),
  ]);
}

function listLine(workspace: Workspace): string {
  const { channelId, type, coordinator, mappedBy, unmappedAt } = workspace;
  if (unmappedAt !== null) return `- <#${channelId}> · ${type} · unmapped ${timestamp(unmappedAt, 'R')}`;
  const by = mappedBy === 'rule' ? 'by rule' : 'by command';
  return `- <#${channelId}> · ${type}${coordinates(coordinator)} · ${by}`;
}

function factLines(facts: WorkspaceFacts): string[] {
  const { channelId, workspace, obstacle, mute, silent, rules, ownersOnly, enabled } = facts;
  const { asksTooOpenly, reportsTooOpenly, unfitExchange, report, retention, unpingable, set } = facts;
  const troubles = [
    enabled ? null : '⚠ Nothing is recorded at the moment: `work_logs.enabled` is false in the config file.',
    obstacle === null ? null : `⚠ It is not recorded: ${obstacle}.`,
    mute ? '⚠ I cannot say so in the channel: grant my role “Send Messages” there.' : null,
    silent ? '⚠ Nobody in the channel is told so: `work_logs.silent` is true in the config file.' : null,
    asksTooOpenly
      ? '⚠ Some who see the channel for decisions may not see this one: they are asked for here.'
      : null,
    reportsTooOpenly
      ? '⚠ Some who see the channel for reports may not see this one: they are posted here.'
      : null,
    unfitExchange && exchangeTrouble(unfitExchange),
    unpingable.length > 0
      ? `⚠ I cannot ping ${unpingable.map((id) => `<@&${id}>`).join(', ')}: let everyone mention the role, or grant mine “Mention @everyone”.`
      : null,
    ruleConflict(rules),
  ];
  const isRecorded = workspace?.unmappedAt === null;
  const reports = isRecorded && report ? [reportLine(report, workspace.settings)] : [];
  const kept = workspace && retention ? retentionLines(workspace, retention) : [];
  const origin = isRecorded ? [originLine(set)] : [];
  return [
    ...stateLines(channelId, workspace, ownersOnly),
    ...kept,
    ...reports,
    ...origin,
    ...troubles,
  ].filter((line) => line !== null);
}

/** What of the lines above a person set, by the names with which it is given back. */
function originLine(set: WorkspaceSettings): string {
  const options = Object.entries(SETTING_OPTIONS)
    .filter(([setting]) => set[setting as keyof typeof SETTING_OPTIONS] !== undefined)
    .map(([, option]) => `\`${option}\``);
  const hold = set.hold === undefined ? [] : [set.hold ? '`hold`' : '`hold off`'];
  const named = [...options, ...hold];
  if (named.length === 0)
    return '-# Nothing of it is set here: where, when and how long is as the config file says.';
  return `-# Set here: ${named.join(', ')}. Other days, times and channels are as the config file says; \`/workspace map reset:\` gives one back.`;
}

function exchangeTrouble({ channelId, isClosed }: NonNullable<WorkspaceFacts['unfitExchange']>): string {
  return isClosed
    ? '⚠ Bots are told here what others learned: `exchange.channel` in the config file is no text channel of this server in which I may ' +
        'write. Correct it, or grant my role “View Channel” and “Send Messages” there.'
    : `⚠ Some who see <#${channelId}> may not see this one: bots are told here what others learned. Hide that channel from them to change it.`;
}

function stateLines(channelId: string, workspace: Workspace | undefined, ownersOnly: boolean): string[] {
  if (!workspace)
    return [`${ICONS.log} <#${channelId}> is no workspace.`, '-# `/workspace map` makes it one.'];
  const { type, coordinator, owners, mappedBy, mappedAt, unmappedAt, settings } = workspace;
  const title = `${ICONS.log} **<#${channelId}>** · ${type}${coordinates(coordinator)}`;
  if (unmappedAt !== null)
    return [title, `Unmapped ${timestamp(unmappedAt, 'R')}: what was recorded until then stays.`];
  const by = mappedBy === 'rule' ? 'a rule of the config file' : '`/workspace map`';
  return [
    title,
    `Recorded since ${timestamp(mappedAt, 'f')}, mapped by ${by}`,
    `Read by: ${readersOf(owners, ownersOnly)}`,
    ...settingLines(settings),
  ];
}

function settingLines({ escalationChannelId, secondOwner }: WorkspaceSettings): string[] {
  return [
    ...(escalationChannelId ? [`Decisions are asked for in <#${escalationChannelId}>`] : []),
    ...(secondOwner ? [`Reminded too, after a day: ${ownerMention(secondOwner)}`] : []),
  ];
}

/** `Reports at 08:00 (Europe/Berlin) in #morning, the next tomorrow`. */
function reportLine(
  { when, timezone, next }: NonNullable<WorkspaceFacts['report']>,
  { summaryChannelId }: WorkspaceSettings,
): string {
  if (when === 'off') return 'No reports; `/summary` gives one at any time';
  const isClock = /^\d{1,2}:\d\d$/.test(when);
  const where = summaryChannelId ? ` in <#${summaryChannelId}>` : '';
  const soon = next === null ? '' : `, the next ${timestamp(next, 'R')}`;
  return `Reports ${isClock ? `at ${when}` : `by \`${shown(when, 100)}\``} (${shown(timezone, 60)})${where}${soon}`;
}

function ruleConflict(rules: readonly WorkspaceRule[]): string | null {
  const [first, ...others] = rules;
  if (!first || others.length === 0) return null;
  const names = others.map(({ match }) => `“${shown(match, 100)}”`).slice(0, 10);
  return `⚠ Several rules match its name: “${shown(first.match, 100)}” counts, because it comes first; ${names.join(', ')} too.`;
}

/** So many are named. */
const SKIPPED_MAX = 10;

/** A heading, then a line for each. */
export function skippedLines(skipped: readonly SkippedChannel[]): string[] {
  const named = skipped.slice(0, SKIPPED_MAX).map(({ name, reason }) => `- #${shown(name, 100)}: ${reason}`);
  const more = skipped.length - named.length;
  return [
    `⚠ Not recorded, although ${skipped.length === 1 ? 'it should be' : 'they should be'}:`,
    ...named,
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

function coordinates(coordinator: string | null): string {
  return coordinator === null ? '' : ` · ${shown(coordinator, 40)} coordinates`;
}

/** So many owners are named. */
const OWNERS_MAX = 10;

export function readersOf(owners: readonly Owner[], ownersOnly: boolean): string {
  if (!ownersOnly || owners.includes('everyone')) return 'Everyone who can read the channel';
  if (owners.length === 0) return "The server's owner";
  const more = owners.length - OWNERS_MAX;
  return [...owners.slice(0, OWNERS_MAX).map(ownerMention), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function ownerMention(owner: Owner): string {
  const [kind, id] = owner.split(':');
  return kind === 'role' ? `<@&${id}>` : `<@${id}>`;
}
