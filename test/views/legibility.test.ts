import { describe, expect, test } from 'vitest';
import { painted, svgOf } from '../../src/picture-svg.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { LEVELS } from '../../src/domain/entry.ts';
import { TimelineFold } from '../../src/domain/timeline.ts';
import { laneName, widthOf } from '../../src/views/lane-name.ts';
import { COLOURS, LOOKS } from '../../src/views/timeline-looks.ts';
import { timelineChart } from '../../src/views/timeline.ts';
import { entry } from './support.ts';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 1, 12, 22);
/** The widths, in CSS px, at which phones show a picture in Discord. */
const PHONES = [360, 400];
/** The smallest text that people read without effort on a phone, in CSS px: iOS sets its smallest text style at 11 pt. */
const TEXT_MIN = 11;

const ROUGH_NAMES = [
  'מעצבת הממשק',
  'مساعد البحث',
  'coder 🚀🔥',
  '日本語ボット',
  'शोधकर्ता',
  '🤖',
  'W'.repeat(80),
  'ő'.repeat(40),
];

/** So many steps, spread over a time by a fixed rule, of all levels, with handoffs and confidences. */
function night({ names, steps, hours = 10 }: { names: readonly string[]; steps: number; hours?: number }) {
  const fold = new TimelineFold({ from: FROM, to: FROM + hours * HOUR });
  for (let n = 0; n < steps; n += 1) {
    const level = LEVELS[(n * 7) % LEVELS.length]!;
    const name = names[(n * n + 3 * n) % names.length]!;
    const more: Partial<Entry> = {
      at: FROM + (((n * 7919) % steps) / steps) * hours * HOUR,
      author: { key: name, name, kind: 'bot' },
      confidence: n % 3 === 0 ? (n % 101) / 100 : null,
      escalation: n % 17 === 0,
      handoffTo: level === 'handoff' ? [`@${names[(n + 5) % names.length]}`] : [],
    };
    fold.add(entry(n + 1, { level, ...more }));
  }
  return fold.timeline([{ from: FROM + HOUR, to: FROM + 9 * HOUR }]);
}

const NIGHTS: [what: string, wanted: Parameters<typeof night>[0]][] = [
  ['a small team', { names: ['nanobot', 'researcher', 'creative', 'coder'], steps: 24 }],
  ['a single step', { names: ['nanobot'], steps: 1 }],
  ['two hundred bots', { names: Array.from({ length: 200 }, (_, n) => `specialist-bot-${n}`), steps: 5000 }],
  ['names of every script', { names: ROUGH_NAMES, steps: 90 }],
  ['a week', { names: ROUGH_NAMES, steps: 300, hours: 170 }],
  ['a month', { names: ['nanobot', 'coder'], steps: 300, hours: 744 }],
  ['half an hour', { names: ['nanobot', 'coder'], steps: 60, hours: 0.5 }],
];

interface Box {
  what: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What an element of a picture covers, as it is painted; null: nothing. */
function boxOf(element: string, { width, height }: { width: number; height: number }): Box | null {
  const closed = element.replace(/([^/])>$/, (end) => (element.startsWith('<path') ? `${end[0]}/>` : end));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${closed}</svg>`;
  // Without its edge, which is of the ground's colour.
  const box = painted(svg.replace(/ stroke="[^"]*"/g, '')).getBBox();
  if (!box || box.width === 0) return null;
  const { x, y } = box;
  return {
    what: element.replace(/<[^>]*>/g, ''),
    left: x,
    top: y,
    right: x + box.width,
    bottom: y + box.height,
  };
}

function measured(wanted: Parameters<typeof night>[0]) {
  const chart = timelineChart(night(wanted), { timezone: 'Europe/Lisbon', title: '#night' });
  const svg = svgOf(chart);
  const texts = svg.match(/<text[^>]*>[^<]*<\/text>/g)!;
  const colours = new Set(Object.values(LOOKS).map(({ colour }) => colour));
  const marks = (svg.match(/<path[^>]*>/g) ?? []).filter((path) =>
    [...colours].some((colour) => path.includes(`="${colour}"`)),
  );
  const boxes = (all: readonly string[]) =>
    all.map((each) => boxOf(each, chart)).filter((box) => box !== null);
  return { chart, svg, texts, boxes: boxes(texts), marks: boxes(marks) };
}

const meets = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
/** A letter may reach over its own end by so much, px. */
const HAIR = 0.5;
const within = ({ left, right, top, bottom }: Box, by: number): Box => ({
  what: '',
  left: left + by,
  right: right - by,
  top: top + by,
  bottom: bottom - by,
});

describe.each(NIGHTS)('the picture of %s', (_, wanted) => {
  const { chart, texts, boxes, marks } = measured(wanted);

  test('has no text smaller than people read on a phone', () => {
    const sizes = texts.map((text) => Number(/font-size:([\d.]+)px/.exec(text)![1]));
    expect(sizes.length).toBeGreaterThan(3);
    for (const phone of PHONES)
      expect(Math.min(...sizes) * (phone / chart.width)).toBeGreaterThanOrEqual(TEXT_MIN);
  });

  test('shows every text whole, and none over another or under a mark', () => {
    expect(boxes.length).toBe(texts.filter((text) => !/>\s*</.test(text)).length);
    const cut = boxes.filter(
      ({ left, right, top, bottom }) => left < 0 || top < 0 || right > chart.width || bottom > chart.height,
    );
    const covered = boxes.flatMap((box, index) =>
      [...boxes.slice(index + 1), ...marks]
        .filter((other) => meets(within(box, HAIR), other))
        .map((other) => [box.what, other.what]),
    );
    expect({ cut, covered }).toEqual({ cut: [], covered: [] });
  });
});

test('of two hundred bots the picture says how many share the last lane', () => {
  const { texts, chart } = measured(NIGHTS[2]![1]);
  const { lanes, others } = night(NIGHTS[2]![1]);
  expect(lanes).toHaveLength(10);
  expect(texts.join('')).toContain(`>${others} others<`);
  expect(chart.alt).toContain(`10 lanes, the last of ${others} who said least. specialist-bot-`);
});

/** Of two colours, by https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe('the colours', () => {
  const grounds = [COLOURS.ground, COLOURS.quiet];

  test.each(grounds)('of every text stand out from %s by 4.5 to 1', (ground) => {
    for (const text of [COLOURS.text, COLOURS.faint])
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(grounds)('of every mark and arrow stand out from %s by 3 to 1', (ground) => {
    for (const colour of [COLOURS.edge, ...Object.values(LOOKS).map(({ colour }) => colour)])
      expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
  });

  test('in a picture are these alone, on a ground of its own, so that the theme of the reader changes nothing', () => {
    const { svg, texts, chart } = measured(NIGHTS[3]![1]);
    const fills = new Set(texts.map((text) => /fill="([^"]+)"/.exec(text)![1]));
    expect([...fills].sort()).toEqual([COLOURS.faint, COLOURS.text].sort());
    const [background] = svg.match(/<rect[^>]*>/)!;
    expect(background).toContain(`width="${chart.width}"`);
    expect(background).toContain(`fill="${COLOURS.ground}"`);
  });

  test('are not all that tells the kinds apart: each has a shape of its own', () => {
    const shapes = Object.values(LOOKS).map(({ symbol, hollow }) => `${symbol} ${hollow}`);
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

test.each([...ROUGH_NAMES, 'researcher', 'jillij', 'MWQ@%', 'Ärzte-Bot', 'Ωmega', 'Щука', 'a(b)[c]!?_…'])(
  'the width of %s is never more than was reckoned with',
  (name) => {
    const shown = laneName(name, 0, { size: 13, width: 270 });
    expect(widthOf(shown, 13)).toBeLessThanOrEqual(270);
    const text = `<text x="10" y="20" style="font-size:13px;font-family:DejaVu Sans">${shown}</text>`;
    const box = boxOf(text, { width: 400, height: 40 })!;
    expect(box.right - box.left).toBeLessThanOrEqual(widthOf(shown, 13));
  },
);
