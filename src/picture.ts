import { Worker } from 'node:worker_threads';
import { connect } from './rpc.ts';
import type { Chart } from './views/timeline.ts';

/** Paints charts away from the thread that talks to Discord. */
export interface Painter {
  /** A PNG. Rejects when it cannot be painted; the answer then goes without a picture. */
  paint(chart: Chart): Promise<Buffer>;
  close(): Promise<void>;
}

/** The thread's side of {@link Painter}. */
export interface PaintService {
  paint(chart: Chart): Promise<Uint8Array>;
}

/** What the chart library holds is given back when nobody has asked for a picture for so long, in ms. */
const IDLE = 60_000;

/** A painter whose thread runs only while pictures are asked for. */
export function createPainter(idle = IDLE): Painter {
  let thread: { worker: Worker; service: PaintService } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const start = () => {
    const worker = new Worker(new URL('picture-thread.ts', import.meta.url));
    worker.once('exit', () => {
      if (thread?.worker === worker) thread = null;
    });
    return { worker, service: connect<PaintService>(worker) };
  };
  const stop = async () => {
    clearTimeout(timer);
    const ending = thread;
    thread = null;
    await ending?.worker.terminate();
  };
  const paint = async (chart: Chart) => {
    clearTimeout(timer);
    thread ??= start();
    try {
      return Buffer.from(await thread.service.paint(chart));
    } finally {
      timer = setTimeout(() => void stop(), idle).unref();
    }
  };
  return {
    paint(chart) {
      const picture = last.then(() => paint(chart));
      last = picture.catch(() => {});
      return picture;
    },
    close: stop,
  };
}
