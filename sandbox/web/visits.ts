import { randomBytes } from 'node:crypto';
import type { Core } from '../core.ts';
import { Person } from '../people/account.ts';
import type { OpenModal } from '../people/run.ts';

/** One open page, and the person who sits before it. */
export interface Visit {
  /** Only the page knows it: what another site makes the browser send does not carry it. */
  token: string;
  person: Person;
  /** The modals that stand open in it, by the interaction that they answer. */
  modals: Map<string, OpenModal>;
}

/** Pages are opened and never closed: the oldest make room. */
const MOST_VISITS = 500;
const MOST_MODALS = 10;

export class Visits {
  readonly #core: Core;
  readonly #open = new Map<string, Visit>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** A new page for this person; undefined when there is nobody of that id. */
  begin(personId: string): Visit | undefined {
    const user = this.#core.world.users.get(personId);
    if (user === undefined || user.bot) return undefined;
    const token = randomBytes(32).toString('base64url');
    const visit: Visit = { token, person: new Person(this.#core, user), modals: new Map() };
    this.#open.set(token, visit);
    trim(this.#open, MOST_VISITS);
    return visit;
  }

  find(token: string | undefined): Visit | undefined {
    return this.#open.get(token ?? '');
  }
}

export function keepModal({ modals }: Visit, modal: OpenModal): void {
  modals.set(modal.interaction.id, modal);
  trim(modals, MOST_MODALS);
}

function trim(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
