import { parentPort } from 'node:worker_threads';
import { painted, svgOf } from './picture-svg.ts';
import type { PaintService } from './picture.ts';
import { serve } from './rpc.ts';

if (parentPort === null)
  throw new Error('picture-thread.ts runs only as a thread; start it with createPainter().');

const service: PaintService = {
  async paint(chart) {
    return painted(svgOf(chart)).render().asPng();
  },
};

serve(parentPort, service);
