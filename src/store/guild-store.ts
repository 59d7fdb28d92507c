/** The time zone of a server, as people set it. */
export interface GuildTimezone {
  guildId: string;
  /** IANA name; null: as the configuration says, again. */
  timezone: string | null;
  /** When it was set, ms UTC. */
  at: number;
}

/** What is set for servers as a whole. */
export interface GuildStore {
  /** Of all servers where one was ever set. */
  timezones(): Promise<GuildTimezone[]>;
  /** Escalations that wait for the end of the quiet hours wait for it by the new clock. */
  setTimezone(set: GuildTimezone): Promise<void>;
}
