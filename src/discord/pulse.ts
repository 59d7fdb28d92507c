import { Events } from 'discord.js';
import type { Client } from 'discord.js';

/** How the connection to Discord is, and how far behind recording is. */
export interface Pulse {
  /** ms UTC; null: there is no connection. */
  connectedAt: number | null;
  /** When Discord last told anything, ms UTC; null: not yet. */
  lastEventAt: number | null;
  /** From when a message arrives until it is durable, in ms; null: nothing was recorded yet. */
  lagMs: number | null;
}

interface Options {
  client: Client;
  queue: { lagMs: number | null };
  /** ms UTC. */
  now(): number;
}

/** Follows a client that is not logged in yet; the function that is returned says how it is. */
export function followPulse({ client, queue, now }: Options): () => Pulse {
  let connectedAt: number | null = null;
  let lastEventAt: number | null = null;
  const connected = () => {
    connectedAt ??= now();
  };
  const lost = () => {
    connectedAt = null;
  };
  client.on(Events.ShardReady, connected);
  client.on(Events.ShardResume, connected);
  client.on(Events.ShardReconnecting, lost);
  client.on(Events.ShardDisconnect, lost);
  client.on(Events.Raw, () => {
    lastEventAt = now();
  });
  return () => ({ connectedAt, lastEventAt, lagMs: queue.lagMs });
}
