import type { Author, BotRole } from '../domain/author.ts';

/** What is known of a bot beside its name. */
export interface BotProfile {
  author: Author;
  /** Null: nobody has said. */
  role: BotRole | null;
  /** The format of its messages; null: plain chat, as far as is known. */
  dialect: string | null;
  dialectBy: 'command' | 'detected' | null;
  /** ms UTC of about its latest entry in the workspaces asked for; null where it has none. */
  lastAt: number | null;
}

export interface BotStore {
  /** The bots that wrote in any of these workspaces, the latest first. */
  profiles(workspaceIds: number[], limit: number): Promise<BotProfile[]>;
  /** Those of these bots that have ever written. */
  byKeys(keys: string[]): Promise<BotProfile[]>;
  /** Says how a bot writes or what it is; what is not given stays. A dialect set by command is not changed by detection. */
  describe(
    key: string,
    what: { role?: BotRole; dialect?: { name: string | null; by: 'command' | 'detected' } },
  ): Promise<void>;
  /** The bots that wrote in any of these workspaces, the latest first (to the hour). */
  list(workspaceIds: number[], limit: number): Promise<Author[]>;
}
