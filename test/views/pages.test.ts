import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import {
  FIRST_PAGE,
  PAGE_ENTRIES,
  pageAt,
  readCursor,
  windowOf,
  writeCursor,
} from '../../src/views/pages.ts';
import type { Cursor, Page } from '../../src/views/pages.ts';
import { entries } from './support.ts';

const LIST = entries(40);

/** The page as a command gets it: only the entries of the window are at hand. */
function turnTo(cursor: Cursor, blocksOf: (entry: Entry) => string[], list = LIST): Page {
  const { offset, limit } = windowOf(cursor);
  return pageAt(cursor, list.slice(offset, offset + limit), offset, blocksOf);
}

const oneLine = (entry: Entry) => [`line ${entry.step}`];

describe('pages of short lines', () => {
  test('hold twelve entries each', () => {
    const page = turnTo(FIRST_PAGE, oneLine);
    expect(page.blocks).toHaveLength(PAGE_ENTRIES);
    expect(page.end).toEqual({ entry: 12, block: 0 });
  });

  test('go back to where they came from', () => {
    const first = turnTo(FIRST_PAGE, oneLine);
    const second = turnTo({ side: 'from', at: first.end }, oneLine);
    expect(turnTo({ side: 'until', at: second.start }, oneLine)).toEqual(first);
  });

  test('fill the first page, also when going back to it from its middle', () => {
    const page = turnTo({ side: 'until', at: { entry: 5, block: 0 } }, oneLine);
    expect(page.start).toEqual({ entry: 0, block: 0 });
    expect(page.blocks).toHaveLength(PAGE_ENTRIES);
  });

  test('end with the list', () => {
    const page = turnTo({ side: 'from', at: { entry: 36, block: 0 } }, oneLine);
    expect(page.blocks).toEqual(['line 37', 'line 38', 'line 39', 'line 40']);
    expect(page.end).toEqual({ entry: 40, block: 0 });
  });
});

test('a long entry goes on on the next page', () => {
  const blocksOf = (entry: Entry) => ['a', 'b', 'c'].map((part) => `${entry.step}${part}`.padEnd(1400, '.'));
  const first = turnTo(FIRST_PAGE, blocksOf);
  expect(first.blocks.map((text) => text.slice(0, 2))).toEqual(['1a', '1b']);
  expect(first.end).toEqual({ entry: 0, block: 2 });
  const second = turnTo({ side: 'from', at: first.end }, blocksOf);
  expect(second.blocks.map((text) => text.slice(0, 2))).toEqual(['1c', '2a']);
});

test('turning pages, forth and back, shows everything once and in order, whatever the lengths', () => {
  const lengths = fc.array(fc.array(fc.integer({ min: 1, max: 1400 }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(lengths, (lengths) => {
      const list = entries(lengths.length);
      const blocksOf = ({ step }: Entry) =>
        lengths[step - 1]!.map((length, block) => `${step}.${block} `.padEnd(length, 'x'));
      const all = list.flatMap(blocksOf);

      const forth: string[] = [];
      let page = turnTo(FIRST_PAGE, blocksOf, list);
      forth.push(...page.blocks);
      while (page.end.entry < list.length) {
        page = turnTo({ side: 'from', at: page.end }, blocksOf, list);
        forth.push(...page.blocks);
      }
      expect(forth).toEqual(all);

      let back = [...page.blocks];
      while (page.start.entry > 0 || page.start.block > 0) {
        const before = turnTo({ side: 'until', at: page.start }, blocksOf, list);
        expect(before.blocks.join('\n').length).toBeLessThanOrEqual(3200);
        // Only the first page may reach into what was shown already: it is filled up.
        const isFirst = before.start.entry === 0 && before.start.block === 0;
        back = isFirst ? all : [...before.blocks, ...back];
        page = before;
      }
      expect(back).toEqual(all);
    }),
    { numRuns: 60 },
  );
});

test.each([
  [{ side: 'from', at: { entry: 12, block: 0 } }, 'f12.0'],
  [{ side: 'until', at: { entry: 999_999, block: 34 } }, 'u999999.34'],
] as [Cursor, string][])('a cursor is kept as text and read back', (cursor, text) => {
  expect(writeCursor(cursor)).toBe(text);
  expect(readCursor(text)).toEqual(cursor);
});

test.each([undefined, '', 'f', 'f-1.0', 'x1.0', 'f1', 'f1.0.0', 'f99999999999.0'])(
  '%s is no cursor: the first page',
  (text) => {
    expect(readCursor(text)).toEqual(FIRST_PAGE);
  },
);
