import type { Escalation, EscalationRules } from '../domain/escalation.ts';
import { concernsSecondOwner, PING_WINDOW } from '../domain/escalation-times.ts';
import type { Enqueue } from './outbox.ts';
import type { Db } from './sqlite.ts';
import type { OutboxSubject } from './store.ts';

/** What is said of escalations, as rows of the outbox. Called inside the transaction that gives the reason to say it. */
export interface Posts {
  /** When people may be asked in this workspace again; null: now. */
  busyUntil(workspaceId: number, at: number): number | null;
  /** Queues its card, which counts as asking. */
  card(escalation: Escalation, ping: boolean, at: number): void;
  /** Queues a reminder, which counts as asking. */
  reminder(escalation: Escalation, at: number): void;
  answer(escalation: Escalation, at: number): void;
  /** Lets the card say how it stands, if it has one. */
  update(escalation: Escalation, at: number): void;
  /** Tells how many more wait than people were asked for. */
  digest(workspaceId: number, at: number): void;
  /** Takes back what is not sent yet. */
  withdraw(escalationId: number): void;
  /** True while its card waits to be sent. */
  isOnItsWay(escalation: Escalation): boolean;
}

/** A digest that has been posted is edited after so long, in ms: of two hundred in a minute it tells in a few edits. */
const DIGEST_DELAY = 10_000;

export function preparePosts(db: Db, enqueue: Enqueue, rules: EscalationRules): Posts {
  const due = db
    .prepare<[string], number>('SELECT count(*) FROM outbox WHERE subject = ? AND due_at IS NOT NULL')
    .pluck();
  const withdraw = db.prepare<[number]>(`
    UPDATE outbox SET due_at = iif(tried_at IS NULL, NULL, due_at), error = 'withdrawn'
    WHERE subject IS NOT NULL AND due_at IS NOT NULL AND subject ->> 'kind' LIKE 'escalation-%' AND subject ->> 'id' = ?`);
  const digestAt = db
    .prepare<[number], number>('SELECT at FROM escalation_digests WHERE workspace_id = ?')
    .pluck();
  const { busyUntil, spend } = preparePings(db, rules);
  const waiting = (subject: OutboxSubject) => due.get(JSON.stringify(subject))!;
  // One may be on the wire already, with what was true before: a second one follows it, a third would say nothing new.
  const once = (subject: OutboxSubject, at: number) => {
    if (waiting(subject) < 2) enqueue({ subject }, at);
  };
  return {
    busyUntil,
    card(escalation, ping, at) {
      spend(escalation.workspaceId, at);
      enqueue({ subject: cardOf(escalation, ping) }, at);
    },
    reminder(escalation, at) {
      const { id, version, workspaceId } = escalation;
      spend(workspaceId, at);
      const second = concernsSecondOwner(escalation, at, rules);
      enqueue({ subject: { kind: 'escalation-reminder', id, version, second } }, at);
    },
    answer({ id, version }, at) {
      enqueue({ subject: { kind: 'escalation-answer', id, version } }, at);
    },
    update({ id, carded }, at) {
      if (carded) once({ kind: 'escalation-update', id }, at);
    },
    digest(workspaceId, at) {
      const before = digestAt.get(workspaceId);
      const isPosted = before !== undefined && at - before < PING_WINDOW;
      once({ kind: 'escalation-digest', workspaceId }, isPosted ? at + DIGEST_DELAY : at);
    },
    withdraw: (id) => void withdraw.run(id),
    isOnItsWay: (escalation) => [true, false].some((ping) => waiting(cardOf(escalation, ping)) > 0),
  };
}

function cardOf({ id }: Escalation, ping: boolean): OutboxSubject {
  return { kind: 'escalation-card', id, ping };
}

/** How often people of a workspace were asked within an hour. */
function preparePings(db: Db, { maxPingsPerHour }: EscalationRules) {
  const latest = db
    .prepare<[number, number, number], number>(`
      SELECT at FROM escalation_pings WHERE workspace_id = ? AND at > ? ORDER BY at DESC LIMIT ?`)
    .pluck();
  const add = db.prepare<[number, number]>('INSERT INTO escalation_pings VALUES (?, ?)');
  const forget = db.prepare<[number, number]>(
    'DELETE FROM escalation_pings WHERE workspace_id = ? AND at <= ?',
  );
  return {
    busyUntil(workspaceId: number, at: number): number | null {
      const times = latest.all(workspaceId, at - PING_WINDOW, maxPingsPerHour);
      return times.length < maxPingsPerHour ? null : times.at(-1)! + PING_WINDOW;
    },
    spend(workspaceId: number, at: number): void {
      forget.run(workspaceId, at - PING_WINDOW);
      add.run(workspaceId, at);
    },
  };
}
