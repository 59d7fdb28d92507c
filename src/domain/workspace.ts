import picomatch from 'picomatch';

export const WORKSPACE_TYPES = ['open', 'project', 'direct', 'coordination'] as const;
export type WorkspaceType = (typeof WORKSPACE_TYPES)[number];

/** Who owns a workspace: `role:<id>`, `user:<id>` or `everyone`. Without any, the server's owner does. */
export type Owner = `role:${string}` | `user:${string}` | 'everyone';

/** `rule`: by a rule of the config file. `command`: by a person with /workspace map, which wins over any rule. */
export type MappedBy = 'rule' | 'command';

/** What may be set of one workspace beside what it is. An absent key is as the config file says, by rule or by type. */
export interface WorkspaceSettings {
  /** Escalations are announced there instead of in the workspace's own channel. */
  escalationChannelId?: string | undefined;
  /** Who is reminded too, when the owners have let an escalation wait for long. */
  secondOwner?: Owner | undefined;
  /** What is older is deleted; 0: nothing ever is. */
  retentionDays?: number | undefined;
  /** Nothing is deleted for its age, however old. */
  hold?: boolean | undefined;
  /** When the report is posted, as `HH:MM` by the clock of its server, a cron expression, or `off`. */
  summaryAt?: string | undefined;
  /** Reports are posted there instead of in the workspace's own channel. */
  summaryChannelId?: string | undefined;
}

/** The options of `/workspace map` that set them, as a person types them. A hold has a command of its own. */
export const SETTING_OPTIONS = {
  escalationChannelId: 'escalation-channel',
  secondOwner: 'second-owner',
  summaryAt: 'summary-at',
  summaryChannelId: 'summary-channel',
  retentionDays: 'retention-days',
} as const satisfies Record<Exclude<keyof WorkspaceSettings, 'hold'>, string>;

/** One mapped Discord channel. Threads belong to their parent's workspace. */
export interface Workspace {
  /** Small and dense; entry ids are built from it (see migrations). */
  id: number;
  guildId: string;
  channelId: string;
  /** The channel's name without `#`, as last seen. */
  name: string;
  type: WorkspaceType;
  /** Name of the bot that coordinates here. */
  coordinator: string | null;
  owners: Owner[];
  mappedBy: MappedBy;
  mappedAt: number;
  /** Set when it was unmapped: nothing is recorded any more, what was recorded stays. */
  unmappedAt: number | null;
  /** What was set by command or, as the bot hands workspaces on, by their rule; see {@link WorkspaceSettings}. */
  settings: WorkspaceSettings;
}

/** A rule of the config file: channels whose name matches become workspaces of this kind. */
export interface WorkspaceRule {
  /** Glob on the channel's name, e.g. `project-*`. Case does not matter. */
  match: string;
  type: WorkspaceType;
  coordinator?: string | undefined;
  owners?: Owner[] | undefined;
  /** What holds as long as nothing else is set by command. */
  settings?: WorkspaceSettings | undefined;
}

/** What holds of a workspace: what was set by command, or else what its rule says. */
export function settingsOf(own: WorkspaceSettings, rule: WorkspaceRule | undefined): WorkspaceSettings {
  const set = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...rule?.settings, ...Object.fromEntries(set) };
}

/** The rules whose glob matches the channel's name, in the order of the file. */
export function matchingRules(rules: readonly WorkspaceRule[], channelName: string): WorkspaceRule[] {
  return ruleFinder(rules)(channelName);
}

/** The same for many channels: a glob takes long to read and none to match. */
export function ruleFinder(rules: readonly WorkspaceRule[]): (channelName: string) => WorkspaceRule[] {
  const all = rules.map((rule) => ({ rule, matches: picomatch(rule.match, { nocase: true }) }));
  return (channelName) => all.filter(({ matches }) => matches(channelName)).map(({ rule }) => rule);
}
