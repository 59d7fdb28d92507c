import { ConfigError, StartupError } from './errors.ts';

/** Aborts when the process is asked to end. A second request ends it at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop.abort();
      giveUpLater();
    });
  }
  return stop.signal;
}

/** Resolves when the process is asked to end. */
export function toldTo(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Runs the program and ends the process: with 0 after a clean stop, 2 for bad configuration, 1 for any other failure. */
export async function exitWith(main: () => Promise<void>): Promise<never> {
  try {
    await main();
    return process.exit(0);
  } catch (error) {
    if (isAbort(error)) return process.exit(0);
    process.stderr.write(`${wordsOf(error)}\n`);
    return process.exit(error instanceof ConfigError ? 2 : 1);
  }
}

/** The process promises to end within 5 s, in ms. */
const STOP_WITHIN = 4500;

function giveUpLater(): void {
  setTimeout(() => {
    process.stderr.write('Stopping took too long: what had just arrived may not be recorded.\n');
    process.exit(1);
  }, STOP_WITHIN).unref();
}

/** The stop was asked for while the bot was still starting. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** What the operator can mend is said in its own words; for the rest, the way to the fault helps more. */
function wordsOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
