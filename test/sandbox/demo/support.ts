import { PassThrough } from 'node:stream';
import { assemble } from '../../../sandbox/demo/cast.ts';
import type { Cast } from '../../../sandbox/demo/cast.ts';
import { createStage } from '../../../sandbox/demo/stage.ts';
import type { Stage } from '../../../sandbox/demo/stage.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

/** Keeps what is written to it. */
export function capture(): { output: PassThrough; text(): string; clear(): void } {
  const output = new PassThrough();
  let written = '';
  output.setEncoding('utf8').on('data', (chunk: string) => (written += chunk));
  return { output, text: () => written, clear: () => void (written = '') };
}

export interface Theatre extends AsyncDisposable {
  cast: Cast;
  stage: Stage;
  output: PassThrough;
  /** What was printed since the last call. */
  printed(): string;
}

/** The demo's server, with a screen that is kept. */
export async function openTheatre(): Promise<Theatre> {
  const discord = await startTestSandbox();
  const { output, text, clear } = capture();
  const cast = assemble(discord, 'Scribe');
  return {
    cast,
    stage: createStage(discord, output),
    output,
    printed() {
      const shown = text();
      clear();
      return shown;
    },
    [Symbol.asyncDispose]: () => discord.close(),
  };
}
