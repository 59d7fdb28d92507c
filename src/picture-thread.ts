import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { Resvg } from '@resvg/resvg-js';
import { LinesChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { PaintService } from './picture.ts';
import { serve } from './rpc.ts';
import type { Chart } from './views/timeline.ts';

if (parentPort === null)
  throw new Error('picture-thread.ts runs only as a thread; start it with createPainter().');

use([ScatterChart, LinesChart, GridComponent, LegendComponent, MarkAreaComponent, SVGRenderer]);

/** Comes with the project, so that a picture looks the same on every machine. */
const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

const service: PaintService = {
  async paint(chart) {
    const font = { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' };
    return new Resvg(svgOf(chart), { font }).render().asPng();
  },
};

function svgOf({ width, height, option, labels }: Chart): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    chart.setOption({ xAxis: { axisLabel: { formatter: (at: number) => labels[at] ?? '' } } });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

serve(parentPort, service);
