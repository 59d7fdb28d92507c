import picomatch from 'picomatch';
import { matchingRules } from '../domain/workspace.ts';
import type { WorkspaceRule } from '../domain/workspace.ts';

/**
 * Names every pair of rules that claims one channel: the same pattern twice, or a plain name that the other's glob matches as well.
 * Two globs may overlap: which channels they both match shows only when such a channel exists, and then the first one wins.
 */
export function describeConflicts(rules: readonly WorkspaceRule[]): string[] {
  return rules.flatMap((rule, index) =>
    rules
      .slice(index + 1)
      .filter((other) => claimsSameChannel(rule, other))
      .map((other) => {
        const first = `workspaces[${index}] ("${rule.match}")`;
        const second = `workspaces[${rules.indexOf(other)}] ("${other.match}")`;
        return `${first} and ${second} are two rules for one channel: remove one, or make its pattern narrower`;
      }),
  );
}

function claimsSameChannel(a: WorkspaceRule, b: WorkspaceRule): boolean {
  if (a.match.toLowerCase() === b.match.toLowerCase()) return true;
  return (
    (isName(a) && matchingRules([b], a.match).length > 0) ||
    (isName(b) && matchingRules([a], b.match).length > 0)
  );
}

function isName(rule: WorkspaceRule): boolean {
  const { isGlob, negated } = picomatch.scan(rule.match) as { isGlob: boolean; negated: boolean };
  return !isGlob && !negated;
}
