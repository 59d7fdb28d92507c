import type { Author } from '../domain/author.ts';
import { changed } from '../domain/escalation-changes.ts';
import type { EscalationStep, Occasion } from '../domain/escalation-changes.ts';
import { heldUntil } from '../domain/escalation-times.ts';
import type { Escalation, EscalationEvent, EscalationRules } from '../domain/escalation.ts';
import type { WorkspaceType } from '../domain/workspace.ts';
import { changingValues, CHANGING_COLUMNS, ESCALATIONS, toEscalation } from './escalation-row.ts';
import type { EscalationRow } from './escalation-row.ts';
import type { Db } from './sqlite.ts';

/** Reading and changing escalations one at a time, inside a transaction of the caller's. */
export interface EscalationRows {
  get(id: number): Escalation | null;
  /** Takes a step, if the state allows it: the row and its event. Null when it does not. */
  change(before: Escalation, step: EscalationStep, occasion: StepOccasion): Escalation | null;
  /** Writes what changed beside the state, such as texts that grew. No event tells of it. */
  write(escalation: Escalation): void;
  /** Adds the first event. */
  note(id: number, event: EscalationEvent): void;
  authorId(author: Author): number;
  alerts(workspaceId: number): boolean;
  /** Until when people may not be pinged for it, by the clock of its server; null: they may. */
  heldUntil(escalation: Escalation, at: number): number | null;
}

export interface StepOccasion extends Pick<Occasion, 'at' | 'by' | 'reason'> {
  /** Of the interaction by which a person does it. */
  interactionId?: string | undefined;
}

export function prepareEscalationRows(db: Db, rules: EscalationRules): EscalationRows {
  const get = db.prepare<[number], EscalationRow>(`${ESCALATIONS} WHERE x.id = ?`);
  const typeOf = db.prepare<[number], WorkspaceType>('SELECT type FROM workspaces WHERE id = ?').pluck();
  const timezoneOf = db
    .prepare<[number], string | null>(
      'SELECT g.timezone FROM workspaces w JOIN guilds g ON g.guild_id = w.guild_id WHERE w.id = ?',
    )
    .pluck();
  const author = db
    .prepare<[string, string, string], number>(`
      INSERT INTO authors (key, name, kind) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET key = key RETURNING id`)
    .pluck();
  const update = db.prepare<[Record<string, string | number | null>]>(`
    UPDATE escalations SET state_by = :state_by, ${CHANGING_COLUMNS.map((column) => `${column} = :${column}`).join(', ')}
    WHERE id = :id AND version = :was`);
  const add = db.prepare<[number, number, string, number, number | null, string | null, string | null]>(
    'INSERT INTO escalation_events VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const authorId = ({ key, name, kind }: Author) => author.get(key, name, kind)!;
  const alerts = (workspaceId: number) => rules.alerts[typeOf.get(workspaceId)!];
  const write = (escalation: Escalation, was: number) => {
    const { id, stateBy } = escalation;
    const state_by = stateBy && authorId(stateBy);
    const { changes } = update.run({ ...changingValues(escalation), state_by, id, was });
    if (changes !== 1) throw new Error(`Escalation ${id} is no longer at version ${was}.`);
  };
  const note = (id: number, { version, kind, at, by, reason }: EscalationEvent, interactionId?: string) => {
    add.run(id, version, kind, at, by && authorId(by), reason, interactionId ?? null);
  };
  return {
    get(id) {
      const row = get.get(id);
      return row ? toEscalation(row) : null;
    },
    change(before, step, { interactionId, ...occasion }) {
      const result = changed(before, step, { ...occasion, rules, alerts: alerts(before.workspaceId) });
      if (result === null) return null;
      write(result.escalation, before.version);
      note(before.id, result.event, interactionId);
      return result.escalation;
    },
    write: (escalation) => write(escalation, escalation.version),
    note,
    authorId,
    alerts,
    heldUntil(escalation, at) {
      const timezone = timezoneOf.get(escalation.workspaceId) ?? rules.timezone;
      return heldUntil(at, escalation, { ...rules, timezone });
    },
  };
}
