import { clearLine, cursorTo } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import { wrap } from '../render/width.ts';
import type { Screen } from '../screen.ts';
import type { Client } from './client.ts';
import type { Seat } from './seat.ts';

export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/** Hands the client one line after another, until the person leaves (`quit`, Ctrl-C, Ctrl-D) or the signal aborts. */
export async function prompt(
  client: Client,
  seat: Seat,
  screen: Screen,
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const left = new AbortController();
  const lines = createInterface({
    input,
    output,
    terminal: true,
    completer: async (line: string): Promise<[string[], string]> => {
      const { candidates, typed, notes } = await client.complete(line);
      if (notes.length > 0) screen.print(notes.flatMap((note) => wrap(note, screen.width, 4)));
      return [candidates, typed];
    },
  });
  const leave = () => {
    left.abort();
    lines.close();
  };
  lines.on('SIGINT', leave);
  signal.addEventListener('abort', leave, { once: true });
  // What others say appears above the line that is being typed.
  const above = (print: () => void) => {
    clearLine(output, 0);
    cursorTo(output, 0);
    print();
    lines.prompt(true);
  };
  const ask = (question: string) => lines.question(question, { signal: left.signal });
  const showPrompt = () => {
    lines.setPrompt(`${seat.label} › `);
    lines.prompt();
    screen.around = above;
  };
  try {
    showPrompt();
    for await (const line of lines) {
      screen.around = undefined;
      if (!(await client.enter(line, ask))) break;
      showPrompt();
    }
  } catch (error) {
    if (!left.signal.aborted) throw error;
  } finally {
    screen.around = undefined;
    signal.removeEventListener('abort', leave);
    lines.close();
    // Whatever comes next does not begin beside the prompt.
    if (left.signal.aborted) screen.print(['']);
  }
}
