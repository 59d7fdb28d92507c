import { isBot } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import { answerOf, DECISION_SCHEMA } from '../domain/escalation-answer.ts';
import type { Escalation } from '../domain/escalation.ts';
import { prepareSave } from './artifacts.ts';
import type { Db } from './sqlite.ts';

/** Hands the answer over as data to every agent that asked, inside the transaction that gives it; to no person. */
export type HandOver = (escalation: Escalation, decidedBy: { messageId: string } | null, at: number) => void;

export function prepareHandOver(db: Db): HandOver {
  const save = prepareSave(db);
  const others = db.prepare<[number, string], Author>(`
    SELECT DISTINCT a.key, a.name, a.kind FROM escalations x JOIN authors a ON a.id = x.answer_to
    WHERE x.merged_into = ? AND a.key <> ? ORDER BY a.id`);
  return (escalation, decidedBy, at) => {
    const { id, answerTo, workspaceId, sessionId, reason } = escalation;
    const agents = [answerTo, ...others.all(id, answerTo.key)].filter(isBot);
    const content = { ...answerOf(escalation), reason };
    for (const [part, { name: consumer }] of agents.entries()) {
      const source = decidedBy && { messageId: decidedBy.messageId, part };
      const from = { workspaceId, sessionId, source, workflowId: null, schema: DECISION_SCHEMA };
      save({ ...from, producer: 'work-logs', consumer, content }, at);
    }
  };
}
