import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot, HasId, Message, Place, ThreadHandle } from '../../sandbox/sandbox.ts';
import { createWriter } from '../shared/text.ts';
import type { Random, Writer } from '../shared/text.ts';
import { OPTIONS } from './decisions.ts';
import type { Decisions } from './decisions.ts';
import type { Ledger, Posted } from './ledger.ts';
import type { Stage } from './stage.ts';
import type { Teaching } from './teaching.ts';

/** How long the next act takes to come, at most, in ms. */
const PAUSE = 20;
/** Threads that are spoken in at the same time; the oldest is archived for a new one. */
const THREADS = 6;
/** What may still be edited, deleted or answered: so many of the latest messages. */
const RECENT = 12;
/** Characters of a message, at most. */
const LENGTH = 240;
/** Edits by which a streamed answer grows. */
const GROWTH = 5;

/** Share of what agents ask that the owner decides. */
const DECIDED = 0.7;

/** A message whose author can still change it. */
interface Spoken {
  at: Place;
  posted: Posted;
  content: string;
}

/** What several agents and a person do all the time, each act with its weight. */
const ACTS: [weight: number, act: (traffic: Traffic) => void][] = [
  [40, (traffic) => traffic.chat()],
  [10, (traffic) => traffic.reply()],
  [12, (traffic) => traffic.beginStream()],
  [20, (traffic) => traffic.stream()],
  [8, (traffic) => traffic.relay()],
  [8, (traffic) => traffic.block()],
  [3, (traffic) => traffic.rephrase()],
  [3, (traffic) => traffic.remove()],
  [1, (traffic) => traffic.openThread()],
  [3, (traffic) => traffic.escalate()],
  [3, (traffic) => traffic.decide()],
  [18, (traffic) => traffic.teaching.act()],
  [2, (traffic) => traffic.endSession()],
];

export interface TrafficParts {
  stage: Stage;
  ledger: Ledger;
  decisions: Decisions;
  teaching: Teaching;
  random: Random;
}

/** Lets everyone on the stage talk, and writes into the ledger what they said. */
export class Traffic {
  readonly teaching: Teaching;
  readonly #stage: Stage;
  readonly #ledger: Ledger;
  readonly #decisions: Decisions;
  readonly #random: Random;
  readonly #writer: Writer;
  readonly #threads: ThreadHandle[] = [];
  #recent: Spoken[] = [];
  #streams: (Spoken & { left: number })[] = [];

  constructor({ stage, ledger, decisions, teaching, random }: TrafficParts) {
    this.teaching = teaching;
    this.#stage = stage;
    this.#decisions = decisions;
    this.#ledger = ledger;
    this.#random = random;
    this.#writer = createWriter(random);
  }

  /** Goes on until `signal` aborts. What was streamed before has its last edit: nobody streams for minutes. */
  async run(signal: AbortSignal): Promise<void> {
    this.#streams = [];
    const total = ACTS.reduce((sum, [weight]) => sum + weight, 0);
    while (!signal.aborted) {
      let rest = this.#random() * total;
      ACTS.find(([weight]) => (rest -= weight) < 0)![1](this);
      await sleep(this.#random() * PAUSE);
    }
  }

  chat(): void {
    this.#say(this.#anyPlace(), this.#text());
  }

  reply(): void {
    const answered = this.#pick(this.#recent);
    if (!answered) return;
    const at = this.#anyoneIn({ id: answered.at.channelId });
    const [content, word] = this.#text();
    this.#keep(at, at.send({ content, replyTo: answered.posted }), content, word);
  }

  beginStream(): void {
    const spoken = this.#say(this.#anyPlace(), this.#text());
    this.#streams.push({ ...spoken, left: GROWTH });
  }

  /** The answer grows by one edit. */
  stream(): void {
    const growing = this.#pick(this.#streams);
    if (!growing) return;
    const [more, word] = this.#text();
    growing.content = `${growing.content} ${more}`;
    growing.at.edit(growing.posted, growing.content);
    this.#ledger.edited(growing.posted, word);
    growing.left -= 1;
    this.#streams = this.#streams.filter(({ left }) => left > 0);
  }

  relay(): void {
    const { webhook, personas } = this.#pick(this.#stage.workplaces)!;
    const [content, word] = this.#text();
    const message = webhook.send({ content, username: this.#pick(personas)! });
    this.#ledger.posted(message, word);
  }

  block(): void {
    const [message, word] = this.#text();
    const step = { type: 'decision', message, confidence: 0.9, alternatives: ['the other way'] };
    const steps = this.#random() < 0.5 ? step : [{ type: 'thinking', message: 'Two ways lead there' }, step];
    this.#report(steps, word, Array.isArray(steps) ? steps.length : 1);
  }

  /** An agent needs something decided. */
  escalate(): void {
    const [text, word] = this.#text();
    // A reminder has room for the beginning only.
    const reason = `${word}: ${text}`;
    this.#decisions.ask(word, this.#random() < DECIDED);
    this.#report({ type: 'escalation', reason, options: OPTIONS, dedupe_key: word }, word, 1);
  }

  /** The owner decides what waits. */
  decide(): void {
    this.#decisions.decide();
  }

  /** Somebody says something else in the place of what they said. */
  rephrase(): void {
    const spoken = this.#pick(this.#recent);
    if (!spoken) return;
    const [content, word] = this.#text();
    spoken.at.edit(spoken.posted, content);
    spoken.content = content;
    this.#ledger.edited(spoken.posted, word);
  }

  remove(): void {
    const spoken = this.#pick(this.#recent);
    if (!spoken) return;
    spoken.at.delete(spoken.posted);
    this.#ledger.deleted(spoken.posted);
    this.#recent = this.#recent.filter((one) => one !== spoken);
    this.#streams = this.#streams.filter(({ posted }) => posted !== spoken.posted);
  }

  openThread(): void {
    const channel = this.#pick(this.#stage.channels)!;
    const at = this.#agentOf(channel).in(channel);
    this.#threads.push(at.startThread({ name: `thread ${this.#ledger.newWord()}` }));
    if (this.#threads.length <= THREADS) return;
    const former = this.#threads.shift()!;
    const isElsewhere = ({ at }: Spoken) => at.channelId !== former.id;
    this.#recent = this.#recent.filter(isElsewhere);
    this.#streams = this.#streams.filter(isElsewhere);
    former.archive();
  }

  endSession(): void {
    const [message, word] = this.#text();
    this.#report({ type: 'session_end', message }, word, 1);
  }

  #report(steps: unknown, word: string, parts: number): void {
    const where = this.#where();
    const at = this.#agentOf(where).in(where);
    this.#ledger.posted(at.send(`\`\`\`worklog\n${JSON.stringify(steps)}\n\`\`\``), word, parts);
  }

  #say(at: Place, [content, word]: readonly [string, string]): Spoken {
    return this.#keep(at, at.send(content), content, word);
  }

  #keep(at: Place, message: Message, content: string, word: string): Spoken {
    const spoken = { at, posted: this.#ledger.posted(message, word), content };
    this.#recent = [...this.#recent, spoken].slice(-RECENT);
    return spoken;
  }

  #anyPlace(): Place {
    return this.#anyoneIn(this.#where());
  }

  #where(): HasId {
    return this.#pick<HasId>([...this.#stage.channels, ...this.#threads])!;
  }

  #anyoneIn(where: HasId): Place {
    return (this.#random() < 0.1 ? this.#stage.person : this.#agentOf(where)).in(where);
  }

  #agentOf({ id }: HasId): Bot {
    return this.#pick(this.#stage.workplaceOf(id).team)!;
  }

  /** A text and the word in it by which it is found. */
  #text(): readonly [content: string, word: string] {
    const word = this.#ledger.newWord();
    return [`${this.#writer.write(20 + this.#below(LENGTH))} ${word}`, word];
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[this.#below(from.length)];
  }
}
