import { decisionDraft } from '../domain/escalation-answer.ts';
import type { Decision, Escalation, EscalationAction, EscalationActor } from '../domain/escalation.ts';
import type { EscalationOutcome } from '../domain/escalation.ts';
import type { AddedStep, AddStep } from './add-step.ts';
import { prepareHandOver } from './escalation-answer.ts';
import type { EscalationCore } from './escalation-core.ts';

/** {@link EscalationStore.act}, synchronously. */
export type Act = (
  id: number,
  action: EscalationAction,
  actor: EscalationActor,
  at: number,
) => { outcome: EscalationOutcome | null; added: AddedStep | null };

export function prepareAct({ db, rows, posts }: EscalationCore, steps: AddStep): Act {
  const isDone = db
    .prepare<[number, string], 1>(
      'SELECT 1 FROM escalation_events WHERE escalation = ? AND interaction_id = ?',
    )
    .pluck();
  const handOver = prepareHandOver(db);
  const act = db.transaction((id: number, action: EscalationAction, actor: EscalationActor, at: number) => {
    const before = rows.get(id);
    if (!before) return { outcome: null, added: null };
    const { interactionId, author: by } = actor;
    if (isDone.get(id, interactionId)) return told('done', before);
    const after = rows.change(before, action, { at, by, interactionId });
    if (!after) return told('refused', before);
    if (action.kind === 'reopen') posts.withdraw(id);
    const added = action.kind === 'decide' ? decide(after, action.decision, actor, at) : null;
    posts.update(after, at);
    return { ...told('done', after), added };
  });
  return (...args) => {
    const result = act.immediate(...args);
    if (result.added) steps.adopt(result.added);
    return result;
  };

  function decide(
    after: Escalation,
    decision: Decision,
    actor: EscalationActor,
    at: number,
  ): AddedStep | null {
    const { interactionId, author: by } = actor;
    const draft = decisionDraft(after, { interactionId, by, decision, at });
    const added = steps.insert(after.sessionId, draft);
    handOver(after, draft, at);
    posts.answer(after, at);
    return added;
  }
}

function told(kind: EscalationOutcome['kind'], escalation: Escalation) {
  return { outcome: { kind, escalation }, added: null };
}
