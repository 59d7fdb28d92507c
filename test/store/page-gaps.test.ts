import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { filledGap } from '../../src/store/page-gaps.ts';
import { inTempDir } from './support.ts';

const SIZE = 4096;

/** A page of a table with three rows that begin at 4000, and something left behind before them. */
function page(kind: number): Buffer {
  const bytes = Buffer.alloc(SIZE);
  bytes[0] = kind;
  bytes.writeUInt16BE(3, 3);
  bytes.writeUInt16BE(4000, 5);
  bytes.write('left behind', 3000);
  return bytes;
}

test.each([
  ['rows of a table', 13, { from: 14, to: 4000 }],
  ['what stands in an index', 10, { from: 14, to: 4000 }],
  ['the way to rows', 5, { from: 18, to: 4000 }],
  ['the way in an index', 2, { from: 18, to: 4000 }],
  ['the rest of a long text', 0, null],
  ['something else', 1, null],
])('a page with %s', (_, kind, gap) => {
  expect(filledGap(page(kind), 3)).toEqual(gap);
});

test('a page on which nothing is left behind, or that is full, has no gap to fill', () => {
  const clean = page(13).fill(0, 3000, 3100);
  expect(filledGap(clean, 3)).toBeNull();
  const full = page(13);
  full.writeUInt16BE(14, 5);
  expect(filledGap(full, 3)).toBeNull();
  // 0 stands for 65,536, which is beyond this page.
  const broken = page(13);
  broken.writeUInt16BE(0, 5);
  expect(filledGap(broken, 3)).toBeNull();
});

test.each([
  ['the first', 1],
  ['the first map of who refers to which', 2],
  ['the second map', 822],
  ['the one with the byte for locks', 262_145],
  ['one that is too far behind to be told from the rest of a text', 2 ** 24],
])('the page is left alone that is %s', (_, number) => {
  expect(filledGap(page(5), number)).toBeNull();
  expect(filledGap(page(5), number + 10)).toEqual(number < 2 ** 24 ? { from: 18, to: 4000 } : null);
});

test('every map of a real file that gives space back is left alone', async () => {
  await inTempDir((dir) => {
    const path = join(dir, 'it.db');
    const db = new Database(path);
    db.pragma('auto_vacuum = INCREMENTAL');
    db.exec('CREATE TABLE said (id INTEGER PRIMARY KEY, what TEXT) STRICT');
    const add = db.prepare('INSERT INTO said (what) VALUES (?)');
    db.transaction(() => {
      for (let n = 0; n < 3000; n += 1) add.run('x'.repeat(3000));
    })();
    const pages = db.prepare<[], number>('SELECT pageno FROM dbstat').pluck().all();
    db.close();
    const file = readFileSync(path);
    const known = new Set(pages);
    const maps = Array.from({ length: file.length / SIZE }, (_, n) => n + 1).filter((n) => !known.has(n));
    expect(maps).toEqual([2, 822, 1642, 2462]);
    for (const number of maps) {
      const map = file.subarray((number - 1) * SIZE, number * SIZE);
      expect([1, 2, 3, 4, 5]).toContain(map[0]);
      expect(filledGap(map, number)).toBeNull();
    }
  });
});
