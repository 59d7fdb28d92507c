import { isBot } from '../../domain/author.ts';
import type { Observation } from '../observation.ts';
import type { Part } from './dialect.ts';
import { textOf } from './text.ts';

/** Chat without a known format: everything it says is inferred, and nothing is added that was not said. */
export function readPlain(observation: Observation): Part[] {
  const message = textOf(observation);
  if (isBot(observation.author) && ESCALATION.test(message)) {
    return [{ level: 'coordination', category: 'escalation', message, origin: 'inferred', escalation: true }];
  }
  return [{ level: 'info', category: 'general', message, origin: 'inferred' }];
}

/** How agents announce in chat that they need a person. */
const ESCALATION = /^🚨\s*escalation\b/iu;
