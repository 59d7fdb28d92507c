import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

if (parentPort === null)
  throw new Error('checkpoint-thread.ts runs only as a thread; Checkpoints starts it.');

/** The other side of `checkpoints.ts`: each `run` is answered once the log is copied, as far as nobody is in the way. */
const port = parentPort;
const db = new Database(workerData as string, { fileMustExist: true });

port.on('message', (order: 'run' | 'end') => {
  if (order === 'run') {
    db.pragma('wal_checkpoint(PASSIVE)');
    port.postMessage('done');
    return;
  }
  db.close();
  port.close();
});
