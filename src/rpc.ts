import type { EventEmitter } from 'node:events';
import type { MessagePort, Worker } from 'node:worker_threads';

/** An object of async methods, or of such objects. */
export type Remote = object;

interface Call {
  id: number;
  /** The way to the method, e.g. `['entries', 'append']`. */
  path: string[];
  args: unknown[];
}

type Reply = { id: number; value: unknown } | { id: number; error: RemoteError };

interface RemoteError {
  name: string;
  message: string;
  stack: string | undefined;
}

/**
 * Answers the calls that come through `port` with the methods of `target`, each as soon as its promise settles; a result not before
 * `settled` resolves, and with its error when it rejects.
 */
export function serve(
  port: MessagePort,
  target: Remote,
  settled: () => Promise<void> = async () => {},
): void {
  port.on('message', (call: Call) => void answer(port, target, settled, call));
}

/**
 * The object that the other thread serves, as if it were here. Arguments and results are copied, so they must be plain data. An
 * error arrives with its name, message and stack. Once the thread has ended, open and later calls reject with a {@link RpcError}.
 */
export function connect<T extends Remote>(worker: Worker | MessagePort): T {
  const calls = new Calls(worker);
  return proxyOf([], calls) as T;
}

/** The other thread is gone, or what was sent cannot be sent. */
export class RpcError extends Error {
  override name = 'RpcError';
}

async function answer(
  port: MessagePort,
  target: Remote,
  settled: () => Promise<void>,
  { id, path, args }: Call,
): Promise<void> {
  try {
    const value = await invoke(target, path, args);
    await settled();
    port.postMessage({ id, value } satisfies Reply);
  } catch (error) {
    port.postMessage({ id, error: describe(error) } satisfies Reply);
  }
}

function invoke(target: Remote, path: string[], args: unknown[]): unknown {
  let owner: unknown;
  let member: unknown = target;
  for (const key of path) {
    owner = member;
    member = (owner as Record<string, unknown> | undefined)?.[key];
  }
  if (typeof member !== 'function') throw new TypeError(`There is no method ${path.join('.')}.`);
  return Reflect.apply(member, owner, args);
}

function describe(error: unknown): RemoteError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined };
  return { name: error.name, message: error.message, stack: error.stack };
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The calls that wait for their reply. */
class Calls {
  readonly #port: Worker | MessagePort;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #gone: RpcError | null = null;

  constructor(port: Worker | MessagePort) {
    this.#port = port;
    const events = port as EventEmitter;
    events.on('message', (reply: Reply) => this.#settle(reply));
    events.on('messageerror', (error) => this.#end('A reply could not be read', error));
    events.on('error', (error) => this.#end('The other thread failed', error));
    events.on('exit', (code) => this.#end(`The other thread has ended with code ${code}`));
    events.on('close', () => this.#end('The other thread has ended'));
  }

  call(path: string[], args: unknown[]): Promise<unknown> {
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      if (this.#gone) throw new RpcError(`${path.join('.')}: ${this.#gone.message}`, { cause: this.#gone });
      const call: Call = { id, path, args };
      this.#port.postMessage(call, []);
      this.#pending.set(id, { resolve, reject });
    });
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('error' in reply) pending?.reject(revive(reply.error));
    else pending?.resolve(reply.value);
  }

  #end(message: string, cause?: unknown): void {
    const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
    this.#gone ??= new RpcError(reason, { cause });
    for (const { reject } of this.#pending.values()) reject(this.#gone);
    this.#pending.clear();
  }
}

function revive({ name, message, stack }: RemoteError): Error {
  return Object.assign(new Error(message), { name }, stack === undefined ? {} : { stack });
}

/** Every property is a method and, in turn, an object of such; but no `then`, or an await would take it for a promise. */
function proxyOf(path: string[], calls: Calls): unknown {
  const members = new Map<string, unknown>();
  return new Proxy(() => {}, {
    get(_target, key) {
      if (typeof key !== 'string' || key === 'then') return undefined;
      const member = members.get(key) ?? proxyOf([...path, key], calls);
      members.set(key, member);
      return member;
    },
    apply: (_target, _this, args: unknown[]) => calls.call(path, args),
  });
}
