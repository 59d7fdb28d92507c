import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import type { Interaction } from '../interactions.ts';
import { isLoading } from '../interactions/follow-ups.ts';
import { messagePayload } from '../payloads/message.ts';
import type { Message } from '../world.ts';

/** How long a person waits for a deferred reply to be filled in, ms. */
const patienceMs = 10_000;

/** A modal that stands open before a person. */
export type OpenModal = APIModalInteractionResponseCallbackData & { interaction: Interaction };

/** What came of a person's command, click, selection or submitted modal. */
export class Run {
  readonly interaction: Interaction;
  readonly #core: Core;

  constructor(core: Core, interaction: Interaction) {
    this.#core = core;
    this.interaction = interaction;
  }

  /** Nobody responded within 3 s: the person sees "This interaction failed". */
  get failed(): boolean {
    return this.interaction.state === 'failed';
  }

  /** The initial response, with its message as the person sees it now; undefined when there was none. */
  get response(): { type: number; message?: APIMessage } | undefined {
    const { response, original } = this.interaction;
    if (response === undefined) return undefined;
    return { type: response.type, ...(original !== undefined && { message: this.#seen(original) }) };
  }

  get modal(): OpenModal | undefined {
    const modal = this.interaction.response?.modal;
    return modal === undefined ? undefined : { ...modal, interaction: this.interaction };
  }

  /** Whether only this person sees the reply. */
  get ephemeral(): boolean {
    return this.interaction.original?.ephemeralTo !== undefined;
  }

  get followUps(): APIMessage[] {
    return this.interaction.followUps.map((message) => this.#seen(message));
  }

  /**
   * The reply as the person sees it. A deferred reply is waited for until it is filled.
   * Rejects when the interaction failed, was answered without a message, or nothing comes in time.
   */
  async reply({ timeoutMs = patienceMs }: { timeoutMs?: number } = {}): Promise<APIMessage> {
    if (this.failed) throw new Error('This interaction failed: the application did not respond within 3 s');
    const { original, response } = this.interaction;
    if (original === undefined)
      throw new Error(`No message came: the response was of type ${response?.type}`);
    await this.#filled(original, timeoutMs);
    return this.#seen(original);
  }

  #filled(message: Message, timeoutMs: number): Promise<void> {
    if (!isLoading(message)) return Promise.resolve();
    const { clock, events } = this.#core;
    return new Promise((resolve, reject) => {
      const listener = (changed: Message) => {
        if (changed === message && !isLoading(message)) finish(resolve);
      };
      const cancel = clock.after(timeoutMs, () =>
        finish(() => reject(new Error(`Still thinking after ${timeoutMs} ms`))),
      );
      const finish = (how: () => void) => {
        cancel();
        events.messageListeners.delete(listener);
        how();
      };
      events.messageListeners.add(listener);
    });
  }

  #seen(message: Message): APIMessage {
    const viewer = { userId: this.interaction.userId, readsContent: true };
    return messagePayload(this.#core, message, viewer) as APIMessage;
  }
}

/** Waits for the initial response, or for its 3 s to pass. */
export async function runOf(core: Core, interaction: Interaction): Promise<Run> {
  await new Promise<void>((resolve) => {
    if (interaction.state === 'waiting') interaction.watchers.add(resolve);
    else resolve();
  });
  return new Run(core, interaction);
}
