import type { Person, PersonPlace } from '../../sandbox.ts';
import type { Cast } from '../cast.ts';
import { idByName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { placeName } from '../transcript.ts';
import { InputError } from './input.ts';

/** How many messages a channel shows when one goes there. */
const RECALLED = 10;

/** Whoever sits at the terminal: one person at a time, in one channel or thread at a time. */
export class Seat {
  readonly #cast: Cast;
  readonly #stage: Stage;
  #person: Person;
  #channelId: string;

  constructor(cast: Cast, stage: Stage, person: Person, channelId: string) {
    this.#cast = cast;
    this.#stage = stage;
    this.#person = person;
    this.#channelId = channelId;
  }

  get person(): Person {
    return this.#person;
  }

  get here(): PersonPlace {
    return this.#person.in({ id: this.#channelId });
  }

  /** `Ana #general` */
  get label(): string {
    const name = this.#stage.screen.names.user(this.#person.id);
    return `${name} ${placeName(this.#cast.discord.core, this.#channelId)}`;
  }

  /** The channels and threads that this person can look into. */
  get visible(): { id: string; name: string }[] {
    const { channels, threads } = this.#cast.discord.core.world.guilds.get(this.#cast.guild.id)!;
    return [...channels.values(), ...threads.values()].filter((channel) => this.#person.canView(channel));
  }

  /** Goes to a channel or thread. @throws InputError when this person sees none of that name */
  go(name: string): void {
    const id = idByName(this.#cast.discord.core.world, this.#cast.guild.id, '#', name);
    const channel = this.visible.find((candidate) => candidate.id === id);
    if (channel === undefined) {
      const names = this.visible.map((candidate) => `#${candidate.name}`).join(', ');
      throw new InputError(`You see no #${name} here. You see: ${names}.`);
    }
    this.#channelId = channel.id;
  }

  /** Shows what was said last where this person is. */
  look(): void {
    const { messages } = this.#cast.discord.core.world.channels.get(this.#channelId)!;
    this.#stage.transcript.recall(messages.all().slice(-RECALLED), this.#person);
  }

  /** Takes another person's place, in the same channel if they see it. @throws InputError when there is no such person */
  become(name: string): void {
    const person = this.#cast.people.get(name.toLowerCase());
    if (person === undefined) {
      throw new InputError(`There is no ${name}. You can be: ${[...this.#cast.people.keys()].join(', ')}.`);
    }
    this.#person = person;
    if (!person.canView({ id: this.#channelId })) this.#channelId = this.visible[0]!.id;
  }
}
