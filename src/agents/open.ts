import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { App } from '../app.ts';
import type { Backend } from '../backend.ts';
import { DiscordAccess } from '../discord/access.ts';
import { StartupError } from '../errors.ts';
import type { Doors } from './doors.ts';
import { createHttp } from './http/app.ts';
import type { HttpOptions } from './http/app.ts';
import { createMembers } from './members.ts';

export interface OpenDoors {
  /** Where they are: `http://127.0.0.1:PORT`. */
  url: string;
  /** Ends what is under way, and frees the port. */
  close(): Promise<void>;
}

/** In ms. */
const PATIENCE = 10_000;

/**
 * Opens the doors for agents' programs.
 *
 * @throws StartupError when the port cannot be had
 */
export async function openDoors(
  app: App,
  backend: Pick<Backend, 'report'>,
  options: Omit<HttpOptions, 'signal'>,
): Promise<OpenDoors> {
  const closing = new AbortController();
  const http = createHttp(doorsOf(app, backend), { ...options, signal: closing.signal });
  const { patience = PATIENCE } = options;
  const server = createServer(
    {
      headersTimeout: patience,
      requestTimeout: patience,
      connectionsCheckingInterval: Math.min(1_000, patience),
    },
    getRequestListener(http.fetch),
  );
  const port = await listen(server, options.api);
  const { host } = options.api;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function doorsOf(app: App, backend: Pick<Backend, 'report'>): Doors {
  const { client, seats, workspaces, now } = app;
  return {
    app,
    access: new DiscordAccess({ seats, workspaces, userOnlyAccess: false }),
    report: (reports) => backend.report(reports),
    member: createMembers(client, now),
  };
}

/** Resolves to the port. */
function listen(server: Server, { host, port }: HttpOptions['api']): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'is in use' : `cannot be had (${error.code ?? error.message})`;
      reject(
        new StartupError(`AGENT_API_PORT: port ${port} of ${host} ${reason}. Name another one, or none.`),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
