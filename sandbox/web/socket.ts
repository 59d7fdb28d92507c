import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Core } from '../core.ts';
import type { Receiver } from '../events.ts';
import type { Person } from '../people/account.ts';
import { sightOf } from './sight.ts';
import type { GuideBoard } from './guide.ts';
import type { Visits } from './visits.ts';

/** How long a new connection may take to say which page it belongs to, ms. */
const PATIENCE_MS = 10_000;

/** A page says no more than its token here. */
const MAX_PAYLOAD = 1024;

/** A person's client wants to hear of everything that they may see. */
const ALL_INTENTS = 0x7fff_ffff;

/** Live updates for open pages: what `Live` sends, after the page's first message `{ "visit": token }`. */
export class PageSockets {
  readonly #core: Core;
  readonly #visits: Visits;
  readonly #board: GuideBoard;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
  });

  constructor(core: Core, visits: Visits, board: GuideBoard) {
    this.#core = core;
    this.#visits = visits;
    this.#board = board;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => {
      const impatience = setTimeout(() => client.close(4003), PATIENCE_MS).unref();
      client.on('error', () => client.terminate());
      client.on('close', () => clearTimeout(impatience));
      client.once('message', (data) => {
        clearTimeout(impatience);
        const visit = this.#visits.find(tokenIn(String(data)));
        if (visit === undefined) client.close(4004);
        else new Live(this.#core, client, visit.person).begin(this.#board);
      });
    });
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

function tokenIn(data: string): string | undefined {
  try {
    const said: unknown = JSON.parse(data);
    return String((said as { visit?: unknown } | null)?.visit);
  } catch {
    return undefined;
  }
}

/**
 * Tells one page what changes for its person:
 * `sight` the world anew, `message` one that is new or changed, `gone` ones that are not there any more, `typing` who writes,
 * `guide` what can be tried.
 */
class Live {
  readonly #core: Core;
  readonly #client: WebSocket;
  readonly #person: Person;
  #looksAgain = false;

  constructor(core: Core, client: WebSocket, person: Person) {
    this.#core = core;
    this.#client = client;
    this.#person = person;
  }

  begin(board: GuideBoard): void {
    const { receivers } = this.#core.events;
    const receiver: Receiver = {
      userId: this.#person.id,
      intents: ALL_INTENTS,
      deliver: (event, json) => this.#hear(event, json),
    };
    receivers.add(receiver);
    const showGuide = () => {
      // What it offers may change the clock, which only a sight tells.
      this.#look();
      this.#send('guide', JSON.stringify(board));
    };
    board.listeners.add(showGuide);
    this.#client.on('close', () => {
      receivers.delete(receiver);
      board.listeners.delete(showGuide);
    });
    showGuide();
  }

  #hear(event: string, json: string): void {
    switch (event) {
      case 'MESSAGE_CREATE':
      case 'MESSAGE_UPDATE':
        this.#send('message', json);
        // The first message may have come with a new direct channel, and threads say how many messages they have.
        if (/"channel_type":1[0-2]?[,}]/.test(json)) this.#lookSoon();
        break;
      case 'MESSAGE_DELETE':
      case 'MESSAGE_DELETE_BULK':
        this.#send('gone', json);
        break;
      case 'TYPING_START':
        this.#send('typing', json);
        break;
      case 'MESSAGE_REACTION_ADD':
      case 'MESSAGE_REACTION_REMOVE':
      case 'MESSAGE_REACTION_REMOVE_ALL':
      case 'MESSAGE_REACTION_REMOVE_EMOJI':
        this.#showAgain(JSON.parse(json) as { channel_id: string; message_id: string });
        break;
      default:
        this.#lookSoon();
    }
  }

  /** Reactions are told one by one; the page takes the message as it is now. */
  #showAgain({
    channel_id: channelId,
    message_id: messageId,
  }: {
    channel_id: string;
    message_id: string;
  }): void {
    const message = this.#core.world.channels.get(channelId)?.messages.get(messageId);
    if (message === undefined) return;
    const seen = this.#person.in({ id: channelId }).view(message);
    this.#send('message', JSON.stringify(seen));
  }

  /** Many changes at once, as when a server is set up, are one new sight. */
  #lookSoon(): void {
    if (this.#looksAgain) return;
    this.#looksAgain = true;
    setImmediate(() => {
      this.#looksAgain = false;
      this.#look();
    });
  }

  #look(): void {
    this.#send('sight', JSON.stringify(sightOf(this.#core, this.#person.id)));
  }

  #send(type: string, json: string): void {
    if (this.#client.readyState === this.#client.OPEN) this.#client.send(`{"type":"${type}","data":${json}}`);
  }
}
