import type { Message, Place } from '../../sandbox/sandbox.ts';
import { compareIds } from '../../sandbox/snowflake.ts';
import type { Posted } from './ledger.ts';
import type { Stage, Workplace } from './stage.ts';

/** Something that an agent says others may learn from. */
export interface Lesson {
  /** It is in what is to be learned, and nowhere else. */
  word: string;
  /** The block in which it is said. */
  block: string;
  workplace: Workplace;
  /** It does not wait for the end of its session. */
  isNow: boolean;
  /** Nobody gets it before a person has said so. */
  isDelicate: boolean;
  /** The name of the only agent that it is for; null: all that the workplace allows. */
  only: string | null;
  said: { at: Place; posted: Posted }[];
  /** Somebody takes it back: it is not said again. */
  isOver: boolean;
}

/** A message of the bot's that hands insights to agents, or takes them back. */
export interface Handed {
  id: string;
  /** Ids of those that it called when it was posted, and names of personas. */
  told: ReadonlySet<string>;
  /** Numbers of insights, as it was posted. */
  gave: readonly number[];
  revoked: readonly number[];
  /** Numbers of insights, as it reads now. */
  shows: readonly number[];
}

/** Somebody who has written in a channel. */
export interface Writer {
  /** As the bot knows accounts and personas. */
  key: string;
  name: string;
  isAccount: boolean;
}

/** What agents taught, and what the bot made of it in Discord: the truth of what was handed to whom. */
export class Lessons {
  readonly #stage: Stage;
  readonly #all: Lesson[] = [];
  readonly #byMessage = new Map<string, Lesson>();
  readonly #byWord = new Map<string, Lesson>();
  readonly #byNumber = new Map<number, Lesson>();
  readonly #handed = new Map<string, Handed>();
  /** By channel, by key. */
  readonly #writers = new Map<string, Map<string, Writer>>();
  /** Messages in which an agent says by which insight it was led, by id. */
  readonly #followed = new Map<string, { number: number; key: string }>();
  /** Messages that tell how many wait, by channel: what they say now, by id. */
  readonly #cards = new Map<string, Map<string, Message>>();

  constructor(stage: Stage) {
    this.#stage = stage;
    stage.discord.core.events.messageListeners.add((message) => this.#hear(message));
  }

  taught(lesson: Omit<Lesson, 'said' | 'isOver'>): Lesson {
    const added = { ...lesson, said: [], isOver: false };
    this.#all.push(added);
    this.#byWord.set(lesson.word, added);
    return added;
  }

  said(lesson: Lesson, at: Place, posted: Posted): void {
    lesson.said.push({ at, posted });
    this.#byMessage.set(posted.id, lesson);
  }

  all(): readonly Lesson[] {
    return this.#all;
  }

  ofMessage(id: string): Lesson | undefined {
    return this.#byMessage.get(id);
  }

  /** Of an insight that agents were told of. */
  ofNumber(number: number): Lesson | undefined {
    return this.#byNumber.get(number);
  }

  /** Numbers of insights that agents were told of. */
  numbers(): number[] {
    return [...this.#byNumber.keys()];
  }

  followed(messageId: string, number: number, key: string): void {
    this.#followed.set(messageId, { number, key });
  }

  /** Whether an agent names an insight in this message that it had been told of before. */
  isLed(messageId: string): boolean {
    const led = this.#followed.get(messageId);
    if (!led) return false;
    const isTold = ({ id, gave, told }: Handed) =>
      compareIds(id, messageId) < 0 && gave.includes(led.number) && told.has(led.key);
    return this.#handed.values().some(isTold);
  }

  handed(): Iterable<Handed> {
    return this.#handed.values();
  }

  cardsIn(channelId: string): Message[] {
    return [...(this.#cards.get(channelId)?.values() ?? [])];
  }

  /** Agents and personas that have written in a channel; without one, in any. */
  writers(channelId?: string): Writer[] {
    if (channelId !== undefined) return [...(this.#writers.get(channelId)?.values() ?? [])];
    const all = [...this.#writers.values()].flatMap((writers) => [...writers]);
    return [...new Map(all).values()];
  }

  #hear(message: Message): void {
    if (message.ephemeralTo !== undefined || message.guildId === undefined) return;
    if (message.authorId === this.#stage.recorder.id) this.#sort(message);
    else if (message.type === 0 || message.type === 19) this.#noteWriter(message);
  }

  #noteWriter({ channelId, authorId, webhook }: Message): void {
    const { users } = this.#stage.discord.core.world;
    const user = users.get(authorId);
    const writer = webhook
      ? { key: `${webhook.id}:${webhook.username}`, name: webhook.username, isAccount: false }
      : { key: authorId, name: user!.username, isAccount: true };
    if (writer.isAccount && !user!.bot) return;
    const parent = this.#stage.parentOf(channelId);
    const known = this.#writers.get(parent) ?? new Map<string, Writer>();
    this.#writers.set(parent, known.set(writer.key, writer));
  }

  #sort(message: Message): void {
    const { id, channelId, content, mentions, components } = message;
    const shown = JSON.stringify(components);
    if (shown.includes('insight:review:') || shown.includes('are looked through')) {
      const known = this.#cards.get(channelId) ?? new Map<string, Message>();
      this.#cards.set(channelId, known.set(id, message));
      return;
    }
    const blocks = blocksOf(content);
    const gives = blocks.filter(({ type }) => type === 'insight');
    const shows = gives.map(({ insight }) => insight);
    for (const { insight, content = '' } of gives) this.#number(insight, content);
    const known = this.#handed.get(id);
    const revoked = blocks.filter(({ type }) => type === 'insight_revoked').map(({ insight }) => insight);
    if (known) this.#handed.set(id, { ...known, shows });
    else if (blocks.length > 0) {
      const names = [...content.matchAll(/\*\*(persona\w+)\*\*/g)].map(([, name]) => name!);
      this.#handed.set(id, { id, told: new Set([...mentions, ...names]), gave: shows, revoked, shows });
    }
  }

  #number(number: number, content: string): void {
    const lesson = this.#byWord.get(/word\d+x/.exec(content)?.[0] ?? '');
    if (lesson) this.#byNumber.set(number, lesson);
  }
}

/** False once all messages that said it are deleted. */
export function isSaid({ said }: Lesson): boolean {
  return said.some(({ posted }) => !posted.isDeleted);
}

interface Block {
  type: string;
  insight: number;
  content?: string;
}

/** What programs read of a message about insights. */
function blocksOf(content: string): Block[] {
  const [, json = '[]'] = /```worklog\n(.*)\n```/.exec(content) ?? [];
  const read = JSON.parse(json) as Block | Block[];
  return (Array.isArray(read) ? read : [read]).filter(({ type }) => type.startsWith('insight'));
}
