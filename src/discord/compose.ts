import type { App } from '../app.ts';
import { composeEscalation } from './escalation-messages.ts';
import type { Compose } from './outbox-delivery.ts';
import { composeRefusal } from './refusals.ts';
import { composeInsights } from './insight-messages.ts';
import { composeReport } from './report.ts';

/** Composes what the outbox holds the subject of. */
export function createComposer(app: App): Compose {
  return async (subject) => {
    switch (subject.kind) {
      case 'report':
        return composeReport(app, subject);
      case 'refusal':
        return composeRefusal(app, subject);
      case 'insight-post':
      case 'insight-recall':
      case 'insights-waiting':
      case 'insights-former':
        return composeInsights(app, subject);
      default:
        return composeEscalation(app, subject);
    }
  };
}
