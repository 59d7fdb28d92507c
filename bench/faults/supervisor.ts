import { setTimeout as sleep } from 'node:timers/promises';
import { startBot } from '../shared/bot-process.ts';
import type { BotOptions, BotProcess } from '../shared/bot-process.ts';

/** So long a service manager waits before it starts again what ended by itself, in ms. */
const RESTART_AFTER = 200;

/** Keeps the bot running, as a service manager does, unless it is told to kill it. */
export class Supervisor {
  readonly #options: BotOptions;
  #bot: BotProcess | null = null;
  /** What was said by each that ended without having been told to. */
  readonly ownEnds: string[] = [];

  constructor(options: BotOptions) {
    this.#options = options;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#bot?.child.pid;
  }

  /** What the bot that runs said last. */
  get output(): string {
    return this.#bot?.output() ?? '(it does not run)';
  }

  start(): void {
    const bot = startBot(this.#options);
    this.#bot = bot;
    void this.#attend(bot);
  }

  async #attend(bot: BotProcess): Promise<void> {
    const end = await bot.ended;
    if (this.#bot !== bot) return;
    this.ownEnds.push(`${end}: ${bot.output()}`);
    await sleep(RESTART_AFTER);
    if (this.#bot === bot) this.start();
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    const bot = this.#bot;
    this.#bot = null;
    bot?.kill();
    await bot?.ended;
  }

  /** As an operator does. Rejects when it does not end cleanly in time. */
  async stop(): Promise<void> {
    const bot = this.#bot;
    this.#bot = null;
    await bot?.stop();
  }
}
