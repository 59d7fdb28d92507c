import type { HasId } from '../sandbox.ts';
import type { Control } from './render/components.ts';

/** Something that can be pressed, and where it is. */
export interface Pressable {
  control: Control;
  message: HasId;
  channelId: string;
}

/** All that was shown and can be pressed, numbered 1, 2, 3 …; a number always means the same thing. */
export class Controls {
  readonly #all: Pressable[] = [];

  /** The number that the next one gets. */
  get next(): number {
    return this.#all.length + 1;
  }

  keep(controls: readonly Control[], message: HasId, channelId: string): void {
    this.#all.push(...controls.map((control) => ({ control, message, channelId })));
  }

  get(number: number): Pressable | undefined {
    return this.#all[number - 1];
  }
}
