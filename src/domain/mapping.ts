import type { Owner, Workspace, WorkspaceRule, WorkspaceSettings, WorkspaceType } from './workspace.ts';

/** A channel as the rules look at it. */
export interface CandidateChannel {
  /** The first rule that matches its name. */
  rule: WorkspaceRule | undefined;
  /** The bot can view it and read its history. */
  readable: boolean;
}

/** What has to happen so that a channel is mapped as the rules say; null: nothing. */
export type MappingChange = { kind: 'map'; rule: WorkspaceRule } | { kind: 'unmap' } | null;

/**
 * The rules' verdict on one channel. What a person ordered is left alone for good; a channel that cannot be read is not newly
 * mapped; one that no rule matches any longer stops being recorded.
 */
export function changeFor(
  { rule, readable }: CandidateChannel,
  existing: Workspace | undefined,
): MappingChange {
  if (existing?.mappedBy === 'command') return null;
  const recorded = existing !== undefined && existing.unmappedAt === null;
  if (!rule) return recorded ? { kind: 'unmap' } : null;
  if (recorded && followsRule(existing, rule)) return null;
  return readable ? { kind: 'map', rule } : null;
}

/** What a person says of a channel. What they do not name is absent; a key that is there and undefined is given back to the config file. */
export interface Order {
  type?: WorkspaceType | undefined;
  /** Null: nobody. */
  coordinator?: string | null | undefined;
  owners?: Owner[] | undefined;
  settings?: WorkspaceSettings;
}

/**
 * How a channel is mapped by a person's order: what it does not name stays as it is while the channel is recorded, and is else as the
 * config file says. Only a hold outlives an unmapping. A channel stays its rule's while nothing is named that a rule must say, and
 * what is given back to the rule is. Null: nobody says of what type it is.
 *
 * @param existing what is known of it, with those settings alone that were set by command
 */
export function orderedMapping(
  { settings, ...named }: Order,
  existing: Workspace | undefined,
  rule: WorkspaceRule | undefined,
): Pick<Workspace, 'type' | 'coordinator' | 'owners' | 'mappedBy' | 'settings'> | null {
  const recorded = existing?.unmappedAt === null ? existing : undefined;
  const wanted = { ...recorded, ...named };
  const { type = rule?.type, coordinator = rule?.coordinator ?? null, owners = rule?.owners ?? [] } = wanted;
  if (type === undefined) return null;
  const isUntouched = Object.values(named).every((value) => value === undefined);
  const mappedBy = recorded && isUntouched ? recorded.mappedBy : 'command';
  const before = recorded?.settings ?? holdOf(existing);
  return { type, coordinator, owners, mappedBy, settings: { ...before, ...settings } };
}

function holdOf(existing: Workspace | undefined): WorkspaceSettings {
  const { hold } = existing?.settings ?? {};
  return hold === undefined ? {} : { hold };
}

function followsRule(workspace: Workspace, rule: WorkspaceRule): boolean {
  return (
    workspace.type === rule.type &&
    workspace.coordinator === (rule.coordinator ?? null) &&
    sameOwners(workspace.owners, rule.owners ?? [])
  );
}

function sameOwners(a: readonly Owner[], b: readonly Owner[]): boolean {
  return a.length === b.length && a.every((owner, index) => owner === b[index]);
}
