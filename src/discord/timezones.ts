import type { GuildStore, GuildTimezone } from '../store/store.ts';

/** By which clock people of a server live, in memory and in step with the store. */
export interface Timezones {
  /** IANA name: what was set for the server, or else the configuration's. */
  of(guildId: string): string;
  /** What was set, and when, ms UTC; undefined: never anything. */
  setFor(guildId: string): GuildTimezone | undefined;
  /** Sets it; null: as the configuration says. */
  set(set: GuildTimezone): Promise<void>;
  /** Lets go of a server whose data is deleted. */
  forget(guildId: string): void;
}

/** `known`: all that the store holds. `usual`: where nothing is set, an IANA name. */
export function createTimezones(
  known: readonly GuildTimezone[],
  { usual, store }: { usual: string; store: Pick<GuildStore, 'setTimezone'> },
): Timezones {
  const byGuild = new Map(known.map((set) => [set.guildId, set]));
  return {
    of: (guildId) => byGuild.get(guildId)?.timezone ?? usual,
    setFor: (guildId) => byGuild.get(guildId),
    async set(set) {
      await store.setTimezone(set);
      byGuild.set(set.guildId, set);
    },
    forget: (guildId) => void byGuild.delete(guildId),
  };
}
