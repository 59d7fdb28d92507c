import { isBot, plainName } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { Appended, PlacedDraft, Store } from '../store/store.ts';
import { readPlain } from './dialects/plain.ts';
import type { Observation } from './observation.ts';

/** How many bots of a workspace are known by name; beyond that only real mentions are found. */
const DIRECTORY_SIZE = 500;

/**
 * Turns what happened in Discord into entries:
 * observation → dialect → policy → mask → session → store. Policies and masking have their place here, between reading and
 * appending; what is not kept or not masked must never reach the store.
 */
export class Recorder {
  readonly #store: Store;
  readonly #rules: RecordingRules;
  /** By workspace: the bots known there by name. */
  readonly #directories = new Map<number, Map<string, Author>>();

  constructor(store: Store, rules: RecordingRules) {
    this.#store = store;
    this.#rules = rules;
  }

  /** Records a batch in the order given. After it resolves the batch is durable; after it rejects nothing of it is. */
  async record(observations: readonly Observation[]): Promise<Appended> {
    await this.#loadDirectories(observations);
    const drafts = observations.map((observation) => this.#read(observation));
    return this.#store.entries.append(drafts, this.#rules);
  }

  #read(observation: Observation): PlacedDraft {
    const { workspaceId, threadId, privateThread } = observation;
    const directory = this.#directories.get(workspaceId)!;
    meet(directory, observation);
    return { workspaceId, threadId, privateThread, draft: readPlain(observation, directory) };
  }

  async #loadDirectories(observations: readonly Observation[]): Promise<void> {
    for (const { workspaceId } of observations) {
      if (this.#directories.has(workspaceId)) continue;
      const bots = await this.#store.bots.list([workspaceId], DIRECTORY_SIZE);
      this.#directories.set(workspaceId, new Map(bots.map((bot) => [plainName(bot.name), bot])));
    }
  }
}

/** The bots of a workspace become known by writing there and by being mentioned there. */
function meet(directory: Map<string, Author>, observation: Observation): void {
  if (directory.size >= DIRECTORY_SIZE) return;
  const add = (author: Author | null) => {
    if (author && isBot(author)) directory.set(plainName(author.name), author);
  };
  add(observation.author);
  for (const mention of observation.mentions) add(mention.author);
}
