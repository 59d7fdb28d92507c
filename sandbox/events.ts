import type { GatewayIntentBits } from 'discord-api-types/v10';
import type { Permissions } from './permissions.ts';
import type { Channel, Message, World } from './world.ts';

/** One connected (or resumable) gateway session, as far as events are concerned. */
export interface Receiver {
  userId: string;
  intents: number;
  /** `json` is the event's `d`, already written. */
  deliver(event: string, json: string): void;
}

/** An event's data; a view is written once however many receive it. Undefined: this receiver gets nothing. */
export type DataFor = (receiver: Receiver) => View | undefined;

/** Told of every message that was created or changed; how people in the same process wait for something. */
export type MessageListener = (message: Message) => void;

/** Event data that is turned into JSON once, when first needed. */
export class View {
  readonly #build: () => object;
  #json: string | undefined;

  constructor(build: () => object) {
    this.#build = build;
  }

  get json(): string {
    return (this.#json ??= JSON.stringify(this.#build()));
  }
}

/** Decides who receives an event; `events/` knows which events there are and what they say. */
export class Events {
  readonly receivers = new Set<Receiver>();
  readonly messageListeners = new Set<MessageListener>();
  readonly #world: World;
  readonly #permissions: Permissions;

  constructor(world: World, permissions: Permissions) {
    this.#world = world;
    this.#permissions = permissions;
  }

  /** To every session of a guild's members that asked for the intent (0: whatever they asked for). */
  toGuild(guildId: string, intent: GatewayIntentBits | 0, event: string, data: View | DataFor): void {
    const members = this.#world.guilds.get(guildId)?.members;
    for (const receiver of this.receivers) {
      if (wants(receiver, intent) && members?.has(receiver.userId)) deliver(receiver, event, data);
    }
  }

  /** To every session that asked for the intent and may look into the channel. */
  toViewers(channel: Channel, intent: GatewayIntentBits | 0, event: string, data: View | DataFor): void {
    for (const receiver of this.receivers) {
      if (wants(receiver, intent) && this.#permissions.canView(channel, receiver.userId)) {
        deliver(receiver, event, data);
      }
    }
  }

  /** To one user's or application's sessions: interactions, own member, own guilds. */
  toUser(userId: string, intent: GatewayIntentBits | 0, event: string, data: View | object): void {
    const view = data instanceof View ? data : new View(() => data);
    for (const receiver of this.receivers) {
      if (receiver.userId === userId && wants(receiver, intent)) deliver(receiver, event, view);
    }
  }
}

function wants(receiver: Receiver, intent: number): boolean {
  return (receiver.intents & intent) === intent;
}

function deliver(receiver: Receiver, event: string, data: View | DataFor): void {
  const view = data instanceof View ? data : data(receiver);
  if (view !== undefined) receiver.deliver(event, view.json);
}
