import type { APIMessage } from 'discord-api-types/v10';
import type { OpenModal, PersonPlace, Run } from '../../sandbox/sandbox.ts';
import type { Random } from '../shared/text.ts';
import type { Lessons } from './lessons.ts';
import type { Stage } from './stage.ts';

/** What the owner does with one insight that waits, each with its weight. */
const VERBS = [
  [5, 'approve'],
  [2, 'edit'],
  [2, 'reject'],
  [2, 'narrow'],
] as const;

/** So long the owner waits for an answer, in ms. */
const PATIENCE_MS = 4000;

/**
 * The owner, who looks through what agents taught: one thing after the other, and by whatever way Discord offers. While the bot is away
 * that comes to nothing; what the owner was told that it is done has to be so.
 */
export class Desk {
  readonly #stage: Stage;
  readonly #lessons: Lessons;
  readonly #random: Random;
  /** Numbers of insights. */
  readonly approved = new Set<number>();
  readonly rejected = new Set<number>();
  readonly revoked = new Set<number>();
  #busy = false;

  constructor(stage: Stage, lessons: Lessons, random: Random) {
    this.#stage = stage;
    this.#lessons = lessons;
    this.#random = random;
  }

  get isBusy(): boolean {
    return this.#busy;
  }

  /** Looks through what waits, and decides on one of it. */
  review(): void {
    this.#begin(async () => {
      const run = await this.#openReview();
      const page = await run.reply({ timeoutMs: PATIENCE_MS });
      const press = pressesOf(page)[0];
      if (press) await this.#decide(run, page, press);
    });
  }

  /** Takes back something that agents have. */
  revoke(): void {
    const known = this.#lessons
      .numbers()
      .filter((number) => this.#lessons.ofNumber(number)?.isOver === false);
    const number = known[Math.floor(this.#random() * known.length)];
    if (number === undefined) return;
    this.#lessons.ofNumber(number)!.isOver = true;
    this.#begin(async () => {
      const run = await this.#place().command('insights revoke', { id: number, reason: 'It does not hold' });
      if ((await saidBy(run)).includes(`#${number} is taken back`)) this.revoked.add(number);
    });
  }

  #begin(act: () => Promise<void>): void {
    if (this.#busy) return;
    this.#busy = true;
    // The bot may be away, and what waits may change under the owner's hands.
    void act()
      .catch(() => undefined)
      .finally(() => (this.#busy = false));
  }

  #openReview(): Promise<Run> {
    const cards = this.#stage.channels.flatMap(({ id }) => this.#lessons.cardsIn(id));
    const card = cards[Math.floor(this.#random() * cards.length)];
    const isReview = ({ label }: { label?: unknown }) => label === 'Review';
    if (card && this.#random() < 0.5) return this.#place(card.channelId).click(card, isReview);
    return this.#place().command('insights review');
  }

  async #decide(run: Run, page: APIMessage, { number, ids, narrower }: Presses): Promise<void> {
    const place = this.#place(run.interaction.channelId);
    const verb = this.#verb();
    if (verb === 'narrow') {
      const select = ids.get(verb);
      if (select) await place.select(page, select, [narrower[Math.floor(this.#random() * narrower.length)]!]);
      return;
    }
    const pressed = await place.click(page, ids.get(verb)!);
    const { modal } = pressed;
    const said = await saidBy(modal ? await place.submit(modal, { content: reworded(modal) }) : pressed);
    if (said.includes(`#${number} is approved`)) this.approved.add(number);
    if (said.includes(`#${number} is rejected`)) this.rejected.add(number);
  }

  #verb(): (typeof VERBS)[number][1] {
    let rest = this.#random() * VERBS.reduce((sum, [weight]) => sum + weight, 0);
    return VERBS.find(([weight]) => (rest -= weight) < 0)![1];
  }

  #place(channelId?: string): PersonPlace {
    const { owner, channels } = this.#stage;
    return owner.in(channelId === undefined ? channels.at(-1)! : { id: channelId });
  }
}

/** What can be done with an insight that waits. */
interface Presses {
  number: number;
  /** Custom ids, by verb. */
  ids: ReadonlyMap<string, string>;
  /** Values of the select that narrows it. */
  narrower: readonly string[];
}

interface Part {
  custom_id?: string;
  options?: { value: string }[];
  components?: Part[];
}

/** The cards of a page that wait for approval, in their order. */
function pressesOf({ components = [] }: APIMessage): Presses[] {
  const found = new Map<number, { ids: Map<string, string>; narrower: string[] }>();
  const look = ({ custom_id: id = '', options = [], components = [] }: Part): void => {
    components.forEach(look);
    const [, verb, number] = /^insight:(approve|edit|reject|narrow):(\d+):/.exec(id) ?? [];
    if (verb === undefined) return;
    const known = found.get(Number(number)) ?? { ids: new Map<string, string>(), narrower: [] };
    known.ids.set(verb, id);
    known.narrower.push(...options.map(({ value }) => value));
    found.set(Number(number), known);
  };
  (components as Part[]).forEach(look);
  return [...found]
    .map(([number, presses]) => ({ number, ...presses }))
    .filter(({ ids }) => ids.has('reject'));
}

async function saidBy(run: Run): Promise<string> {
  return JSON.stringify((await run.reply({ timeoutMs: PATIENCE_MS })).components);
}

/** What the form says, and a little more. */
function reworded({ components }: OpenModal): string {
  const [{ component }] = components as unknown as [{ component: { value: string } }];
  return `${component.value}, as the owner says`;
}
