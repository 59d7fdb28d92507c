import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createGuild } from './actions/guilds.ts';
import type { Clock } from './clock.ts';
import { ownClock, systemClock } from './clock.ts';
import type { Core } from './core.ts';
import { Events } from './events.ts';
import { Faults } from './faults.ts';
import { startGateway } from './gateway/server.ts';
import { Permissions } from './permissions.ts';
import { createBot, createPerson } from './people/account.ts';
import type { Bot, BotSaid, Person, PersonSaid } from './people/account.ts';
import type { HasId } from './people/channel.ts';
import { Guild } from './people/guild.ts';
import type { Exchange } from './rest/app.ts';
import { createRest } from './rest/app.ts';
import { rateLimit } from './rest/rate-limit.ts';
import { createSnowflakes } from './snowflake.ts';
import { routeUpgrades } from './upgrades.ts';
import { GuideBoard } from './web/guide.ts';
import type { Guide as PageGuide } from './web/guide.ts';
import { createSite } from './web/site.ts';
import { PageSockets } from './web/socket.ts';
import { Visits } from './web/visits.ts';
import { createWorld } from './world.ts';

export type { Bot, Person } from './people/account.ts';
export type { Guild } from './people/guild.ts';
export type { GuildChannel, HasId, ThreadHandle, WebhookHandle } from './people/channel.ts';
export { RefusedByClient } from './people/refusal.ts';
export type { PersonPlace } from './people/person-place.ts';
export type { OpenModal, Run } from './people/run.ts';
export type { Place } from './people/place.ts';
export type { Faults } from './faults.ts';
export type { Exchange } from './rest/app.ts';
export type { Message, Role } from './world.ts';
export type { Guide as PageGuide } from './web/guide.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  clock?: Clock;
  /** `off` keeps the headers and never refuses. Default: `discord`. */
  rateLimits?: 'discord' | 'off';
  onExchange?: (exchange: Exchange) => void;
  /** Messages kept per channel; default: all. */
  historyLimit?: number;
  /** What clients are told to keep; default: 41,250 as Discord. */
  heartbeatIntervalMs?: number;
}

/** A Discord of one's own: make people, bots and guilds, let them act, point clients at `api`. */
export interface Sandbox {
  /** Where a browser finds it: `http://127.0.0.1:PORT`. */
  url: string;
  /** The REST base to give a client, without the version: `http://127.0.0.1:PORT/api`. */
  api: string;
  faults: Faults;
  core: Core;
  createPerson(options: PersonSaid): Person;
  createBot(options: BotSaid): Bot;
  createGuild(options: { name: string; owner: HasId }): Guild;
  /** Hangs up what visitors of the page are told to try. */
  showGuide(guide: PageGuide): void;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

/** Starts a Discord on 127.0.0.1. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = ownClock(options.clock ?? systemClock());
  const core = createCore(clock, options.historyLimit);
  const faults = new Faults();
  const gates = [faults.rest.gate, rateLimit({ clock: core.clock, mode: options.rateLimits ?? 'discord' })];
  const visits = new Visits(core);
  const board = new GuideBoard();
  const pages = createSite(core, visits, board);
  const rest = createRest(core, { onExchange: options.onExchange, gates, pages });
  const server = createServer(getRequestListener(rest.fetch));
  server.on('connection', (socket) => faults.refuses && socket.resetAndDestroy());
  const gateway = startGateway(core, faults, options.heartbeatIntervalMs);
  const sockets = new PageSockets(core, visits, board);
  routeUpgrades(server, gateway.accept, (...upgrade) => sockets.accept(...upgrade));
  faults.attach({
    connections: gateway.connections,
    hangUp: () => server.closeAllConnections(),
    expire: gateway.expire,
    forgetNonces: () => core.world.nonces.clear(),
  });
  core.origin = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  return {
    url: core.origin,
    api: `${core.origin}/api`,
    faults,
    core,
    createPerson: (said) => createPerson(core, said),
    createBot: (said) => createBot(core, said),
    createGuild: ({ name, owner }) => new Guild(core, createGuild(core, name, owner.id)),
    showGuide: (guide) => board.show(guide),
    close: async () => {
      gateway.close();
      sockets.close();
      clock.cancelAll();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function createCore(clock: Clock, historyLimit = Number.POSITIVE_INFINITY): Core {
  const world = createWorld();
  const permissions = new Permissions(world);
  return {
    world,
    clock,
    ids: createSnowflakes(clock),
    permissions,
    events: new Events(world, permissions),
    origin: '',
    historyLimit,
  };
}

/** Resolves to the port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
