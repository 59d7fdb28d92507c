import { isBot } from '../domain/author.ts';
import type { BotProfile, BotStore } from '../store/store.ts';
import { detect, dialectOfPrompt, noDetection } from './dialects/detect.ts';
import type { Detection } from './dialects/detect.ts';
import type { Dialect } from './dialects/dialect.ts';
import { DIALECTS, mayPrompt } from './dialects/index.ts';
import type { Observation } from './observation.ts';

/** What the recorder has to know of a bot to read its messages. */
export interface KnownBot {
  role: BotProfile['role'];
  dialect: Dialect | null;
}

interface State extends KnownBot {
  detection: Detection;
  /** Somebody said in which dialect it writes, or that it writes plain chat. */
  isSaid: boolean;
  /** How many of its messages were looked at to find out its dialect. */
  looked: number;
}

/** How many bots are kept at hand; the others are looked up again. */
const KEPT = 2_000;
/** A bot that has shown no known marks in so many messages writes plain chat. */
const LOOKS = 100;

/** Which bot writes in which dialect: as somebody said, or as its own messages show, and kept from then on. */
export class KnownBots {
  readonly #store: BotStore;
  readonly #bots = new Map<string, State>();
  /** Dialects that were found and are not written down yet, by the key of the bot. */
  readonly #found = new Map<string, string>();

  constructor(store: BotStore) {
    this.#store = store;
  }

  /** Looks up the bots that wrote these messages, as far as they are not at hand, and learns their dialects from the messages. */
  async meet(observations: readonly Observation[]): Promise<void> {
    await this.load(observations);
    for (const observation of observations) this.#learn(observation);
  }

  /** Looks up these bots, as far as they are not at hand. */
  async load(written: readonly Pick<Observation, 'author'>[]): Promise<void> {
    const unknown = new Set<string>();
    for (const { author } of written) {
      if (isBot(author) && !this.#bots.has(author.key)) unknown.add(author.key);
    }
    if (unknown.size > 0) await this.#load([...unknown]);
  }

  /** Undefined for a person. */
  get(key: string): KnownBot | undefined {
    return this.#bots.get(key);
  }

  /** In which dialect a message is read: its bot's, or else that of a card which waits for a person; null: plain chat. */
  dialectOf(observation: Observation): Dialect | null {
    const bot = this.#bots.get(observation.author.key);
    if (!bot || bot.dialect || bot.isSaid) return bot?.dialect ?? null;
    return mayPrompt(observation) ? dialectOfPrompt(observation, DIALECTS) : null;
  }

  /** To be called when somebody said something else of a bot. */
  forget(key: string): void {
    this.#bots.delete(key);
  }

  /** Writes down which dialects were found. To be called once the bots' messages are stored, and with them the bots. */
  async keep(): Promise<void> {
    for (const [key, name] of this.#found) {
      await this.#store.describe(key, { dialect: { name, by: 'detected' } });
      this.#found.delete(key);
    }
  }

  async #load(keys: string[]): Promise<void> {
    const profiles = new Map(
      (await this.#store.byKeys(keys)).map((profile) => [profile.author.key, profile]),
    );
    for (const key of keys) this.#bots.set(key, stateOf(profiles.get(key)));
    for (const key of this.#bots.keys()) {
      if (this.#bots.size <= KEPT) break;
      if (!keys.includes(key)) this.#bots.delete(key);
    }
  }

  #learn(observation: Observation): void {
    const state = this.#bots.get(observation.author.key);
    if (!state || state.dialect || state.looked >= LOOKS) return;
    state.looked += 1;
    state.detection = detect(state.detection, observation, DIALECTS);
    const { chosen } = state.detection;
    if (chosen === null) return;
    state.dialect = DIALECTS.get(chosen) ?? null;
    this.#found.set(observation.author.key, chosen);
  }
}

/** A bot that somebody said writes plain chat is not looked at any more. */
function stateOf(profile: BotProfile | undefined): State {
  const dialect = DIALECTS.get(profile?.dialect ?? '') ?? null;
  const isSaid = profile?.dialectBy === 'command';
  return {
    role: profile?.role ?? null,
    dialect,
    isSaid,
    detection: noDetection(),
    looked: isSaid ? LOOKS : 0,
  };
}
