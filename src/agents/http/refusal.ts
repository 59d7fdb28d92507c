import { randomUUID } from 'node:crypto';
import { UserError } from '../../errors.ts';
import type { Doors } from '../doors.ts';
import { AgentError } from '../errors.ts';

/** What is not the caller's fault is logged once, with an id that the caller is told. */
export function refusalOf(error: unknown, { app }: Pick<Doors, 'app'>): AgentError {
  if (error instanceof AgentError) return error;
  if (error instanceof UserError || (error as Error).name === 'UserError')
    return new AgentError('invalid', (error as Error).message);
  if ((error as Error).name === 'AbortError') return new AgentError('unavailable', 'The door is closing.');
  const id = randomUUID();
  app.log.error({ err: error, id }, 'A call of an agent failed.');
  return new AgentError(
    'failed',
    `Something is broken here, not in your request (${id}). Nothing of it may have been recorded: try again with the same Idempotency-Key.`,
  );
}
