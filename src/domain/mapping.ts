import { matchingRules } from './workspace.ts';
import type { Owner, Workspace, WorkspaceRule } from './workspace.ts';

/** A channel as the rules look at it. */
export interface CandidateChannel {
  name: string;
  /** The bot can view it and read its history. */
  readable: boolean;
}

/** What has to happen so that a channel is mapped as the rules say; null: nothing. */
export type MappingChange = { kind: 'map'; rule: WorkspaceRule } | { kind: 'unmap' } | null;

/**
 * The rules' verdict on one channel. The first rule that matches counts; what a person ordered is left alone for good; a channel
 * that cannot be read is not newly mapped; one that no rule matches any longer stops being recorded.
 */
export function changeFor(
  channel: CandidateChannel,
  rules: readonly WorkspaceRule[],
  existing: Workspace | undefined,
): MappingChange {
  if (existing?.mappedBy === 'command') return null;
  const rule = matchingRules(rules, channel.name)[0];
  const recorded = existing !== undefined && existing.unmappedAt === null;
  if (!rule) return recorded ? { kind: 'unmap' } : null;
  if (recorded && followsRule(existing, rule)) return null;
  return channel.readable ? { kind: 'map', rule } : null;
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
