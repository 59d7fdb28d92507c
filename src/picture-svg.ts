import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import type * as ECharts from 'echarts';
import type { Chart } from './views/timeline.ts';

const require = createRequire(import.meta.url);

/** One file instead of the some six hundred that the package's modules are: it is there in a sixth of the time and half of the memory. */
const { init } = require('echarts/dist/echarts.min') as typeof ECharts;

/** Comes with the project, so that a picture looks the same on every machine. */
const FONT = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** So many pixels of a phone are one of a picture: https://developer.mozilla.org/docs/Web/API/Window/devicePixelRatio. */
export const PIXELS = 3;

/** A chart as an SVG, in the pixels of the chart. */
export function svgOf({ width, height, option }: Pick<Chart, 'width' | 'height' | 'option'>): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** How the SVG of a chart is painted, with the font of the project and no other. */
export function painted(svg: string): Resvg {
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: PIXELS },
    font: { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  });
}
