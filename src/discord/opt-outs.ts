import type { BaseInteraction, Client } from 'discord.js';
import type { GatewayMessageCreateDispatchData } from 'discord.js';
import { SOMEONE } from '../domain/person-names.ts';
import { UserError } from '../errors.ts';
import { readableContent } from '../recorder/mentions.ts';
import type { Mention, Observation } from '../recorder/observation.ts';
import type { OptOut, PeopleStore } from '../store/people.ts';
import { orNull } from './or-null.ts';

type Message = Pick<GatewayMessageCreateDispatchData, 'guild_id' | 'author' | 'member' | 'webhook_id'>;

/** Of whom nothing is to be recorded in which server, in memory and in step with the store. */
export class OptOuts {
  readonly #store: Pick<PeopleStore, 'optOut' | 'optIn'>;
  readonly #all: Set<string>;

  /** `known`: all that the store holds. */
  constructor(known: readonly OptOut[], store: Pick<PeopleStore, 'optOut' | 'optIn'>) {
    this.#store = store;
    this.#all = new Set(known.map(keyOf));
  }

  has(guildId: string, userId: string): boolean {
    return this.#all.size > 0 && this.#all.has(keyOf({ guildId, userId }));
  }

  /** From now on. `names`: what the person is called. */
  async add(person: OptOut & { names: readonly string[] }, at: number): Promise<void> {
    this.#all.add(keyOf(person));
    await this.#store.optOut(person, at);
  }

  async remove(person: OptOut): Promise<void> {
    await this.#store.optIn(person);
    this.#all.delete(keyOf(person));
  }

  /** Lets go of a server whose data is deleted. */
  forget(guildId: string): void {
    for (const key of this.#all) if (key.startsWith(`${guildId}/`)) this.#all.delete(key);
  }

  /** Lets the recorder know again what those are called who opted out: that is kept nowhere. */
  async tellNames({ guilds }: Client, at: number): Promise<void> {
    for (const key of this.#all) {
      const [guildId = '', userId = ''] = key.split('/');
      const guild = guilds.cache.get(guildId);
      const member = guild && (await orNull(guild.members.fetch({ user: userId, cache: false })));
      if (!member || !this.#all.has(key)) continue;
      const { user, nickname } = member;
      await this.#store.optOut({ guildId, userId, names: namesOf(user, nickname) }, at);
    }
  }

  /** A message as the recorder is to have it: without the names of those who opted out, and marked when it is theirs. */
  mark(observation: Observation, { guild_id: guildId, author, member, webhook_id }: Message): Observation {
    if (this.#all.size === 0 || guildId === undefined) return observation;
    const isTheirs = (mention: Mention) => mention.author !== null && this.has(guildId, mention.author.key);
    const theirs = observation.mentions
      .filter(isTheirs)
      .map((mention) => ({ ...mention, text: `@${SOMEONE}` }));
    const marked = {
      ...observation,
      content: readableContent(observation.content, theirs),
      mentions: observation.mentions.filter((mention) => !isTheirs(mention)),
    };
    if (webhook_id !== undefined || !this.has(guildId, author.id)) return marked;
    const names = namesOf({ username: author.username, globalName: author.global_name }, member?.nick);
    return { ...marked, optedOut: { names } };
  }

  /** @throws UserError for somebody who opted out and writes something that would be kept */
  requireIn({ guildId, user }: Pick<BaseInteraction, 'guildId' | 'user'>): void {
    if (guildId !== null && this.has(guildId, user.id))
      throw new UserError(
        'You opted out here, so I keep nothing that you write. Choose one of the options, or type `/privacy opt-in` first.',
      );
  }
}

/** All that a person is called. */
export function namesOf(
  { username, globalName }: { username: string; globalName?: string | null | undefined },
  nickname: string | null | undefined,
): string[] {
  return [username, globalName, nickname].filter(
    (name) => typeof name === 'string' && name !== '',
  ) as string[];
}

function keyOf({ guildId, userId }: OptOut): string {
  return `${guildId}/${userId}`;
}
