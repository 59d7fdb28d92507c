import type { EscalationCore } from './escalation-core.ts';
import { prepareFollowClock } from './escalation-clock.ts';
import type { GuildStore, GuildTimezone } from './guild-store.ts';
import type { Db } from './sqlite.ts';

export function createGuilds(db: Db, escalations: EscalationCore): GuildStore {
  const all = db.prepare<[], GuildTimezone>(
    'SELECT guild_id AS guildId, timezone, timezone_at AS at FROM guilds ORDER BY guild_id',
  );
  const set = db.prepare<[GuildTimezone]>(`
    INSERT INTO guilds (guild_id, timezone, timezone_at) VALUES (:guildId, :timezone, :at)
    ON CONFLICT DO UPDATE SET timezone = excluded.timezone, timezone_at = excluded.timezone_at`);
  const followClock = prepareFollowClock(escalations);
  const change = db.transaction((timezone: GuildTimezone) =>
    followClock(timezone.guildId, timezone.at, () => set.run(timezone)),
  );
  return {
    async timezones() {
      return all.all();
    },
    async setTimezone(timezone) {
      change.immediate(timezone);
    },
  };
}
