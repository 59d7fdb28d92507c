import type { Server } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isOurs } from './web/guard.ts';

export type Accept = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Where the page's live updates are. */
const PAGE_SOCKET = '/web/socket';

/** Hands WebSockets to the gateway, at any path, or to the page; another site's are refused. */
export function routeUpgrades(server: Server, gateway: Accept, page: Accept): void {
  server.on('upgrade', (request, socket, head) => {
    const { host, origin } = request.headers;
    const isPage = new URL(request.url ?? '/', 'http://localhost').pathname === PAGE_SOCKET;
    if (!isOurs(host, origin) || (isPage && origin === undefined)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    (isPage ? page : gateway)(request, socket, head);
  });
}
