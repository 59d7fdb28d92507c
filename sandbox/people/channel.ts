import { ChannelType } from 'discord-api-types/v10';
import type { APIMessage } from 'discord-api-types/v10';
import { changeChannel, deleteChannel, setOverwrites } from '../actions/channels.ts';
import { changeThread, dropThread } from '../actions/thread-changes.ts';
import { admit } from '../actions/thread-members.ts';
import { addWebhook, executeWebhook } from '../actions/webhooks.ts';
import type { Core } from '../core.ts';
import { messagePayload } from '../payloads/message.ts';
import type { Channel, Guild, Message, Overwrite, Thread, Webhook } from '../world.ts';
import { channelOf, guildOf } from '../world.ts';
import { bodyOf } from './body.ts';
import type { Said } from './body.ts';

/** Anything that Discord gave an id. */
export interface HasId {
  readonly id: string;
}

/** What a role, person or bot may or may not do in one channel. */
export interface OverwriteSaid {
  id: HasId;
  allow?: bigint;
  deny?: bigint;
}

export const channelTypes = {
  text: ChannelType.GuildText,
  voice: ChannelType.GuildVoice,
  category: ChannelType.GuildCategory,
  announcement: ChannelType.GuildAnnouncement,
  forum: ChannelType.GuildForum,
} as const;

/** Ids that are no role's of the guild are members'. */
export function overwritesOf(guild: Guild, said: readonly OverwriteSaid[]): Overwrite[] {
  return said.map(({ id: { id }, allow = 0n, deny = 0n }) => ({
    id,
    type: guild.roles.has(id) ? 0 : 1,
    allow,
    deny,
  }));
}

/** A channel of a guild, as its administrators handle it. */
export class GuildChannel implements HasId {
  readonly id: string;
  readonly #core: Core;
  readonly #channel: Channel;

  constructor(core: Core, channel: Channel) {
    this.#core = core;
    this.#channel = channel;
    this.id = channel.id;
  }

  get name(): string {
    return this.#channel.name;
  }

  get guildId(): string {
    return this.#channel.guildId!;
  }

  setOverwrites(overwrites: readonly OverwriteSaid[]): void {
    const guild = this.#guild();
    setOverwrites(this.#core, guild, this.#channel, overwritesOf(guild, overwrites));
  }

  /** Puts it into a category, with the overwrites that the category has at this moment. */
  moveTo(category: HasId): void {
    const { overwrites } = channelOf(this.#core.world, category.id);
    changeChannel(this.#core, this.#channel, { parentId: category.id });
    setOverwrites(this.#core, this.#guild(), this.#channel, [...overwrites.values()]);
  }

  rename(name: string): void {
    changeChannel(this.#core, this.#channel, { name });
  }

  setTopic(topic: string | null): void {
    changeChannel(this.#core, this.#channel, { topic });
  }

  delete(): void {
    deleteChannel(this.#core, this.#guild(), this.#channel);
  }

  /** A webhook made by the guild's owner. */
  createWebhook({ name }: { name: string }): WebhookHandle {
    const webhook = addWebhook(this.#core, this.#channel, this.#guild().ownerId, { name });
    return new WebhookHandle(this.#core, webhook);
  }

  /** Every message there is, oldest first, without ephemeral ones: the truth to compare with. */
  messages(): APIMessage[] {
    return messagesOf(this.#core, this.#channel);
  }

  #guild(): Guild {
    return guildOf(this.#core.world, this.guildId);
  }
}

/** A thread, as the one who started it handles it; managing it is beyond permissions. */
export class ThreadHandle implements HasId {
  readonly id: string;
  readonly #core: Core;
  readonly #thread: Thread;
  readonly #ownerId: string;

  constructor(core: Core, thread: Thread, ownerId: string) {
    this.#core = core;
    this.#thread = thread;
    this.#ownerId = ownerId;
    this.id = thread.id;
  }

  get name(): string {
    return this.#thread.name;
  }

  get parentId(): string {
    return this.#thread.parentId;
  }

  archive({ locked = false }: { locked?: boolean } = {}): void {
    const owner = guildOf(this.#core.world, this.#thread.guildId).ownerId;
    changeThread(this.#core, this.#thread, owner, { archived: true, ...(locked && { locked }) });
  }

  unarchive(): void {
    changeThread(this.#core, this.#thread, this.#ownerId, { archived: false });
  }

  rename(name: string): void {
    changeThread(this.#core, this.#thread, this.#ownerId, { name });
  }

  invite(...members: HasId[]): void {
    const ids = members.map(({ id }) => id);
    admit(this.#core, this.#thread, ids);
  }

  delete(): void {
    dropThread(this.#core, this.#thread);
  }

  /** Every message there is, oldest first, without ephemeral ones. */
  messages(): APIMessage[] {
    return messagesOf(this.#core, this.#thread);
  }
}

/** A webhook; every message may come under a name of its own. */
export class WebhookHandle implements HasId {
  readonly id: string;
  readonly token: string;
  readonly #core: Core;
  readonly #webhook: Webhook;

  constructor(core: Core, webhook: Webhook) {
    this.#core = core;
    this.#webhook = webhook;
    this.id = webhook.id;
    this.token = webhook.token;
  }

  send(said: string | (Said & { username?: string; thread?: HasId })): Message {
    const { thread, ...rest } = typeof said === 'string' ? { content: said, thread: undefined } : said;
    const { body, files } = bodyOf(rest);
    return executeWebhook(this.#core, this.#webhook, body, { files, threadId: thread?.id });
  }
}

function messagesOf(core: Core, channel: Channel): APIMessage[] {
  const viewer = { userId: '', readsContent: true };
  return channel.messages.all().map((message) => messagePayload(core, message, viewer) as APIMessage);
}
