import type { Look, Names } from './render/markup.ts';
import { paintFor } from './render/paint.ts';
import type { Paint } from './render/paint.ts';

/** Where the demo prints to: lines of at most `width` columns. */
export interface Screen extends Look {
  width: number;
  print(lines: readonly string[]): void;
  /** Runs around each print: a prompt that stands on the last line steps aside and comes back. */
  around?: ((print: () => void) => void) | undefined;
}

export function createScreen(output: NodeJS.WritableStream, names: Names): Screen {
  const paint: Paint = paintFor(output);
  return {
    width: 80,
    names,
    paint,
    print(lines) {
      const write = () => void output.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
      if (this.around === undefined) write();
      else this.around(write);
    },
  };
}
