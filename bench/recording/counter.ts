import { Client, Events } from 'discord.js';
import { clientOptions } from '../../src/discord/client.ts';
import { serveParent } from '../shared/calls.ts';
import { Tally } from './tally.ts';

/** A client that only counts messages. */
export interface Counter {
  connect(api: string, token: string): Promise<void>;
  /** Resolves when so many more messages have arrived. */
  receive(count: number): Promise<void>;
}

const tally = new Tally();

serveParent({
  async connect(api: string, token: string) {
    // The bot's own options: the same intents, and the same limits of what is kept in memory.
    const client = new Client(clientOptions(api));
    client.on(Events.MessageCreate, () => tally.add());
    const ready = new Promise((resolve) => {
      client.once(Events.ClientReady, resolve);
    });
    await client.login(token);
    await ready;
  },
  receive: (count: number) => tally.receive(count),
} satisfies Counter);
