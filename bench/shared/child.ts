import { fork } from 'node:child_process';
import { callChild } from './calls.ts';
import type { Remote } from './calls.ts';

/** A helper process of the benchmark that offers the service `S`. */
export interface Child<S> {
  call: Remote<S>;
  pid: number;
  stop(): void;
}

/** Starts a script that calls `serveParent`. It never outlives this process. */
export function startChild<S>(script: string): Child<S> {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const kill = () => void child.kill('SIGKILL');
  // Before anything else that happens then: its files can be removed only when it is gone.
  process.prependOnceListener('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return { call: callChild<S>(child), pid: child.pid!, stop: kill };
}
