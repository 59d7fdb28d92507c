import type { App } from '../app.ts';
import { composeEscalation } from './escalation-messages.ts';
import { composeReport } from './report.ts';
import type { Compose } from './outbox.ts';

/** Composes what the outbox holds the subject of. */
export function createComposer(app: App): Compose {
  return async (subject) =>
    subject.kind === 'report' ? composeReport(app, subject) : composeEscalation(app, subject);
}
