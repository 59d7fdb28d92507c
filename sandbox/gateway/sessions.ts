import { randomBytes } from 'node:crypto';
import type { Core } from '../core.ts';
import type { DeliveryFaults } from '../faults/delivery.ts';
import type { Application } from '../world.ts';
import { Session } from './session.ts';

/** How long a session without a connection waits to be resumed. */
const RESUME_WINDOW_MS = 5 * 60_000;

/** All sessions that are connected or can be resumed. */
export class Sessions {
  readonly #core: Core;
  readonly #faults: DeliveryFaults;
  readonly #sessions = new Map<string, Session>();
  readonly #expiries = new Map<Session, () => void>();
  #isClosed = false;

  constructor(core: Core, faults: DeliveryFaults) {
    this.#core = core;
    this.#faults = faults;
  }

  begin(application: Application, intents: number): Session {
    const session = new Session(randomBytes(16).toString('hex'), application, intents, this.#faults);
    this.#sessions.set(session.id, session);
    return session;
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** The session lost its connection; its events are kept for a while. */
  keepForResume(session: Session): void {
    if (this.#isClosed) return this.end(session);
    this.#expiries.get(session)?.();
    this.#expiries.set(
      session,
      this.#core.clock.after(RESUME_WINDOW_MS, () => this.end(session)),
    );
  }

  resumed(session: Session): void {
    this.#expiries.get(session)?.();
    this.#expiries.delete(session);
  }

  /** Nothing is kept any more. */
  close(): void {
    this.#isClosed = true;
    this.endAll();
  }

  endAll(): void {
    for (const session of this.#sessions.values()) this.end(session);
  }

  end(session: Session): void {
    this.resumed(session);
    this.#sessions.delete(session.id);
    this.#core.events.receivers.delete(session);
  }
}
