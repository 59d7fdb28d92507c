import type { Observation } from './observation.ts';

/** So many are remembered; most are of messages that nobody records. */
const KEPT = 500;

/**
 * The latest edits of messages that are not recorded. Discord may tell of an edit before it tells of the message: then that says
 * at once what the edit made of it. It need not outlast the process, because the next one reads history anew.
 */
export class EarlyEdits {
  readonly #edits = new Map<string, Observation>();

  keep(edit: Observation): void {
    const known = this.#edits.get(edit.messageId);
    if (known && known.editedAt! > edit.editedAt!) return;
    this.#edits.delete(edit.messageId);
    this.#edits.set(edit.messageId, edit);
    if (this.#edits.size > KEPT) this.#edits.delete(this.#edits.keys().next().value!);
  }

  /** Those that are later than what these messages say, in their order. */
  of(messages: readonly Pick<Observation, 'messageId' | 'changedAt'>[]): Observation[] {
    if (this.#edits.size === 0) return [];
    return messages.flatMap(({ messageId, changedAt = 0 }) => {
      const edit = this.#edits.get(messageId);
      return edit && edit.editedAt! > changedAt ? [edit] : [];
    });
  }

  /** What they are about is recorded, or deleted. */
  drop(messageIds: readonly string[]): void {
    for (const id of messageIds) this.#edits.delete(id);
  }
}
