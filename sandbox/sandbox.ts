import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Core } from './core.ts';
import { Events } from './events.ts';
import { Permissions } from './permissions.ts';
import type { Exchange } from './rest/app.ts';
import { createRest } from './rest/app.ts';
import { createSnowflakes } from './snowflake.ts';
import { createWorld } from './world.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  clock?: Clock;
  /** `off` keeps the headers and never refuses. Default: `discord`. */
  rateLimits?: 'discord' | 'off';
  onExchange?: (exchange: Exchange) => void;
  /** Messages kept per channel; default: all. */
  historyLimit?: number;
}

export interface Sandbox {
  /** The REST base to give a client, without the version: `http://127.0.0.1:PORT/api`. */
  api: string;
  core: Core;
  close(): Promise<void>;
}

/** Starts a Discord on 127.0.0.1. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const core = createCore(options);
  const rest = createRest(core, { onExchange: options.onExchange, gates: [] });
  const server = createServer(getRequestListener(rest.fetch));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  core.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    api: `${core.origin}/api`,
    core,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createCore(options: SandboxOptions): Core {
  const clock = options.clock ?? systemClock();
  const world = createWorld();
  const permissions = new Permissions(world);
  return {
    world,
    clock,
    ids: createSnowflakes(clock),
    permissions,
    events: new Events(world, permissions),
    origin: '',
    historyLimit: options.historyLimit ?? Number.POSITIVE_INFINITY,
  };
}
