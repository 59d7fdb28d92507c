import { AgentError } from '../errors.ts';

/** So many calls at once, and so many each second. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** How many tokens are remembered; one that is forgotten starts anew. */
const KEPT = 10_000;

/**
 * Counts a call of a token. @throws AgentError when it makes too many
 * @param now ms, from any instant
 */
export type RateLimit = (tokenId: number, now: number) => void;

export function createRateLimit({ burst, perSecond }: Rate): RateLimit {
  const left = new Map<number, { calls: number; at: number }>();
  return (tokenId, now) => {
    const known = left.get(tokenId) ?? { calls: burst, at: now };
    const calls = Math.min(burst, known.calls + ((now - known.at) / 1000) * perSecond);
    if (calls < 1) {
      const retryAfter = Math.max(1, Math.ceil((1 - calls) / perSecond));
      throw new AgentError(
        'rate_limited',
        `Too many calls: at most ${perSecond} a second. Report several entries in one.`,
        {
          retryAfter,
        },
      );
    }
    if (left.size >= KEPT && !left.has(tokenId)) left.clear();
    left.set(tokenId, { calls: calls - 1, at: now });
  };
}
