import { isBot } from '../domain/author.ts';
import { answerOf, DECISION_SCHEMA } from '../domain/escalation-answer.ts';
import type { Escalation } from '../domain/escalation.ts';
import { prepareSave } from './artifacts.ts';
import { prepareOthers } from './escalation-others.ts';
import type { Db } from './sqlite.ts';

/** Hands the answer over as data to every agent that asked, inside the transaction that gives it; to no person. */
export type HandOver = (escalation: Escalation, decidedBy: { messageId: string } | null, at: number) => void;

export function prepareHandOver(db: Db): HandOver {
  const save = prepareSave(db);
  const others = prepareOthers(db);
  return (escalation, decidedBy, at) => {
    const { answerTo, workspaceId, sessionId, reason } = escalation;
    const agents = [answerTo, ...others(escalation)].filter(isBot);
    const content = { ...answerOf(escalation), reason };
    for (const [part, { name: consumer }] of agents.entries()) {
      const source = decidedBy && { messageId: decidedBy.messageId, part };
      const from = { workspaceId, sessionId, source, workflowId: null, schema: DECISION_SCHEMA };
      save({ ...from, producer: 'work-logs', consumer, content }, at);
    }
  };
}
