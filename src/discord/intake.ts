import { ChannelType, DiscordAPIError, GatewayDispatchEvents } from 'discord.js';
import type {
  Client,
  GatewayMessageCreateDispatchData,
  GatewayMessageDeleteBulkDispatchData,
  GatewayMessageDeleteDispatchData,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Observation } from '../recorder/observation.ts';
import { keepTrying } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import type { Backlog } from './backlog.ts';
import { cachedNames, HeardNames } from './names.ts';
import { isRecordable, observe } from './observe.ts';
import type { RecordedPlace, Self } from './observe.ts';
import type { OptOuts } from './opt-outs.ts';
import { asksOwner, isBotsMention } from './owner-mention.ts';
import type { ObservationQueue } from './queue.ts';
import type { RuleMapper } from './rule-mapper.ts';
import type { GuildWorkspaces } from './workspaces.ts';

type Message = GatewayMessageCreateDispatchData;

interface Options {
  client: Client;
  workspaces: GuildWorkspaces;
  mapper: Pick<RuleMapper, 'settling' | 'settled'>;
  /** Holds what must wait until earlier messages are read. */
  backlog: Backlog;
  queue: ObservationQueue;
  optOuts: Pick<OptOuts, 'mark'>;
  log: Logger;
  /** ms UTC. */
  now(): number;
}

/**
 * Takes every message of the gateway that is to be recorded into the queue, and what becomes of it, in the order of its channel. It
 * reads the gateway's own data: a message of discord.js drops threads that are not in its memory, and comes too late while servers are still arriving.
 */
export class Intake {
  readonly #options: Options;
  readonly #names: HeardNames;
  /** Channels whose place is not known yet, with the promise of the last message that waits for it. */
  readonly #held = new Map<string, Promise<void>>();
  /** Channels that Discord does not let the bot look up. */
  readonly #unreachable = new Set<string>();
  readonly #ended = new AbortController();
  readonly #onCreate = (message: Message) => this.#take({ message, edited: false });
  readonly #onUpdate = (message: Message) => this.#takeEdit(message);
  readonly #onDelete = ({ id, guild_id }: GatewayMessageDeleteDispatchData) =>
    this.#takeDeletion([id], guild_id);
  readonly #onDeleteBulk = ({ ids, guild_id }: GatewayMessageDeleteBulkDispatchData) =>
    this.#takeDeletion(ids, guild_id);

  constructor(options: Options) {
    this.#options = options;
    this.#names = new HeardNames(cachedNames(options.client));
    this.#listen('on');
  }

  /** Nothing that arrives from now on is taken. */
  stop(): void {
    this.#ended.abort();
    this.#listen('off');
  }

  /** Takes what happened earlier: messages and edits, in their order. They are in the queue when it returns. */
  takePast(past: readonly Taken[], place: RecordedPlace): void {
    for (const taken of past) this.#record(taken, place);
  }

  /** Resolves when every message that has arrived is durable, but for what the backlog holds. */
  async settled(): Promise<void> {
    await this.#options.mapper.settled();
    while (this.#held.size > 0) await Promise.all(this.#held.values());
    await this.#options.queue.flush();
  }

  #listen(how: 'on' | 'off'): void {
    const { ws } = this.#options.client;
    ws[how](GatewayDispatchEvents.MessageCreate, this.#onCreate);
    ws[how](GatewayDispatchEvents.MessageUpdate, this.#onUpdate);
    ws[how](GatewayDispatchEvents.MessageDelete, this.#onDelete);
    ws[how](GatewayDispatchEvents.MessageDeleteBulk, this.#onDeleteBulk);
  }

  #take(taken: Taken): void {
    const { message } = taken;
    if (message.guild_id === undefined) return;
    const place = this.#held.has(message.channel_id) ? undefined : this.#placeOf(message);
    if (place === undefined) this.#hold(message.channel_id, () => this.#release(taken));
    else if (place !== null) this.#pass(taken, place);
  }

  /** What happens now waits behind what happened before. */
  #pass(taken: Taken, place: RecordedPlace): void {
    const { id, channel_id } = taken.message;
    const where = { workspaceId: place.workspaceId, channelId: channel_id };
    const editedAt = taken.edited ? timeOfEdit(taken.message) : null;
    const happening = { messageId: id, editedAt, release: () => this.#record(taken, place) };
    if (!this.#options.backlog.hold(where, happening)) this.#record(taken, place);
  }

  /** Discord also tells of link previews and pins this way, at times with a few fields only: those change nothing that was said. */
  #takeEdit(message: Message): void {
    const { author, content } = message as Partial<Message>;
    if (author !== undefined && content !== undefined) this.#take({ message, edited: true });
  }

  /**
   * What is deleted is forgotten, whether or not its channel is still recorded. It waits for nothing: a message that waits, or is read
   * from a page that is older than its deletion, is not recorded when its turn comes.
   */
  #takeDeletion(deleted: string[], guildId: string | undefined): void {
    if (guildId !== undefined) this.#options.queue.push({ deleted, at: this.#options.now() });
  }

  /** A message of a shape that nobody foresaw must not end the process, and with it the recording of all others. */
  #record({ message, edited }: Taken, place: RecordedPlace): void {
    const { queue, log } = this.#options;
    try {
      if (!isRecordable(message, this.#self())) return;
      const observation = this.#observe(message, place);
      this.#names.hear(observation.author);
      if (edited) queue.push({ ...observation, editedAt: timeOfEdit(message) });
      else if (message.edited_timestamp) queue.push({ ...observation, changedAt: timeOfEdit(message) });
      else queue.push(observation);
    } catch (err) {
      log.error({ err, messageId: message.id }, 'A message could not be read and is not recorded.');
    }
  }

  #observe(message: Message, place: RecordedPlace): Observation {
    const observation = this.#options.optOuts.mark(observe(message, place, this.#names), message);
    if (!isBotsMention(message)) return observation;
    const { client, workspaces } = this.#options;
    const workspace = workspaces.byId(place.workspaceId);
    const guild = client.guilds.cache.get(message.guild_id ?? '');
    const asks = workspace !== undefined && asksOwner(message, workspace, guild?.ownerId);
    return asks ? { ...observation, asksOwner: true } : observation;
  }

  /** Null: not recorded. Undefined: it is not known yet what the channel is. */
  #placeOf({
    channel_id,
    guild_id,
  }: Pick<Message, 'channel_id' | 'guild_id'>): RecordedPlace | null | undefined {
    const { client, workspaces, mapper } = this.#options;
    const workspaceId = workspaces.recording(channel_id);
    if (workspaceId !== undefined) return { workspaceId, threadId: null, privateThread: false };
    const channel = client.channels.cache.get(channel_id);
    if (channel?.isThread() && channel.parentId !== null) {
      const parentId = workspaces.recording(channel.parentId);
      if (parentId !== undefined)
        return { workspaceId: parentId, threadId: channel_id, privateThread: isPrivate(channel.type) };
    }
    const known = channel !== undefined || this.#unreachable.has(channel_id);
    return known && !mapper.settling(guild_id!) ? null : undefined;
  }

  /** Those that wait for one channel go on one after the other. */
  #hold(channelId: string, release: () => Promise<void>): void {
    const before = this.#held.get(channelId) ?? Promise.resolve();
    const turn = before.then(release);
    this.#held.set(channelId, turn);
    void turn.then(() => this.#held.get(channelId) === turn && this.#held.delete(channelId));
  }

  async #release(taken: Taken): Promise<void> {
    const { message } = taken;
    for (;;) {
      const place = this.#placeOf(message);
      if (place) this.#pass(taken, place);
      if (place !== undefined) return;
      await this.#options.mapper.settling(message.guild_id!);
      if (this.#placeOf(message) === undefined) await this.#lookUp(message.channel_id);
    }
  }

  /** A thread that was opened or revived out of sight: Discord is asked until it answers, because messages wait for it. */
  async #lookUp(channelId: string): Promise<void> {
    const { client, log } = this.#options;
    const fetch = () => client.channels.fetch(channelId);
    const complain = (err: unknown, retryInMs: number) => {
      if (isRefusal(err)) throw err;
      log.warn({ err, channelId, retryInMs }, 'A channel could not be looked up; its messages wait.');
    };
    try {
      await keepTrying(fetch, BACKOFF, this.#ended.signal, complain);
    } catch (err) {
      log.warn(
        { err, channelId },
        'A channel is not known and cannot be looked up: its messages are not recorded.',
      );
    }
    if (!client.channels.cache.has(channelId)) this.#unreachable.add(channelId);
  }

  #self(): Self {
    const { user, application } = this.#options.client;
    return { userId: user!.id, applicationId: application!.id };
  }
}

/** A message as it was posted, or as it was edited. */
export interface Taken {
  message: Message;
  edited: boolean;
}

type Timed = Pick<Message, 'edited_timestamp' | 'timestamp'>;

/** When a message was changed last, ms UTC. A bot's deferred answer is filled without the mark of an edit. */
export function timeOfEdit({ edited_timestamp, timestamp }: Timed): number {
  return Date.parse(edited_timestamp ?? timestamp);
}

const BACKOFF: Backoff = { first: 250, most: 10_000 };

function isRefusal(error: unknown): boolean {
  return error instanceof DiscordAPIError && Number(error.status) < 500;
}

function isPrivate(type: ChannelType): boolean {
  return type === ChannelType.PrivateThread;
}
