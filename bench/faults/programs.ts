import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '../../sandbox/sandbox.ts';
import type { Random } from '../shared/text.ts';
import type { Stage } from './stage.ts';

/** So long a program waits for an answer, in ms. */
const PATIENCE_MS = 4000;
/** How often the owner asks for a token until there is one, in ms. */
const RETRY_MS = 200;
const LISTED = 50;

/** The programs of some agents: they ask the bot by HTTP for what others have learned. */
export class Programs {
  readonly #url: string;
  readonly #random: Random;
  readonly #tokens = new Map<Bot, string>();
  /** What an agent has seen as its program was told: `insight agent`. */
  readonly seen = new Set<string>();
  #busy = false;

  constructor(port: number, random: Random) {
    this.#url = `http://127.0.0.1:${port}/v1/`;
    this.#random = random;
  }

  get isBusy(): boolean {
    return this.#busy;
  }

  /** Resolves when the owner has a token for each of these agents. */
  async equip({ owner, channels }: Stage, agents: readonly Bot[]): Promise<void> {
    for (const agent of agents) {
      for (; !this.#tokens.has(agent); await sleep(RETRY_MS)) {
        const said = await owner
          .in(channels[0]!)
          .command('bot token create', { bot: agent.id })
          .then((run) => run.reply())
          // Its commands are deployed a little after the bot is there.
          .catch(() => null);
        const [token] = /wlt_\d+_[\w-]{43}/.exec(JSON.stringify(said)) ?? [];
        if (token !== undefined) this.#tokens.set(agent, token);
      }
    }
  }

  /** One of them reads what its agent has, and acknowledges one of it. While the bot is away that comes to nothing. */
  read(): void {
    const agents = [...this.#tokens.keys()];
    const agent = agents[Math.floor(this.#random() * agents.length)];
    if (this.#busy || !agent) return;
    this.#busy = true;
    void this.#readAs(agent)
      .catch(() => undefined)
      .finally(() => (this.#busy = false));
  }

  async #readAs(agent: Bot): Promise<void> {
    const { insights } = await this.#call<{ insights: { insight: number }[] }>(agent, 'list_insights', {
      limit: LISTED,
    });
    for (const { insight } of insights) this.seen.add(`${insight} ${agent.id}`);
    const one = insights[Math.floor(this.#random() * insights.length)];
    if (!one) return;
    const { insight } = await this.#call<{ insight: number }>(agent, 'ack_insight', { insight: one.insight });
    this.seen.add(`${insight} ${agent.id}`);
  }

  /** @throws Error, unless the bot says that it did it */
  async #call<T>(agent: Bot, name: string, input: object): Promise<T> {
    const response = await fetch(this.#url + name, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#tokens.get(agent)!}` },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return (await response.json()) as T;
  }
}
