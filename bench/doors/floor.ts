import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { serveParent } from '../shared/calls.ts';

/** The way of an entry without the bot: a server, a thread behind it, and bytes that have reached the disk. */
export interface Floor {
  /** @param file is written. Returns the server's port. */
  listen(file: string): Promise<number>;
}

/** So much does one entry add to the database's log, what its search index writes included. */
const BYTES = 28 * 1024;

if (isMainThread) serveParent({ listen } satisfies Floor);
else writeFor(workerData as string);

async function listen(file: string): Promise<number> {
  const thread = new Worker(new URL(import.meta.url), { workerData: file });
  const waiting: (() => void)[] = [];
  thread.on('message', () => waiting.shift()!());
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      waiting.push(() => response.end('{}'));
      thread.postMessage('write', []);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

function writeFor(file: string): void {
  const fd = openSync(file, 'w');
  const bytes = Buffer.alloc(BYTES, 1);
  parentPort!.on('message', () => {
    writeSync(fd, bytes);
    fdatasyncSync(fd);
    parentPort!.postMessage('written', []);
  });
  process.once('exit', () => closeSync(fd));
}
