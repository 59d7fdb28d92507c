import type { Context, MiddlewareHandler } from 'hono';
import type { CloseCode } from './gateway/codes.ts';

/** What goes wrong with an event on its way: it comes twice, or after the one that follows it. */
export type DeliveryFault = 'twice' | 'late';

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

/** Acts on live connections; the gateway provides it once it runs. */
export interface Wire {
  connections(botId?: string): {
    drop(): void;
    close(code: CloseCode): void;
    invalidate(isResumable: boolean): void;
    send(op: number, d: unknown): void;
  }[];
  /** Ends every open HTTP connection. */
  hangUp(): void;
}

interface HasId {
  id: string;
}

const OP_RECONNECT = 7;

/** Decides what happens to each event that a session delivers. */
export class DeliveryFaults {
  readonly #planned: {
    fault: DeliveryFault;
    event: string | undefined;
    botId: string | undefined;
    times: number;
  }[] = [];

  plan(fault: DeliveryFault, event: string | undefined, botId: string | undefined, times: number): void {
    this.#planned.push({ fault, event, botId, times });
  }

  take(event: string, botId: string): DeliveryFault | undefined {
    if (this.#planned.length === 0) return undefined;
    const index = this.#planned.findIndex(
      (plan) => (plan.event ?? event) === event && (plan.botId ?? botId) === botId,
    );
    const plan = this.#planned[index];
    if (plan === undefined) return undefined;
    plan.times -= 1;
    if (plan.times <= 0) this.#planned.splice(index, 1);
    return plan.fault;
  }

  clear(): void {
    this.#planned.length = 0;
  }
}

/** Troubles on demand. `bot` limits a fault to one bot's connections. */
export class Faults {
  readonly delivery = new DeliveryFaults();
  #wire: Wire = { connections: () => [], hangUp: () => undefined };
  #withholdsAcks = false;
  #refusesConnections = false;
  #rest: (RestFault & { times: number })[] = [];

  get withholdsAcks(): boolean {
    return this.#withholdsAcks;
  }

  get refuses(): boolean {
    return this.#refusesConnections;
  }

  attach(wire: Wire): void {
    this.#wire = wire;
  }

  /** Cuts gateway connections without a closing handshake; their sessions can be resumed. */
  dropConnections(bot?: HasId): void {
    for (const connection of this.#wire.connections(bot?.id)) connection.drop();
  }

  /** Closes gateway connections with one of Discord's codes. */
  closeConnections(code: CloseCode, bot?: HasId): void {
    for (const connection of this.#wire.connections(bot?.id)) connection.close(code);
  }

  /** Op 7: asks clients to reconnect and resume. */
  requestReconnect(bot?: HasId): void {
    for (const connection of this.#wire.connections(bot?.id)) connection.send(OP_RECONNECT, null);
  }

  /** Op 9: the session is over, or to be resumed on the same socket. */
  invalidateSessions(isResumable: boolean, bot?: HasId): void {
    for (const connection of this.#wire.connections(bot?.id)) connection.invalidate(isResumable);
  }

  /** Heartbeats are not acknowledged until this is called with false: a client sees a zombie connection. */
  withholdAcks(on = true): void {
    this.#withholdsAcks = on;
  }

  /** New connections, REST and gateway, are reset until this is called with false. Open ones are cut too. */
  refuseConnections(on = true): void {
    this.#refusesConnections = on;
    if (!on) return;
    this.dropConnections();
    this.#wire.hangUp();
  }

  /** The next `times` events (of this name) arrive twice, under two sequence numbers. */
  duplicateEvents({ event, bot, times = 1 }: { event?: string; bot?: HasId; times?: number } = {}): void {
    this.delivery.plan('twice', event, bot?.id, times);
  }

  /** The next event (of this name) arrives after the one that follows it; so `times` times. */
  reorderEvents({ event, bot, times = 1 }: { event?: string; bot?: HasId; times?: number } = {}): void {
    this.delivery.plan('late', event, bot?.id, times);
  }

  /** Spoils the next REST requests that match. */
  failRest(fault: RestFault): void {
    this.#rest.push({ ...fault, times: fault.times ?? 1 });
  }

  /** Ends every fault that still waits or lasts. */
  clear(): void {
    this.delivery.clear();
    this.#rest = [];
    this.#withholdsAcks = false;
    this.#refusesConnections = false;
  }

  /** Put before every REST route. */
  get gate(): MiddlewareHandler {
    return async (c, next) => {
      const fault = this.#takeRest(c.req.method, c.req.path);
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

  #takeRest(method: string, path: string): RestFault | undefined {
    const fault = this.#rest.find(
      (one) => (one.method ?? method) === method && (one.path === undefined || one.path.test(path)),
    );
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.#rest = this.#rest.filter((one) => one !== fault);
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
