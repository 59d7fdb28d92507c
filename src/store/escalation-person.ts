import type { Escalation } from '../domain/escalation.ts';
import type { Author, AuthorKind } from '../domain/author.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { AddedStep, AddStep } from './add-step.ts';
import type { Follower } from './entries.ts';
import type { EscalationCore } from './escalation-core.ts';
import { ESCALATIONS, toEscalation } from './escalation-row.ts';
import type { EscalationRow } from './escalation-row.ts';
import type { Db } from './sqlite.ts';
import type { Appended, PlacedDraft, RaisedByPerson } from './store.ts';

interface Others {
  steps: AddStep;
  index: Follower;
  append(drafts: PlacedDraft[], rules: RecordingRules): Promise<Appended>;
}

/** {@link EscalationStore.raise}. */
export function prepareRaiseByPerson(core: EscalationCore, { steps, index, append }: Others) {
  const byMessage = core.db.prepare<[string], EscalationRow>(`${ESCALATIONS} WHERE x.message_id = ?`);
  const raiseAbout = prepareRaiseAbout(core, steps);
  return async (raised: RaisedByPerson, rules: RecordingRules): Promise<Escalation | null> => {
    const { about, ...placed } = raised;
    if (about === null) {
      if ((await append([placed], rules)).recorded === 0) return null;
    } else {
      const added = raiseAbout(raised, about);
      if (!added) return null;
      steps.adopt(added);
      index.follow(1);
    }
    return toEscalation(byMessage.get(raised.draft.messageId)!);
  };
}

interface AboutRow {
  key: string;
  name: string;
  kind: AuthorKind;
  messageId: string;
  deletedAt: number | null;
}

function prepareRaiseAbout({ db, raise, now }: EscalationCore, steps: AddStep) {
  const find = prepareAbout(db);
  const write = db.transaction(({ draft }: RaisedByPerson, about: { sessionId: string; step: number }) => {
    const step = find(about);
    const added = step && steps.insert(about.sessionId, draft);
    if (!added) return null;
    const { session, entry } = added;
    const { answerTo, replyToMessageId } = step;
    raise({ session, entry, answerTo, replyToMessageId }, Math.max(entry.at, now()));
    return added;
  });
  return (raised: RaisedByPerson, about: { sessionId: string; step: number }): AddedStep | null =>
    write.immediate(raised, about);
}

/** Whose step it is, and the message to reply to; null when the step is unknown or its workspace not recorded any more. */
function prepareAbout(db: Db) {
  const about = db.prepare<[string, number], AboutRow>(`
    SELECT a.key, a.name, a.kind, e.message_id AS messageId, e.deleted_at AS deletedAt
    FROM sessions s JOIN workspaces w ON w.id = s.workspace_id JOIN entries e ON e.session = s.id
      JOIN authors a ON a.id = e.author_id
    WHERE s.session_id = ? AND e.step = ? AND w.unmapped_at IS NULL`);
  return (step: {
    sessionId: string;
    step: number;
  }): { answerTo: Author; replyToMessageId: string | null } | null => {
    const row = about.get(step.sessionId, step.step);
    if (!row) return null;
    const { key, name, kind, messageId, deletedAt } = row;
    return { answerTo: { key, name, kind }, replyToMessageId: deletedAt === null ? messageId : null };
  };
}
