import { pino } from 'pino';
import type { Logger } from 'pino';
import pretty from 'pino-pretty';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

interface LogOptions {
  level: LogLevel;
  /** Texts that never reach the log, wherever they turn up: the bot token. */
  secrets: readonly string[];
  /** Where lines go: for people on a terminal, JSON otherwise. Default: standard output. */
  out?: NodeJS.WritableStream & { isTTY?: boolean };
}

/** The one log of the process. Every line passes through {@link scrubber} on its way out. */
export function createLog({ level, secrets, out = process.stdout }: LogOptions): Logger {
  const scrub = scrubber(secrets);
  const destination = out.isTTY ? pretty({ destination: out, ignore: 'pid,hostname', sync: true }) : out;
  const options = { level, serializers: { err: serializeError }, base: null };
  return pino(options, { write: (line: string) => void destination.write(scrub(line)) });
}

/** Cuts out the given secrets, and the tokens that Discord's own addresses carry: of webhooks and of interactions. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret !== '');
  return (text) =>
    known
      .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
      .replace(TOKEN_IN_ADDRESS, `$1${REDACTED}`);
}

const REDACTED = '[redacted]';
/** https://discord.com/developers/docs/resources/webhook and …/interactions/receiving-and-responding */
const TOKEN_IN_ADDRESS = /(\/(?:webhooks|interactions)\/\d{17,20}\/)[\w.%-]+/g;

/** What of an error is logged. Errors of discord.js also carry the body of the request, which may hold what people wrote: not that. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code, status, method, url } = error as Partial<
    Record<'code' | 'status' | 'method' | 'url', unknown>
  >;
  return { name, message, code, status, method, url, stack, cause: cause && serializeError(cause) };
}
