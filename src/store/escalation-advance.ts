import { nextLook } from '../domain/escalation-changes.ts';
import type { EscalationStep } from '../domain/escalation-changes.ts';
import type { Escalation } from '../domain/escalation.ts';
import { prepareHandOver } from './escalation-answer.ts';
import type { EscalationCore } from './escalation-core.ts';

/** A card that is on its way is looked for again after so long, in ms. */
const SOON = 60_000;

/** {@link EscalationStore.advance}, synchronously. */
export function prepareAdvance(core: EscalationCore): (now: number, limit: number) => number {
  const { db, rows } = core;
  const due = db
    .prepare<[number, number], number>(
      'SELECT id FROM escalations WHERE next_at <= ? ORDER BY next_at, id LIMIT ?',
    )
    .pluck();
  const time = prepareTime(core);
  return db.transaction((now: number, limit: number) => {
    const ids = due.all(now, limit);
    for (const id of ids) {
      const escalation = rows.get(id)!;
      const { timeoutAt, heldAt } = escalation;
      if (timeoutAt !== null && heldAt === null && timeoutAt <= now) time.out(escalation, now);
      else time.wake(escalation, now);
    }
    return ids.length;
  }).immediate;
}

function prepareTime({ db, rows, posts }: EscalationCore) {
  const handOver = prepareHandOver(db);
  const later = (escalation: Escalation, wakeAt: number) =>
    rows.write({ ...escalation, wakeAt, nextAt: nextLook({ ...escalation, wakeAt }) });
  return {
    /** Nobody answered in time, unless nobody could: then it gets its chance first. */
    out(escalation: Escalation, now: number): void {
      if (escalation.card === null && posts.isOnItsWay(escalation)) {
        rows.write({ ...escalation, nextAt: now + SOON });
        return;
      }
      const holds = escalation.onTimeout === 'hold';
      const after = rows.change(escalation, { kind: holds ? 'hold' : 'expire' }, { at: now, by: null })!;
      posts.update(after, now);
      if (holds) return;
      handOver(after, null, now);
      if (rows.alerts(after.workspaceId)) posts.answer(after, now);
    },

    /** Asks people again, or for the first time, as soon as they may be asked. */
    wake(escalation: Escalation, now: number): void {
      const { workspaceId, state } = escalation;
      const asks = rows.alerts(workspaceId);
      const busyUntil = asks ? posts.busyUntil(workspaceId, now) : null;
      const quiet = asks ? rows.heldUntil(escalation, now) : null;
      if (busyUntil !== null && (quiet === null || quiet <= now)) posts.digest(workspaceId, now);
      const wait = Math.max(busyUntil ?? 0, quiet ?? 0);
      if (wait > 0) {
        later(escalation, wait);
        return;
      }
      const step = stepFrom(state);
      if (step.kind === 'remind' && !escalation.carded) {
        posts.card(escalation, true, now);
        rows.write({
          ...escalation,
          carded: true,
          wakeAt: null,
          nextAt: nextLook({ ...escalation, wakeAt: null }),
        });
        return;
      }
      const after = rows.change(escalation, step, { at: now, by: null })!;
      if (asks && after.carded) posts.reminder(after, now);
      posts.update(after, now);
    },
  };
}

/** What time does to it. */
function stepFrom(state: Escalation['state']): EscalationStep {
  if (state === 'open') return { kind: 'remind' };
  if (state === 'snoozed') return { kind: 'wake' };
  return { kind: 'reopen', reason: 'It was acknowledged, and nobody has decided.' };
}
