import type { Clock } from './clock.ts';
import type { Events } from './events.ts';
import type { Permissions } from './permissions.ts';
import type { Snowflakes } from './snowflake.ts';
import type { World } from './world.ts';

/** What every action, payload and REST route of this Discord is handed. */
export interface Core {
  world: World;
  clock: Clock;
  ids: Snowflakes;
  permissions: Permissions;
  events: Events;
  /** `http://127.0.0.1:PORT`, where attachments are served. */
  origin: string;
  /** Messages kept per channel. */
  historyLimit: number;
}
