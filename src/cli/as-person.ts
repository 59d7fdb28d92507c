import { DiscordAPIError, REST } from 'discord.js';
import { DiscordAccess } from '../discord/access.ts';
import { Reader } from '../discord/reader.ts';
import { restSeats } from '../discord/rest-seats.ts';
import type { Config } from '../config.ts';
import type { Workspace } from '../domain/workspace.ts';
import { StartupError } from '../errors.ts';
import type { StoreReader } from '../store/read-only.ts';

/** What one person may read, as Discord says at this moment. */
export interface Sight {
  userId: string;
  /** Of all that there are, those that they may read. */
  workspaces: Workspace[];
  /** By server. */
  readers: ReadonlyMap<string, Reader>;
}

interface Asked {
  config: Pick<Config, 'discord' | 'workLogs'>;
  store: StoreReader;
  /** All that there are. */
  workspaces: readonly Workspace[];
  /** ms UTC. */
  at: number;
}

/** Per request, in ms: nobody waits before a terminal as long as a bot does. */
const TIMEOUT = 10_000;

/** @throws StartupError when Discord cannot be asked */
export async function sightOf(userId: string, { config, store, workspaces, at }: Asked): Promise<Sight> {
  const { token, apiUrl } = config.discord;
  if (token === undefined) throw new StartupError(NO_TOKEN);
  const rest = new REST({ api: apiUrl, timeout: TIMEOUT, retries: 1 }).setToken(token);
  const ofGuild = (guildId: string) => workspaces.filter((workspace) => workspace.guildId === guildId);
  const { userOnlyAccess } = config.workLogs.privacy;
  const access = new DiscordAccess({ seats: restSeats(rest, at), workspaces: { ofGuild }, userOnlyAccess });
  const known = {
    byChannel: (channelId: string) => workspaces.find((workspace) => workspace.channelId === channelId),
    byId: (id: number) => workspaces.find((workspace) => workspace.id === id),
  };
  const guildIds = new Set(workspaces.map(({ guildId }) => guildId));
  const readers = new Map(
    [...guildIds].map((guildId) => [
      guildId,
      new Reader({ store, access, workspaces: known }, { guildId, userId }),
    ]),
  );
  try {
    const readable = await Promise.all([...readers.values()].map((reader) => reader.workspaces()));
    return { userId, workspaces: readable.flat(), readers };
  } catch (error) {
    throw new StartupError(whyNot(error, apiUrl), { cause: error });
  }
}

const NO_TOKEN =
  '--as asks Discord what this person may see, which needs the bot’s token: set DISCORD_TOKEN in .env. Without --as you see all.';

function whyNot(error: unknown, apiUrl: string): string {
  if (error instanceof DiscordAPIError && error.status === 401)
    return 'Discord does not accept DISCORD_TOKEN, so it cannot be asked what this person may see: "work-logs doctor" says how to mend it.';
  const reason = error instanceof Error ? error.message : String(error);
  return `${apiUrl} could not say what this person may see (${reason}). Try again later; "work-logs doctor" looks for the fault.`;
}
