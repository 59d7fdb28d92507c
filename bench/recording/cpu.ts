import { readFileSync, readdirSync } from 'node:fs';

/** Microseconds of processor time that a process has used since it started, by the sort of its threads. */
export interface CpuTimes {
  main: number;
  /** Node's worker threads: of the bot that of the database. */
  worker: number;
  /** What V8 and the system do beside them: collecting garbage, compiling. */
  others: number;
}

/** Undefined where the system has no `/proc`: only Linux tells a thread's time from outside, to the nanosecond. */
export function cpuTimes(pid: number): CpuTimes | undefined {
  try {
    return sumThreads(`/proc/${pid}/task`);
  } catch {
    return undefined;
  }
}

export function elapsed(from: CpuTimes, to: CpuTimes): CpuTimes {
  return { main: to.main - from.main, worker: to.worker - from.worker, others: to.others - from.others };
}

function sumThreads(tasks: string): CpuTimes {
  const times = { main: 0, worker: 0, others: 0 };
  for (const thread of readdirSync(tasks)) {
    const name = readFileSync(`${tasks}/${thread}/comm`, 'utf8').trim();
    // https://docs.kernel.org/scheduler/sched-stats.html: the first number is the time on a processor, in ns.
    const [ns] = readFileSync(`${tasks}/${thread}/schedstat`, 'utf8').split(' ');
    times[sortOf(name)] += Number(ns) / 1000;
  }
  return times;
}

/** As Node 24 names its threads. */
function sortOf(name: string): keyof CpuTimes {
  if (name === 'MainThread') return 'main';
  return name === 'WorkerThread' ? 'worker' : 'others';
}
