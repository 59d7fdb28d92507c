import type { Escalation } from '../domain/escalation.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { AddStep } from './add-step.ts';
import type { Follower } from './entries.ts';
import { prepareAct } from './escalation-act.ts';
import { prepareAdvance } from './escalation-advance.ts';
import type { EscalationCore } from './escalation-core.ts';
import { prepareDigest } from './escalation-digest.ts';
import { prepareOthers } from './escalation-others.ts';
import { prepareRaiseByPerson } from './escalation-person.ts';
import { ESCALATIONS, toEscalation, toEvent } from './escalation-row.ts';
import type { EscalationRow, EventRow } from './escalation-row.ts';
import type { Db } from './sqlite.ts';
import type { Appended, EscalationStore, PlacedDraft } from './store.ts';

interface Others {
  steps: AddStep;
  index: Follower;
  append(drafts: PlacedDraft[], rules: RecordingRules): Promise<Appended>;
}

export function createEscalations(core: EscalationCore, others: Others): EscalationStore {
  const { steps, index } = others;
  const act = prepareAct(core, steps);
  const advance = prepareAdvance(core);
  const digest = prepareDigest(core.db);
  const raise = prepareRaiseByPerson(core, others);
  return {
    ...prepareReading(core.db),
    async raise(raised, rules) {
      return raise(raised, rules);
    },
    async act(id, action, actor, at) {
      const { outcome, added } = act(id, action, actor, at);
      if (added) index.follow(1);
      return outcome;
    },
    async digest(workspaceId, now) {
      return digest(workspaceId, now);
    },
    async advance(now, limit) {
      return advance(now, limit);
    },
  };
}

type Reading = Pick<EscalationStore, 'get' | 'byStep' | 'events' | 'othersAsking' | 'waiting' | 'during'>;

function prepareReading(db: Db): Reading {
  const get = db.prepare<[number], EscalationRow>(`${ESCALATIONS} WHERE x.id = ?`);
  const byStep = db.prepare<[string, number], EscalationRow>(
    `${ESCALATIONS} WHERE s.session_id = ? AND x.step = ?`,
  );
  const events = db.prepare<[number], EventRow>(`
    SELECT e.version, e.kind, e.at, a.key, a.name, a.kind AS author_kind, e.reason
    FROM escalation_events e LEFT JOIN authors a ON a.id = e.author_id WHERE e.escalation = ? ORDER BY e.version`);
  const waiting = db.prepare<[Record<string, unknown>], EscalationRow>(
    `${ESCALATIONS} WHERE x.id IN (
      SELECT id FROM escalations WHERE ${WAITS} ORDER BY raised_at, id LIMIT :limit OFFSET :offset
    ) ORDER BY x.raised_at, x.id`,
  );
  const total = db
    .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM escalations WHERE ${WAITS}`)
    .pluck();
  const during = db.prepare<[Record<string, unknown>], EscalationRow>(`
    ${ESCALATIONS} WHERE x.workspace_id = :workspaceId AND x.raised_at < :to AND x.merged_into IS NULL
      AND (x.closed_at IS NULL OR x.closed_at >= :from)
    ORDER BY x.raised_at, x.id LIMIT :limit`);
  const others = prepareOthers(db);
  return {
    get: async (id) => maybe(get.get(id)),
    byStep: async (sessionId, step) => maybe(byStep.get(sessionId, step)),
    events: async (id) => events.all(id).map(toEvent),
    async othersAsking(id) {
      const escalation = maybe(get.get(id));
      return escalation ? others(escalation) : [];
    },
    async waiting({ workspaceIds, ...page }) {
      const of = { workspaceIds: JSON.stringify(workspaceIds) };
      return {
        escalations: waiting.all({ ...of, ...page }).map(toEscalation),
        total: total.get(of)!,
      };
    },
    during: async (query) => during.all({ ...query }).map(toEscalation),
  };
}

/** Whatever has not ceased to wait does so: `closed_at` goes with the state. */
const WAITS = 'workspace_id IN (SELECT value FROM json_each(:workspaceIds)) AND closed_at IS NULL';

function maybe(row: EscalationRow | undefined): Escalation | null {
  return row ? toEscalation(row) : null;
}
