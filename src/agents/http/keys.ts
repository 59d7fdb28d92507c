import { createHash } from 'node:crypto';
import { AgentError } from '../errors.ts';

/** How many keys are remembered. Without that, the call still has no effect twice: what it said first stays. */
const KEPT = 10_000;
const KEY_MAX = 200;

/**
 * The key of a call, as its caller gave it; null where there is none.
 *
 * @param said what the call says: the same key means the same call
 * @throws AgentError for a key that is none, or was given to another call before
 */
export type Keys = (botKey: string, given: string | undefined, said: Uint8Array | string) => string | null;

export function createKeys(): Keys {
  const digests = new Map<string, string>();
  return (botKey, given, said) => {
    if (given === undefined) return null;
    const key = given.trim();
    if (key === '' || key.length > KEY_MAX)
      throw new AgentError('bad_request', `Idempotency-Key has 1 to ${KEY_MAX} characters.`);
    const name = `${botKey} ${key}`;
    const digest = createHash('sha256').update(said).digest('base64');
    const before = digests.get(name);
    if (before !== undefined && before !== digest)
      throw new AgentError(
        'key_reused',
        'This Idempotency-Key was used for another request. Each request needs its own.',
      );
    if (digests.size >= KEPT) digests.delete(digests.keys().next().value!);
    digests.set(name, digest);
    return key;
  };
}
