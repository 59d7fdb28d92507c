import type { App } from '../app.ts';
import { composeEscalation } from './escalation-messages.ts';
import type { Compose } from './outbox.ts';
import { composeRefusal } from './refusals.ts';
import { composeReport } from './report.ts';

/** Composes what the outbox holds the subject of. */
export function createComposer(app: App): Compose {
  return async (subject) => {
    if (subject.kind === 'report') return composeReport(app, subject);
    if (subject.kind === 'refusal') return composeRefusal(app, subject);
    return composeEscalation(app, subject);
  };
}
