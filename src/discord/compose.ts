import type { App } from '../app.ts';
import { composeEscalation } from './escalation-messages.ts';
import type { Compose } from './outbox.ts';

/** Composes what the outbox holds the subject of. */
export function createComposer(app: App): Compose {
  return async (subject) => (subject.kind === 'report' ? null : composeEscalation(app, subject));
}
