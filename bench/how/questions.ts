import { z } from 'zod';
import { conversation, readAs } from '../../sandbox/replay/conversations.ts';
import type { Conversation } from '../../sandbox/replay/conversations.ts';

/** A conversation, and what somebody who read it says went wrong in it. */
export interface Annotated extends Conversation {
  /** The message at fault, from 0, why it is, and whose fault; absent where nobody said. */
  failure?: { step: number; reason: string; agent?: string | undefined } | undefined;
}

const annotated = conversation
  .extend({
    failure: z
      .object({ step: z.int().nonnegative(), reason: z.string(), agent: z.string().optional() })
      .nullish()
      .transform((failure) => failure ?? undefined),
  })
  .refine(({ failure, messages }) => !failure || failure.step < messages.length, {
    path: ['failure', 'step'],
    error: 'must be the index of one of the messages',
  });

/**
 * Reads conversations with their annotations, one JSON object per line.
 * @throws InputError for a file that cannot be read, a line that is not such a conversation, or a file without any
 */
export function readAnnotated(file: string): Annotated[] {
  return readAs(annotated, file);
}
