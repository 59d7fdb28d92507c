import type { Message, Person } from '../../sandbox/sandbox.ts';
import { compareIds } from '../../sandbox/snowflake.ts';
import type { Reminded } from './audit.ts';
import type { Stage } from './stage.ts';

/** Something that an agent wants decided. */
export interface Asked {
  /** It is in the reason, on the card and in the answer, and nowhere else. */
  word: string;
  /** The owner decides it; else people are reminded of it. */
  isDecided: boolean;
  cards: Message[];
  answers: Message[];
  reminders: Message[];
}

export const OPTIONS = ['Left', 'Right'] as const;

/** What agents asked for, and what the bot made of it in Discord: one card each, one answer where somebody decided. */
export class Decisions {
  readonly #stage: Stage;
  readonly #asked = new Map<string, Asked>();
  /** By channel: up to where it was looked through. */
  readonly #seen = new Map<string, string>();
  readonly #clicking = new Set<Asked>();
  /** What the bot posted that is about nothing that was asked, by its text, and how often. */
  readonly #others = new Map<string, number>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  ask(word: string, isDecided: boolean): void {
    this.#asked.set(word, { word, isDecided, cards: [], answers: [], reminders: [] });
  }

  all(): readonly Asked[] {
    this.#look();
    return [...this.#asked.values()];
  }

  /** Those that the bot still owes a card or an answer. */
  pending(): Asked[] {
    return this.all().filter(
      ({ cards, answers, isDecided }) => cards.length === 0 || (isDecided && answers.length === 0),
    );
  }

  /** The owner presses a button of each card that waits for an answer. While the bot is away that comes to nothing. */
  decide(): void {
    for (const asked of this.pending()) {
      const [card] = asked.cards;
      if (card && asked.isDecided && !this.#clicking.has(asked)) void this.#click(asked, card);
    }
  }

  /** What was posted twice, or is missing, in words. `reminded`: how often people were reminded of each. */
  findings(reminded: ReadonlyMap<string, Reminded>): { lost: string[]; doubled: string[] } {
    const lost = this.pending().map(({ word, cards }) => `${cards.length > 0 ? 'answer' : 'card'} ${word}`);
    const doubled = [...this.#others].filter(([, times]) => times > 1).map(([text]) => `post ${text}`);
    for (const { word, cards, answers, reminders } of this.all()) {
      if (cards.length > 1) doubled.push(`card ${word}`);
      if (answers.length > 1) doubled.push(`answer ${word}`);
      const { due, sent } = reminded.get(word) ?? { due: 0, sent: 0 };
      if (reminders.length > due) doubled.push(`reminder ${word}`);
      if (reminders.length < sent) lost.push(`reminder ${word}`);
    }
    return { lost, doubled };
  }

  async #click(asked: Asked, { id, channelId }: Message): Promise<void> {
    this.#clicking.add(asked);
    const isOption = ({ label }: { label?: unknown }) => label === OPTIONS[0];
    await this.#owner()
      .in({ id: channelId })
      .click({ id }, isOption)
      // The card says meanwhile that it is decided.
      .catch(() => undefined);
    this.#clicking.delete(asked);
  }

  #owner(): Person {
    return this.#stage.owner;
  }

  /** Sorts what the bot has posted since the last look. */
  #look(): void {
    const { discord, recorder } = this.#stage;
    for (const [id, { messages }] of discord.core.world.channels) {
      const seen = this.#seen.get(id) ?? '0';
      const all = messages.all();
      for (let index = all.length - 1; index >= 0; index -= 1) {
        const message = all[index]!;
        if (compareIds(message.id, seen) <= 0) break;
        if (message.authorId === recorder.id && message.type !== 18) this.#sort(message);
      }
      if (all.length > 0) this.#seen.set(id, all.at(-1)!.id);
    }
  }

  #sort(message: Message): void {
    const shown = JSON.stringify(message.components);
    const asked = this.#asked.get(/word\d+x/.exec(message.content + shown)?.[0] ?? '');
    if (!asked) {
      const text = `${message.channelId} ${message.content}${shown}`;
      this.#others.set(text, (this.#others.get(text) ?? 0) + 1);
    } else if (message.content.includes('```worklog')) asked.answers.push(message);
    else if (shown.includes(':reminder')) asked.reminders.push(message);
    else asked.cards.push(message);
  }
}
