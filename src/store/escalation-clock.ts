import { nextLook } from '../domain/escalation-changes.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { EscalationCore } from './escalation-core.ts';

/**
 * What follows when the clock of a server is set anew by `change`: what waits there for the end of the quiet hours waits for it by the
 * new clock. Called inside a transaction.
 */
export function prepareFollowClock({
  db,
  rows,
}: Pick<EscalationCore, 'db' | 'rows'>): (guildId: string, now: number, change: () => void) => void {
  // Until when somebody put one off is their own choice.
  const waiting = db
    .prepare<[string, number], number>(`
      SELECT x.id FROM escalations x JOIN workspaces w ON w.id = x.workspace_id
      WHERE w.guild_id = ? AND x.closed_at IS NULL AND x.state <> 'snoozed' AND x.wake_at > ?`)
    .pluck();
  const isHeld = (escalation: Escalation) =>
    rows.heldUntil(escalation, escalation.wakeAt! - 1) === escalation.wakeAt;
  return (guildId, now, change) => {
    const held = waiting
      .all(guildId, now)
      .map((id) => rows.get(id)!)
      .filter(isHeld);
    change();
    for (const escalation of held) {
      const wakeAt = rows.heldUntil(escalation, now) ?? now;
      rows.write({ ...escalation, wakeAt, nextAt: nextLook({ ...escalation, wakeAt }) });
    }
  };
}
