import type { EscalationCore } from './escalation-core.ts';
import { prepareNoteDigest } from './escalation-digest.ts';
import type { AfterSent } from './outbox.ts';
import type { OutboxSubject } from './store.ts';

/** What follows for an escalation once something of it is in Discord. */
export function prepareAfterSent({ db, rows, posts }: EscalationCore): AfterSent {
  const noteDigest = prepareNoteDigest(db);
  return (subject, card, at) => {
    if (subject.kind === 'escalation-digest') return noteDigest(subject.workspaceId, card, at);
    if (!isOfEscalation(subject)) return undefined;
    const escalation = rows.get(subject.id);
    if (!escalation) return undefined;
    if (subject.kind === 'escalation-card') {
      const quietUntil = subject.ping ? null : (rows.heldUntil(escalation, at) ?? at);
      rows.change(escalation, { kind: 'announce', card, quietUntil }, { at, by: null });
    }
    if (subject.kind === 'escalation-answer') {
      const resolved = rows.change(escalation, { kind: 'resolve' }, { at, by: null });
      if (resolved) posts.update(resolved, at);
    }
    return undefined;
  };
}

function isOfEscalation(
  subject: OutboxSubject,
): subject is Extract<OutboxSubject, { kind: `escalation-${string}`; id: number }> {
  return subject.kind.startsWith('escalation-') && 'id' in subject;
}
