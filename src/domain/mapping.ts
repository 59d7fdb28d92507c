import type { Owner, Workspace, WorkspaceRule } from './workspace.ts';

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
