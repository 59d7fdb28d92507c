import type { Look, Names } from './render/markup.ts';
import { paintFor } from './render/paint.ts';

/** Where the demo prints to: lines of at most `width` columns. */
export interface Screen extends Look {
  width: number;
  print(lines: readonly string[]): void;
  /** Runs around each print: a prompt that stands on the last line steps aside and comes back. */
  around?: ((print: () => void) => void) | undefined;
}

/** Easy to read, and within what even a small terminal shows. */
const WIDEST = 80;
const NARROWEST = 40;

export function createScreen(output: NodeJS.WritableStream & { columns?: number }, names: Names): Screen {
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, output.columns || WIDEST)),
    names,
    paint: paintFor(output),
    print(lines) {
      const write = () => void output.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
      if (this.around === undefined) write();
      else this.around(write);
    },
  };
}
