import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Person, Sandbox } from '../../../sandbox/sandbox.ts';

/** What a page of this sandbox sends, and gets back. */
export class PageClient {
  readonly #url: string;
  #token = '';

  constructor({ url }: Sandbox) {
    this.#url = url;
  }

  async visit(person: Person): Promise<void> {
    const response = await this.post('/web/api/visits', { person: person.id });
    this.#token = ((await response.json()) as { token: string }).token;
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#url, 'x-visit': this.#token, ...headers },
      body: JSON.stringify(body),
    });
  }

  /** The answer of an act. Rejects with the words that the person would read. */
  async act<T>(name: string, channel: { id: string }, body: object = {}): Promise<T> {
    const response = await this.post(`/web/api/acts/${name}`, { channel: channel.id, ...body });
    const answer = (await response.json()) as T & { error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  /** Opens the stream; resolves when the first sight has come. */
  async listen(): Promise<Stream> {
    const stream = new Stream(this.#url);
    await stream.open(this.#token);
    return stream;
  }
}

export interface Said {
  type: 'sight' | 'message' | 'gone' | 'typing' | 'guide';
  data: Record<string, unknown>;
}

/** All that a page was told, oldest first. */
export class Stream {
  readonly said: Said[] = [];
  readonly socket: WebSocket;

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/web/socket`, { origin: url });
    this.socket.on('message', (data) => this.said.push(JSON.parse(String(data)) as Said));
  }

  async open(token: string): Promise<void> {
    await once(this.socket, 'open');
    this.socket.send(JSON.stringify({ visit: token }));
    await once(this.socket, 'message');
  }

  /** Waits until nothing more comes of what was done: an own request goes there and back after it. */
  async settled(type: Said['type']): Promise<Said[]> {
    const answered = once(this.socket, 'pong');
    this.socket.ping();
    await answered;
    return this.said.filter((one) => one.type === type);
  }
}
