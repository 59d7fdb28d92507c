import { KEEP_ALL } from '../../src/domain/policy.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { WorkLogManager } from '../../src/domain/work-log-manager.ts';

export const START = Date.UTC(2026, 1, 12, 9);

/** Keeps everything, and minds how sure somebody is. */
export const POLICY: Policy = {
  ...KEEP_ALL,
  confidenceThreshold: 0.7,
  insights: { minConfidence: 0.85, categories: ['user_preference', 'tool_pattern', 'research_finding'] },
};

/** A manager with a clock of its own, which stands still unless it is set. */
export function testManager(policy: Policy = POLICY) {
  const clock = { at: START };
  let sessions = 0;
  const manager = new WorkLogManager({
    policy,
    now: () => clock.at,
    newSessionId: (workspaceId) => `${workspaceId}-${(sessions += 1)}`,
  });
  return { manager, clock };
}
