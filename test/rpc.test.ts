import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { connect, serve } from '../src/rpc.ts';

interface Calculator {
  add(a: number, b: number): Promise<number>;
  deep: { echo(value: unknown): Promise<unknown>; fail(): Promise<never>; leak(): Promise<unknown> };
  exit(code: number): Promise<never>;
  wait(): Promise<never>;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A worker that serves a calculator. */
function calculator(): Calculator {
  const rpc = new URL('../src/rpc.ts', import.meta.url).href;
  const source = `
    import { parentPort } from 'node:worker_threads';
    import { serve } from ${JSON.stringify(rpc)};
    serve(parentPort, {
      factor: 10,
      async add(a, b) { return this.factor * (a + b); },
      deep: {
        async echo(value) { return value; },
        async fail() { throw Object.assign(new RangeError('too far'), { name: 'FarError' }); },
        async leak() { return () => 1; },
      },
      async exit(code) { process.exit(code); },
      wait() { return new Promise(() => {}); },
    });`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  closers.push(() => worker.terminate());
  return connect<Calculator>(worker);
}

test('calls reach the methods of the other thread, nested ones as well, with their own this', async () => {
  const remote = calculator();
  expect(await remote.add(2, 3)).toBe(50);
  expect(await remote.deep.echo({ list: [1, null], map: new Map([['a', 1]]) })).toEqual({
    list: [1, null],
    map: new Map([['a', 1]]),
  });
});

test('many calls at once each get their own result', async () => {
  const remote = calculator();
  const numbers = Array.from({ length: 200 }, (_, n) => n);
  expect(await Promise.all(numbers.map((n) => remote.deep.echo(n)))).toEqual(numbers);
});

test('an error arrives with its name, its message and the place it was thrown', async () => {
  const error = await calculator()
    .deep.fail()
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'FarError', message: 'too far' });
  expect((error as Error).stack).toContain('data:text/javascript');
});

test('what cannot be copied to the other thread is an error of that call alone', async () => {
  const remote = calculator();
  await expect(remote.deep.echo(() => 1)).rejects.toThrow('could not be cloned');
  await expect(remote.deep.leak()).rejects.toThrow('could not be cloned');
  expect(await remote.add(1, 0)).toBe(10);
});

test('a method that does not exist is an error that names it', async () => {
  const remote = calculator() as unknown as {
    deep: { nothing(): Promise<void> };
    no: { where(): Promise<void> };
  };
  await expect(remote.deep.nothing()).rejects.toThrow('There is no method deep.nothing.');
  await expect(remote.no.where()).rejects.toThrow('There is no method no.where.');
});

test('a proxy can be awaited without being called', async () => {
  const remote = calculator();
  expect(await (await Promise.resolve(remote)).add(0, 1)).toBe(10);
});

test('when the thread ends, open and later calls reject with the reason', async () => {
  const remote = calculator();
  await remote.add(1, 1);
  const open = [remote.wait(), remote.exit(3)];
  for (const call of open) await expect(call).rejects.toThrow('The other thread has ended with code 3');
  await expect(remote.deep.echo(1)).rejects.toMatchObject({
    name: 'RpcError',
    message: 'deep.echo: The other thread has ended with code 3',
  });
});

test('a thread that throws takes its message along', async () => {
  const worker = new Worker(new URL('data:text/javascript,throw new Error("no disk")'));
  closers.push(() => worker.terminate());
  await expect(connect<Calculator>(worker).wait()).rejects.toThrow('The other thread failed: no disk');
});

test('a result waits until it is settled, and is an error when that fails', async () => {
  const { port1, port2 } = new MessageChannel();
  closers.push(() => port1.close());
  const steps: string[] = [];
  const target = {
    async note(what: string) {
      steps.push(what);
      return steps.length;
    },
  };
  const settled = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    if (steps.at(-1) === 'bad') throw new Error('no disk');
    steps.push('settled');
  };
  serve(port1, target, settled);
  const remote = connect<typeof target>(port2);
  expect(await remote.note('good')).toBe(1);
  expect(steps).toEqual(['good', 'settled']);
  await expect(remote.note('bad')).rejects.toThrow('no disk');
});

test('both ends may be bare message ports', async () => {
  const { port1, port2 } = new MessageChannel();
  closers.push(() => port1.close());
  serve(port1, { double: async (n: number) => n * 2 });
  const remote = connect<{ double(n: number): Promise<number> }>(port2);
  expect(await remote.double(4)).toBe(8);
  port1.close();
  await expect(remote.double(4)).rejects.toThrow('The other thread has ended');
});
