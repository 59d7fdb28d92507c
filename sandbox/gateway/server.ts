import { WebSocketServer } from 'ws';
import type { Core } from '../core.ts';
import type { Faults } from '../faults.ts';
import type { Accept } from '../upgrades.ts';
import { Connection } from './connection.ts';
import { Sessions } from './sessions.ts';

export interface Gateway {
  /** Takes a WebSocket that the HTTP server was asked for. */
  accept: Accept;
  /** The open connections, of one bot or of all. */
  connections(botId?: string): Connection[];
  /** Ends every session: none can be resumed. */
  expire(): void;
  close(): void;
}

/** Discord's usual interval. */
export const HEARTBEAT_INTERVAL_MS = 41_250;

/** Serves WebSocket connections at any path, version 10 and JSON. */
export function startGateway(
  core: Core,
  faults: Faults,
  heartbeatIntervalMs = HEARTBEAT_INTERVAL_MS,
): Gateway {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const sessions = new Sessions(core, faults.delivery);
  const open = new Set<Connection>();
  return {
    accept: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (client) => {
        const connection = new Connection(client, { core, sessions, faults, heartbeatIntervalMs });
        open.add(connection);
        client.on('close', () => open.delete(connection));
        const version = new URL(request.url ?? '/', core.origin).searchParams.get('v') ?? '10';
        if (version !== '10') connection.close(4012);
      }),
    connections: (botId) =>
      [...open].filter(({ session }) => botId === undefined || session?.userId === botId),
    expire: () => sessions.endAll(),
    close: () => {
      sessions.close();
      for (const connection of open) connection.drop();
      sockets.close();
    },
  };
}
