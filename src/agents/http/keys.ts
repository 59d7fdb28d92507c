import { createHash } from 'node:crypto';
import { AgentError } from '../errors.ts';

/** How many keys are remembered. Without that, the call still has no effect twice: what it said first stays. */
const KEPT = 10_000;
const KEY_MAX = 200;

export interface Named {
  botKey: string;
  /** The key of the call, as its caller gave it; undefined: none. */
  given: string | undefined;
  /** The function, and what the call says: the same key means the same call. */
  said: readonly (Uint8Array | string)[];
}

/**
 * Makes a call under its key; null where there is none. What is refused has changed nothing: its key is free for the call as it was meant.
 *
 * @param call refuses with an AgentError
 * @throws AgentError for a key that is none, or was given to another call before
 */
export type Keys = <T>(named: Named, call: (key: string | null) => Promise<T>) => Promise<T>;

/** What a key was given to. */
interface Use {
  digest: string;
  /** How many calls are under way. */
  calls: number;
  /** One of them was not refused. */
  hadEffect: boolean;
}

export function createKeys(): Keys {
  const uses = new Map<string, Use>();
  return async ({ botKey, given, said }, call) => {
    if (given === undefined) return call(null);
    const key = given.trim();
    if (key === '' || key.length > KEY_MAX)
      throw new AgentError('bad_request', `Idempotency-Key has 1 to ${KEY_MAX} characters.`);
    const name = `${botKey} ${key}`;
    const digest = digestOf(said);
    const use = uses.get(name) ?? { digest, calls: 0, hadEffect: false };
    if (use.digest !== digest)
      throw new AgentError(
        'key_reused',
        'This Idempotency-Key was used for another request. Each request needs its own.',
      );
    if (uses.size >= KEPT) uses.delete(uses.keys().next().value!);
    uses.set(name, use);
    use.calls += 1;
    try {
      const answer = await call(key);
      use.hadEffect = true;
      return answer;
    } catch (error) {
      use.hadEffect ||= !isRefusal(error);
      throw error;
    } finally {
      use.calls -= 1;
      if (use.calls === 0 && !use.hadEffect) uses.delete(name);
    }
  };
}

function digestOf(parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('base64');
}

/** Else it may have been recorded, and nobody got to know. */
function isRefusal(error: unknown): boolean {
  return error instanceof AgentError && error.status < 500;
}
