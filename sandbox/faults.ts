import { DeliveryFaults } from './faults/delivery.ts';
import type { RestFault } from './faults/rest.ts';
import { RestFaults } from './faults/rest.ts';
import type { CloseCode } from './gateway/codes.ts';

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
  /** Ends every session: none can be resumed. */
  expire(): void;
  forgetNonces(): void;
}

interface HasId {
  id: string;
}

const OP_RECONNECT = 7;

/** Troubles on demand. `bot` limits a fault to one bot's connections. */
export class Faults {
  readonly delivery = new DeliveryFaults();
  readonly rest = new RestFaults();
  #wire: Wire = {
    connections: () => [],
    hangUp: () => undefined,
    expire: () => undefined,
    forgetNonces: () => undefined,
  };
  #withholdsAcks = false;
  #refusesConnections = false;

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

  /** Cuts gateway connections, and their sessions cannot be resumed: what they miss is not sent again. */
  expireSessions(): void {
    this.#wire.expire();
    this.dropConnections();
  }

  /** As when the few minutes are over for which Discord remembers them. */
  forgetNonces(): void {
    this.#wire.forgetNonces();
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
    this.rest.plan(fault);
  }

  /** Ends every fault that still waits or lasts. */
  clear(): void {
    this.delivery.clear();
    this.rest.clear();
    this.#withholdsAcks = false;
    this.#refusesConnections = false;
  }
}
