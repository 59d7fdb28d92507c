import { styleText } from 'node:util';

/** Where text goes: a terminal, a pipe, a file. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** What a command is run with. */
export interface Terminal {
  env: Record<string, string | undefined>;
  /** Relative paths start here. */
  cwd: string;
  stdout: Output;
  stderr: Output;
  /** ms UTC. */
  now(): number;
  /** What the process ends with: a command sets it when all that went wrong is that what it looked at is not well. */
  exitCode: number;
}

export type Style = 'bold' | 'dim' | 'italic' | 'cyan' | 'blue' | 'green' | 'yellow' | 'red';

/** Where nothing says how wide it is. */
const USUAL_COLUMNS = 100;
const FEWEST_COLUMNS = 20;

export function columnsOf({ stdout, env }: Terminal): number {
  const columns = stdout.columns ?? (Number.parseInt(env['COLUMNS'] ?? '', 10) || USUAL_COLUMNS);
  return Math.max(FEWEST_COLUMNS, columns);
}

/** On a terminal alone, and not where somebody wants none: https://no-color.org */
export function showsColour({ stdout, env }: Terminal): boolean {
  return stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

export type Paint = (style: Style, text: string) => string;

export function paintFor(terminal: Terminal): Paint {
  if (!showsColour(terminal)) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}

export function printLines({ stdout }: Terminal, lines: readonly string[]): void {
  stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** For programs: the one JSON object of a run. */
export function printJson({ stdout }: Terminal, value: object): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
