import type { Context, MiddlewareHandler } from 'hono';

/** What goes wrong with a REST request. Several can be combined with a delay. */
export interface RestFault {
  /** Answer with this status instead, e.g. 500 or 503; the request is not carried out. */
  status?: number;
  /** 429 with this many seconds to wait. */
  retryAfterS?: number;
  /** Close the socket without an answer. `afterwards`: carry the request out first. */
  close?: boolean | 'afterwards';
  /** Answer this late. */
  delayMs?: number;
  /** Which requests; default: all. */
  method?: string;
  path?: RegExp;
  /** How many requests; default 1. */
  times?: number;
}

/** Decides what happens to each REST request. */
export class RestFaults {
  #planned: (RestFault & { times: number })[] = [];

  plan(fault: RestFault): void {
    this.#planned.push({ ...fault, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned = [];
  }

  /** Put before every REST route. */
  get gate(): MiddlewareHandler {
    return async (c, next) => {
      const fault = this.#take(c.req.method, c.req.path);
      if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      if (fault?.close === true) {
        cut(c);
        return c.body(null, 500);
      }
      const refusal = fault === undefined ? undefined : spoiled(c, fault);
      if (refusal !== undefined) return refusal;
      await next();
      if (fault?.close === 'afterwards') cut(c);
      return undefined;
    };
  }

  #take(method: string, path: string): RestFault | undefined {
    const fault = this.#planned.find(
      (one) => (one.method ?? method) === method && (one.path === undefined || one.path.test(path)),
    );
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.#planned = this.#planned.filter((one) => one !== fault);
    return fault;
  }
}

function spoiled(c: Context, { status, retryAfterS }: RestFault): Response | undefined {
  if (retryAfterS !== undefined) {
    const body = { message: 'You are being rate limited.', retry_after: retryAfterS, global: false, code: 0 };
    return c.json(body, 429, { 'retry-after': String(Math.ceil(retryAfterS)), 'x-ratelimit-scope': 'user' });
  }
  if (status === undefined) return undefined;
  return c.json({ message: `${status}: Server Error`, code: 0 }, status as 500);
}

/** Ends the socket under a request; what is answered then goes nowhere. */
function cut(c: Context): void {
  const { incoming } = c.env as { incoming: { socket: { destroy(): void } } };
  incoming.socket.destroy();
}
