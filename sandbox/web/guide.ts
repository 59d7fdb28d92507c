import { RefusedByClient } from '../people/refusal.ts';

/** What a visitor of the page is told to try, beside the chat. */
export interface Guide {
  title: string;
  tips: readonly Tip[];
}

export interface Tip {
  /** In Discord's Markdown. */
  text: string;
  /** Where it is tried. */
  channel?: { id: string };
  /** What is put into the input there, to be sent by the visitor. */
  type?: string;
  /** Through whose eyes. */
  as?: { id: string };
  /** What only this Discord can do, as moving its clock; `label` names the button. */
  action?: { label: string; run(): void | Promise<void> };
}

/** Where the guide hangs; it may be changed while pages are open. */
export class GuideBoard {
  readonly listeners = new Set<() => void>();
  #guide: Guide = { title: '', tips: [] };

  show(guide: Guide): void {
    this.#guide = guide;
    for (const listener of this.listeners) listener();
  }

  /** As a page is told of it. */
  toJSON(): object {
    const { title, tips } = this.#guide;
    return {
      title,
      tips: tips.map(({ text, channel, type, as, action }) => ({
        text,
        ...(channel && { channel: channel.id }),
        ...(type !== undefined && { type }),
        ...(as && { as: as.id }),
        ...(action && { action: action.label }),
      })),
    };
  }

  /** Does what a tip offers to do. @throws RefusedByClient when it offers nothing (any more) */
  async run(index: number): Promise<void> {
    const action = this.#guide.tips[index]?.action;
    if (action === undefined) throw new RefusedByClient('This is not offered any more.');
    await action.run();
  }
}
