import { isBot, plainName } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import type { BotStore } from '../store/store.ts';
import type { Observation } from './observation.ts';

/** How many bots of a workspace are known by name; beyond that only real mentions are found. */
const SIZE = 500;

/** By workspace: the bots known there by name. They become known by writing there and by being mentioned there. */
export class Directories {
  readonly #store: Pick<BotStore, 'list'>;
  readonly #all = new Map<number, Map<string, Author>>();

  constructor(store: Pick<BotStore, 'list'>) {
    this.#store = store;
  }

  /** To be called before {@link of} and {@link meet}. */
  async load(places: readonly Pick<Observation, 'workspaceId'>[]): Promise<void> {
    for (const { workspaceId } of places) {
      if (this.#all.has(workspaceId)) continue;
      const bots = await this.#store.list([workspaceId], SIZE);
      this.#all.set(workspaceId, new Map(bots.map((bot) => [plainName(bot.name), bot])));
    }
  }

  of(workspaceId: number): Map<string, Author> {
    return this.#all.get(workspaceId)!;
  }

  /** The bots of a message's workspace, among them who wrote it and whom it mentions. */
  meet({ workspaceId, author, mentions }: Observation): Map<string, Author> {
    const directory = this.of(workspaceId);
    if (directory.size >= SIZE) return directory;
    for (const one of [author, ...mentions.map((mention) => mention.author)])
      if (one && isBot(one)) directory.set(plainName(one.name), one);
    return directory;
  }
}
