import { DiscordAPIError, PermissionFlagsBits, Routes } from 'discord.js';
import type { APIGuild, APIGuildChannel, APIGuildMember, REST } from 'discord.js';
import { permissionsIn } from '../../discord/permissions.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { plainLine } from '../../views/text.ts';
import { unreachable } from './discord.ts';
import { broken, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

interface Asked {
  rest: REST;
  apiUrl: string;
  /** The bot's account. */
  userId: string;
  /** ms UTC. */
  now: number;
}

/** Whether the bot may do in each mapped channel what it has to. */
export async function* checkChannels(
  workspaces: readonly Workspace[],
  asked: Asked,
): AsyncGenerator<Finding> {
  const mapped = workspaces.filter(({ unmappedAt }) => unmappedAt === null);
  if (mapped.length === 0) {
    yield warning(
      'channels',
      'no channel is mapped, so nothing is recorded',
      'In a channel, type /workspace map.',
    );
  }
  for (const [guildId, those] of Map.groupBy(mapped, ({ guildId }) => guildId)) {
    try {
      const seat = await seatIn(guildId, asked);
      for (const workspace of those) yield checkChannel(workspace, seat, asked);
    } catch (error) {
      yield isAbsent(error) ? notThere(guildId, those) : unreachable('channels', error, asked.apiUrl);
    }
  }
}

/** What decides what the bot may do in a server. */
interface Seat {
  guild: APIGuild;
  member: APIGuildMember;
  channels: Map<string, APIGuildChannel>;
}

async function seatIn(guildId: string, { rest, userId }: Asked): Promise<Seat> {
  const [guild, member, channels] = await Promise.all([
    rest.get(Routes.guild(guildId)) as Promise<APIGuild>,
    rest.get(Routes.guildMember(guildId, userId)) as Promise<APIGuildMember>,
    rest.get(Routes.guildChannels(guildId)) as Promise<APIGuildChannel[]>,
  ]);
  return { guild, member, channels: new Map(channels.map((channel) => [channel.id, channel])) };
}

function checkChannel(
  workspace: Workspace,
  { guild, member, channels }: Seat,
  { userId, now }: Asked,
): Finding {
  const name = `#${plainLine(workspace.name, 60)}`;
  const channel = channels.get(workspace.channelId);
  if (!channel) return warning(name, 'the channel is deleted', 'Start the bot: it ends the workspace.');
  const may = permissionsIn(channel.permission_overwrites ?? [], guild, { ...member, userId }, now);
  const missing = NEEDED.filter(([permission]) => (may & permission) === 0n);
  const [first] = missing;
  if (!first) return ok(name, 'is read, and the bot may speak there');
  const [permission, , what] = first;
  const names = missing.map(([, name]) => `“${name}”`).join(', ');
  const mend = `Grant the bot’s role ${names} in the channel’s settings.`;
  return permission === PermissionFlagsBits.SendMessages
    ? warning(name, what, mend)
    : broken(name, what, mend);
}

const NEEDED: [permission: bigint, name: string, without: string][] = [
  [PermissionFlagsBits.ViewChannel, 'View Channel', 'the bot cannot see the channel: nothing is recorded'],
  [
    PermissionFlagsBits.ReadMessageHistory,
    'Read Message History',
    'the bot cannot read its history: nothing is recorded',
  ],
  [
    PermissionFlagsBits.SendMessages,
    'Send Messages',
    'is read, but the bot cannot say there that it records',
  ],
];

function isAbsent(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
}

function notThere(guildId: string, those: readonly Workspace[]): Finding {
  const names = those.map(({ name }) => `#${plainLine(name, 40)}`).join(', ');
  return broken(
    'channels',
    `the bot is not in server ${guildId}, which has ${names}`,
    'Invite it again, as README.md says.',
  );
}
