import { randomBytes } from 'node:crypto';
import { dmBetween } from '../actions/channels.ts';
import type { Core } from '../core.ts';
import { PRIVILEGED_INTENTS } from '../gateway/identify.ts';
import type { User } from '../world.ts';
import { channelOf } from '../world.ts';
import type { HasId } from './channel.ts';
import { PersonPlace } from './person-place.ts';
import { Place } from './place.ts';

/** A person or bot, wherever they go. */
class Account implements HasId {
  readonly id: string;
  readonly username: string;
  protected readonly core: Core;

  constructor(core: Core, user: User) {
    this.core = core;
    this.id = user.id;
    this.username = user.username;
  }

  /** What this one does and sees in a channel, thread or DM. */
  in(channel: HasId): Place {
    return new Place(this.core, this.id, channel.id);
  }

  /** The direct channel with someone. */
  dm(other: HasId): HasId {
    return { id: dmBetween(this.core, this.id, other.id).id };
  }

  /** Discord's own answer, by roles, overwrites and thread membership. */
  canView(channel: HasId): boolean {
    return this.core.permissions.canView(channelOf(this.core.world, channel.id), this.id);
  }

  /** All permissions in a channel, as bits. */
  permissionsIn(channel: HasId): bigint {
    return this.core.permissions.in(channelOf(this.core.world, channel.id), this.id);
  }

  toString(): string {
    return `<@${this.id}>`;
  }
}

export class Person extends Account {
  /** What this person does and sees in a channel, thread or DM, the use of applications included. */
  override in(channel: HasId): PersonPlace {
    return new PersonPlace(this.core, this.id, channel.id);
  }

  /** Closes or opens this person's direct messages to bots. */
  refuseDms(on = true): void {
    this.core.world.users.get(this.id)!.refusesDms = on;
  }
}

export class Bot extends Account {
  readonly token: string;
  readonly applicationId: string;

  constructor(core: Core, user: User, token: string) {
    super(core, user);
    this.token = token;
    this.applicationId = user.id;
  }

  /** Switches privileged intents in the developer portal; the bit field names those that are on. */
  setPrivilegedIntents(intents: number): void {
    this.core.world.applications.get(this.id)!.privilegedIntents = intents & PRIVILEGED_INTENTS;
  }
}

export interface PersonSaid {
  username: string;
  displayName?: string;
}

export function createPerson(core: Core, { username, displayName }: PersonSaid): Person {
  const user: User = {
    id: core.ids.next(),
    username,
    globalName: displayName ?? null,
    discriminator: '0',
    bot: false,
  };
  core.world.users.set(user.id, user);
  return new Person(core, user);
}

export interface BotSaid {
  username: string;
  /** The privileged intents that are switched on in the portal, as bits; default: all. */
  intents?: number;
}

export function createBot(core: Core, { username, intents = PRIVILEGED_INTENTS }: BotSaid): Bot {
  const id = core.ids.next();
  const discriminator = String((Number(id.slice(-6)) % 9999) + 1).padStart(4, '0');
  const user: User = { id, username, globalName: null, discriminator, bot: true };
  const token = tokenFor(id);
  const privilegedIntents = intents & PRIVILEGED_INTENTS;
  core.world.users.set(id, user);
  core.world.applications.set(id, { id, token, name: username, privilegedIntents });
  return new Bot(core, user, token);
}

/** Three parts like Discord's: the bot's id, a time and a secret, in base64. */
function tokenFor(id: string): string {
  const who = Buffer.from(id).toString('base64url');
  return `${who}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url')}`;
}
