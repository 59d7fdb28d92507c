import type { z } from 'zod';
import type { Functions } from './functions/index.ts';

/** A program's way to the HTTP door. */
export interface ClientOptions {
  /** Such as `http://127.0.0.1:8787`. */
  url: string;
  /** As `/bot token create` gave it. */
  token: string;
}

export interface CallOptions {
  /** The call made again under the same key has the same effect as once. */
  key?: string;
  signal?: AbortSignal;
}

/** What the door refused, and why. */
export class RefusedError extends Error {
  override name = 'RefusedError';
  readonly status: number;
  /** As in docs/agents.md. */
  readonly code: string;
  readonly index: number | undefined;

  constructor(status: number, { code, message, index }: Pick<RefusedError, 'code' | 'message' | 'index'>) {
    super(message);
    this.status = status;
    this.code = code;
    this.index = index;
  }
}

type Input<N extends keyof Functions> = z.input<Functions[N]['input']>;
type Output<N extends keyof Functions> = z.output<Functions[N]['output']>;

/** How often a call is made again that came too early, at most. */
const TRIES = 10;

/** Calls the functions of the door by their names. */
export class WorkLogsClient {
  readonly #url: string;
  readonly #token: string;

  constructor({ url, token }: ClientOptions) {
    this.#url = url.replace(/\/+$/, '');
    this.#token = token;
  }

  /** @throws RefusedError, or the TypeError of fetch where there is no door */
  async call<N extends keyof Functions>(
    name: N,
    input: Input<N>,
    options: CallOptions = {},
  ): Promise<Output<N>> {
    const body = JSON.stringify(input);
    return (await this.post(`/v1/${name}`, { body, type: 'application/json' }, options)) as Output<N>;
  }

  /** Posts a body as it is. Where calls come too often it waits as long as the door says. */
  async post(
    path: string,
    { body, type }: { body: string | Uint8Array<ArrayBuffer>; type: string },
    { key, signal }: CallOptions = {},
  ): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      'content-type': type,
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(this.#url + path, {
        method: 'POST',
        headers,
        body,
        ...(signal && { signal }),
      });
      const answer: unknown = await response.json();
      if (response.ok) return answer;
      if (response.status !== 429 || tries === TRIES)
        throw new RefusedError(response.status, (answer as { error: RefusedError }).error);
      await elapsed(Number(response.headers.get('retry-after') ?? 1) * 1000);
    }
  }
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
