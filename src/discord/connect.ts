import { DiscordjsError, DiscordjsErrorCodes, Events, GatewayCloseCodes } from 'discord.js';
import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import { keepTrying } from '../backoff.ts';
import type { Backoff } from '../backoff.ts';
import { ConfigError, StartupError } from '../errors.ts';

const BACKOFF: Backoff = { first: 500, most: 30_000 };

interface Connection {
  token: string;
  apiUrl: string;
  log: Logger;
  /** Ends the trying, and what was begun with it. */
  signal: AbortSignal;
}

/**
 * Logs in what `make` makes and resolves when its servers are there. While Discord cannot be reached it keeps trying, each time
 * with a new client, because a discord.js client that failed to log in is spent.
 *
 * @throws ConfigError when Discord refuses the token or an intent, AbortError when `signal` ends the trying
 */
export async function connectClient<T extends { client: Client }>(
  { token, apiUrl, log, signal }: Connection,
  make: () => T,
): Promise<T> {
  const complain = (error: unknown, retryInMs: number) => {
    if (error instanceof ConfigError || error instanceof StartupError || signal.aborted) throw error;
    log.warn({ err: error, apiUrl, retryInMs }, 'Discord cannot be reached; trying again.');
  };
  return keepTrying(() => attempt(make(), token, log, signal), BACKOFF, signal, complain);
}

async function attempt<T extends { client: Client }>(
  made: T,
  token: string,
  log: Logger,
  signal: AbortSignal,
): Promise<T> {
  const { client } = made;
  const ready = new Promise((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  const refused = refusal(client);
  reportConnection(client, log, signal);
  const login = client.login(token).catch((error: unknown) => {
    throw isWrongToken(error) ? refusalOf(GatewayCloseCodes.AuthenticationFailed) : error;
  });
  try {
    await Promise.race([login.then(() => ready), refused, aborted(signal)]);
    return made;
  } catch (error) {
    await client.destroy();
    throw error;
  }
}

/** Rejects when Discord ends the connection for good. It may do so at any time, for instance when the token is reset. */
export function refusal(client: Client): Promise<never> {
  const refused = new Promise<never>((_, reject) => {
    client.once(Events.ShardDisconnect, ({ code }) => reject(refusalOf(code)));
  });
  refused.catch(() => {});
  return refused;
}

function refusalOf(code: number): Error {
  const message = REFUSALS[code];
  if (message !== undefined) return new ConfigError(message);
  return new StartupError(
    `Discord ended the connection for good, with code ${code} (${GatewayCloseCodes[code]}).`,
  );
}

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const REFUSALS: Record<number, string> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    'Discord does not accept DISCORD_TOKEN. Copy the bot token anew: https://discord.com/developers/applications → your app → ' +
    'Bot → Reset Token.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord does not let this bot read messages. Switch on "Message Content Intent": ' +
    'https://discord.com/developers/applications → your app → Bot → Privileged Gateway Intents.',
};

function isWrongToken(error: unknown): boolean {
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** How often a connection that stays lost is spoken of, in ms; discord.js tries twice a second. */
const SILENCE = 30_000;

/** Says in the log when the connection is lost and when it is back. */
function reportConnection(client: Client, log: Logger, signal: AbortSignal): void {
  let lostSince: number | null = null;
  let spokenAt = 0;
  const lost = (err?: Error) => {
    // The bot itself hangs up when it is told to stop.
    if (signal.aborted) return;
    const now = Date.now();
    lostSince ??= now;
    if (now - spokenAt < SILENCE) return;
    spokenAt = now;
    log.warn(
      { err, forMs: now - lostSince },
      'There is no connection to Discord; it is tried again and again.',
    );
  };
  const back = () => {
    if (lostSince !== null)
      log.info({ afterMs: Date.now() - lostSince }, 'The connection to Discord is back.');
    lostSince = null;
    spokenAt = 0;
  };
  client.on(Events.ShardError, lost);
  client.on(Events.ShardReconnecting, () => lost());
  client.on(Events.ShardResume, back);
  client.on(Events.ShardReady, back);
  client.on(Events.Error, (err) => log.error({ err }, 'discord.js reports an error.'));
  client.on(Events.Warn, (message) => log.warn(message));
}
