import type { AgentToken, TokenStore } from '../store/store.ts';

/**
 * The tokens, in step with the store: those in use are in memory, for each call of a program asks for its own, and would wait for whatever
 * else the database does. Whoever changes tokens does it here.
 */
export interface Tokens extends TokenStore {
  /** Lets go of those of a server whose data is, or may be, deleted: they are looked up anew. */
  forget(guildId: string): void;
}

/** How many are in memory. */
const KEPT = 10_000;

export function createTokens(store: TokenStore): Tokens {
  const known = new Map<number, AgentToken>();
  return {
    create: (token, at) => store.create(token, at),
    list: (guildId) => store.list(guildId),
    async get(id) {
      const token = known.get(id) ?? (await store.get(id));
      if (known.size >= KEPT) known.clear();
      if (token) known.set(id, token);
      return token;
    },
    async revoke(id, guildId, at) {
      const isRevoked = await store.revoke(id, guildId, at);
      // Only now: what was asked of the store before has been answered, too.
      known.delete(id);
      return isRevoked;
    },
    async used(id, at) {
      const token = known.get(id);
      if (token) known.set(id, { ...token, usedAt: at });
      await store.used(id, at);
    },
    forget(guildId) {
      for (const { id, guildId: own } of known.values()) if (own === guildId) known.delete(id);
    },
  };
}
