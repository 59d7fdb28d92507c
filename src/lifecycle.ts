import { ConfigError, StartupError } from './errors.ts';

/** Aborts when the process is asked to end. Asked again a while later, it ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const ask = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    giveUpLater();
    setTimeout(() => endAtOnceOn(ask), ECHO).unref();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  return stop.signal;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Terminals, npm and time limits signal a process and then its group: within so many ms that is one request. */
const ECHO = 1000;

/** From now on a signal does what it does by default. */
function endAtOnceOn(listener: () => void): void {
  for (const signal of SIGNALS) process.off(signal, listener);
}

/** Resolves when the process is asked to end. */
export function toldTo(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Throws what happened on; what is open is then closed, in the time that a stop may take. */
export function closeInTime(error: unknown): never {
  giveUpLater();
  throw error;
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
