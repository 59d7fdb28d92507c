import type { ChildProcess } from 'node:child_process';

/** The methods that another process offers over Node's IPC channel. Arguments and results are plain data. */
export type Remote<S> = {
  [K in keyof S]: S[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

interface Call {
  id: number;
  method: string;
  args: unknown[];
}

type Reply = { id: number; value: unknown } | { id: number; error: string };

/** In the child: answers the parent's calls until the parent is gone. */
export function serveParent(service: object): void {
  process.on('message', (call: Call) => void answer(call, service));
  process.once('disconnect', () => process.exit());
}

async function answer({ id, method, args }: Call, service: object): Promise<void> {
  try {
    const value = await Reflect.apply((service as Record<string, () => unknown>)[method]!, service, args);
    process.send!({ id, value });
  } catch (error) {
    process.send!({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** In the parent: the child's methods. A call is rejected when its method throws or the child ends. */
export function callChild<S>(child: ChildProcess): Remote<S> {
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on('message', (reply: Reply) => {
    const call = pending.get(reply.id);
    pending.delete(reply.id);
    if ('error' in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.value);
  });
  child.once('exit', (code, signal) => {
    for (const call of pending.values())
      call.reject(new Error(`The child ended: ${signal ?? `code ${code}`}`));
    pending.clear();
  });
  const call = (method: string, args: unknown[]): Promise<unknown> => {
    const waiting = Promise.withResolvers<unknown>();
    const id = (lastId += 1);
    pending.set(id, waiting);
    child.send({ id, method, args } satisfies Call, (error) => error && waiting.reject(error));
    return waiting.promise;
  };
  return new Proxy({} as Remote<S>, {
    get: (_, method) => (method === 'then' ? undefined : (...args: unknown[]) => call(String(method), args)),
  });
}
