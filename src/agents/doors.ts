import type { GuildMember } from 'discord.js';
import type { App } from '../app.ts';
import type { Access } from '../discord/access.ts';
import type { Author } from '../domain/author.ts';
import type { Report, ReportOutcome } from '../recorder/report.ts';

/** What all doors share. */
export interface Doors {
  app: App;
  /** Who may read what; owners count no more than others here: a bot reads what it may read in Discord. */
  access: Access;
  /** Makes reports durable, all of them or none. */
  report(reports: Report[]): Promise<ReportOutcome[]>;
  /** A bot as a member of a server by now; null when it is none. */
  member(guildId: string, userId: string): Promise<GuildMember | null>;
}

/** The bot that a program speaks for. */
export interface Caller {
  tokenId: number;
  guildId: string;
  bot: Author;
  member: GuildMember;
}

/** One call of a function, through whatever door. */
export interface Call {
  doors: Doors;
  caller: Caller;
  /** The caller's own name of the call: made again under it, it has the same effect as once. Null: each call is one of its own. */
  key: string | null;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}
