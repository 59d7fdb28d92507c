import { isBot } from '../domain/author.ts';
import { answerOf, DECISION_SCHEMA } from '../domain/escalation-answer.ts';
import type { Escalation } from '../domain/escalation.ts';
import { prepareSave } from './artifacts.ts';
import type { Db } from './sqlite.ts';

/** The person's entry that a decision is. */
export interface DecisionEntry {
  messageId: string;
  part: number;
}

/** Hands the answer over to the agent as data, inside the transaction that gives it; nothing where a person asked. */
export type HandOver = (escalation: Escalation, decided: DecisionEntry | null, at: number) => void;

export function prepareHandOver(db: Db): HandOver {
  const save = prepareSave(db);
  return (escalation, source, at) => {
    const { answerTo, workspaceId, sessionId, reason } = escalation;
    if (!isBot(answerTo)) return;
    const content = { ...answerOf(escalation), reason };
    const parties = { producer: 'work-logs', consumer: answerTo.name };
    save(
      { workspaceId, sessionId, source, workflowId: null, schema: DECISION_SCHEMA, ...parties, content },
      at,
    );
  };
}
