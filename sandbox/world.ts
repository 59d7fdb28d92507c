import type {
  APIApplicationCommand,
  APIEmbed,
  APIMessageInteractionMetadata,
  APIMessageTopLevelComponent,
  APIPoll,
  ChannelType,
  MessageType,
  OverwriteType,
} from 'discord-api-types/v10';
import type { MessageHistory } from './history.ts';
import type { Interaction } from './interactions.ts';
import { unknownChannel, unknownGuild } from './errors.ts';

/**
 * Everything this Discord knows, as plain data. Instants are ms UTC. `actions/` change it, `payloads/` turn it into API objects.
 * Interactions and commands are kept by application protocol code; the rest of the world only needs their places.
 */
export interface World {
  users: Map<string, User>;
  /** By application id, which is also its bot's user id. */
  applications: Map<string, Application>;
  guilds: Map<string, Guild>;
  /** Every channel, thread and DM. */
  channels: Map<string, Channel>;
  webhooks: Map<string, Webhook>;
  files: Map<string, StoredFile>;
  commands: Map<string, StoredCommand>;
  /** By token, for as long as it lives. */
  interactions: Map<string, Interaction>;
  /** `author:nonce` → the message that carried it; forgotten after a few minutes. */
  nonces: Map<string, { message: Message; at: number }>;
  /** Counts changes of roles, overwrites, members and thread members: what was computed from them is stale when it moved. */
  accessVersion: number;
}

export interface User {
  id: string;
  username: string;
  globalName: string | null;
  /** `0` for people, four digits for bots. */
  discriminator: string;
  bot: boolean;
  /** Takes no direct messages from bots. */
  refusesDms?: boolean;
}

export interface Application {
  id: string;
  token: string;
  name: string;
  /** The privileged intents switched on in the developer portal, as a bit field. */
  privilegedIntents: number;
}

export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  /** The role with the guild's own id is @everyone. */
  roles: Map<string, Role>;
  members: Map<string, Member>;
  /** Without threads. */
  channels: Map<string, Channel>;
  threads: Map<string, Thread>;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  color: number;
  hoist: boolean;
  mentionable: boolean;
  managed: boolean;
  /** The bot whose own role this is. */
  botId?: string;
}

export interface Member {
  userId: string;
  nick: string | null;
  /** Without @everyone. */
  roles: Set<string>;
  joinedAt: number;
  /** Until when they may only look on; null: they may act. */
  timedOutUntil: number | null;
}

export interface Overwrite {
  id: string;
  type: OverwriteType;
  allow: bigint;
  deny: bigint;
}

export interface Channel {
  id: string;
  type: ChannelType;
  /** Absent in a DM. */
  guildId?: string;
  name: string;
  topic: string | null;
  parentId: string | null;
  position: number;
  nsfw: boolean;
  rateLimitPerUser: number;
  overwrites: Map<string, Overwrite>;
  lastMessageId: string | null;
  lastPinAt: number | null;
  messages: MessageHistory;
  /** Messages that only one person and one application see; they are in no history. Oldest first. */
  ephemeral: Message[];
  /** Pinned message ids → when. */
  pins: Map<string, number>;
  /** The two users of a DM. */
  recipientIds?: string[];
  thread?: ThreadState;
}

export type Thread = Channel & { guildId: string; parentId: string; thread: ThreadState };

export interface ThreadState {
  ownerId: string;
  archived: boolean;
  archivedAt: number;
  autoArchiveMinutes: 60 | 1440 | 4320 | 10080;
  locked: boolean;
  invitable: boolean;
  createdAt: number;
  messageCount: number;
  totalMessageSent: number;
  /** User id → when they joined. */
  members: Map<string, number>;
}

export interface Webhook {
  id: string;
  token: string;
  name: string;
  avatar: string | null;
  channelId: string;
  guildId: string;
  creatorId: string;
  /** Set when an application made it. */
  applicationId: string | null;
}

export interface Message {
  id: string;
  channelId: string;
  guildId?: string;
  type: MessageType;
  /** A user's id, or the webhook's when `webhook` is set. */
  authorId: string;
  webhook?: { id: string; username: string; avatar: string | null };
  /** The application that sent it through an interaction or a webhook of its own. */
  applicationId?: string;
  content: string;
  editedAt: number | null;
  tts: boolean;
  flags: number;
  mentionEveryone: boolean;
  mentions: string[];
  mentionRoles: string[];
  attachments: Attachment[];
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  poll?: APIPoll;
  nonce?: string | number;
  reference?: { type: number; channelId: string; guildId?: string; messageId?: string };
  interactionMetadata?: APIMessageInteractionMetadata;
  /** Of the response to a command: its name with its subcommands. */
  commandName?: string;
  /** Emoji key (`👍` or `name:id`) → who reacted, in order. */
  reactions: Map<string, Set<string>>;
  /** The one user who sees it, beside the application. */
  ephemeralTo?: string;
  /** Its number in a thread. */
  position?: number;
}

export interface Attachment {
  id: string;
  filename: string;
  title?: string;
  description?: string;
  contentType: string;
  size: number;
  width?: number;
  height?: number;
  ephemeral?: boolean;
}

export interface StoredFile {
  channelId: string;
  filename: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface StoredCommand {
  command: APIApplicationCommand;
  applicationId: string;
  guildId?: string;
}

export function createWorld(): World {
  return {
    users: new Map(),
    applications: new Map(),
    guilds: new Map(),
    channels: new Map(),
    webhooks: new Map(),
    files: new Map(),
    commands: new Map(),
    interactions: new Map(),
    nonces: new Map(),
    accessVersion: 0,
  };
}

/** @throws DiscordError 10003 */
export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (channel === undefined) throw unknownChannel();
  return channel;
}

/** @throws DiscordError 10004 */
export function guildOf(world: World, id: string): Guild {
  const guild = world.guilds.get(id);
  if (guild === undefined) throw unknownGuild();
  return guild;
}

export function isThread(channel: Channel): channel is Thread {
  return channel.thread !== undefined;
}

export function applicationByToken(world: World, token: string): Application | undefined {
  return world.applications.values().find((application) => application.token === token);
}
