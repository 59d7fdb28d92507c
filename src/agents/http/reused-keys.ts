import { createHash } from 'node:crypto';
import { AgentError } from '../errors.ts';

/** How many keys are remembered. Without that, the call still has no effect twice: what it said first stays. */
const KEPT = 10_000;

/** Refuses a key that was given to another call before. @throws AgentError */
export type ReusedKeys = (botKey: string, key: string, body: Uint8Array) => void;

export function createReusedKeys(): ReusedKeys {
  const digests = new Map<string, string>();
  return (botKey, key, body) => {
    const name = `${botKey} ${key}`;
    const digest = createHash('sha256').update(body).digest('base64');
    const before = digests.get(name);
    if (before !== undefined && before !== digest)
      throw new AgentError(
        'key_reused',
        'This Idempotency-Key was used for another request. Each request needs its own.',
      );
    if (digests.size >= KEPT) digests.delete(digests.keys().next().value!);
    digests.set(name, digest);
  };
}
