import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ID_RANGE } from '../../src/store/live.ts';
import { filedIn, idsIn, shardOf } from '../../src/store/shards.ts';

test('a shard is a run of ids of one workspace', () => {
  const first = 7 * ID_RANGE;
  const shard = shardOf(first);
  const { last } = idsIn(shard);
  expect(idsIn(shard)).toEqual({ first, last: shardOf(last) === shard ? last : NaN });
  expect(shardOf(last + 1)).toBe(shard + 1);
  expect(shardOf(first - 1)).toBe(shard - 1);
  expect(idsIn(shard + 1).first).toBe(last + 1);
});

test('the same word is another one in each of a thousand shards, of one workspace as of many', () => {
  const words = (workspaceId: number, runs: number) =>
    Array.from({ length: runs }, (_, run) => filedIn(shardOf(workspaceId * ID_RANGE) + run, 'word'));
  expect(new Set(words(3, 1000)).size).toBe(1000);
  const many = Array.from({ length: 1000 }, (_, workspace) => words(workspace + 1, 1)[0]);
  expect(new Set(many).size).toBe(1000);
  for (const word of [...words(2_097_151, 3), ...many]) expect(word).toMatch(/^[\uE001-\uF8FF]word$/);
});

const TEXTS: [what: string, text: string, words: string[]][] = [
  [
    'plain English',
    'Found 2 issues: (1) rate_limiter.py',
    ['found', '2', 'issu', '1', 'rate', 'limit', 'py'],
  ],
  ['quotes and dashes', '“fast”—well, don’t ‘try’', ['fast', 'well', 'don', 't', 'try']],
  ['accents, whole and combined', 'Émile E\u0301mile naïve', ['emil', 'emil', 'naiv']],
  ['other alphabets', 'Привет мир, γειά σου', ['привет', 'мир', 'γειά', 'σου']],
  ['scripts without blanks', '認証を確認しました。次へ', ['認証を確認しました', '次へ']],
  ['scripts whose vowels are marks', 'हिन्दी ไทย', ['ह', 'न', 'द', 'ไทย']],
  ['emoji, old and new', '👍done 🤝 🫠ok\u{1FAE9}', ['done', 'ok']],
  ['half an emoji, NUL and control characters', 'a\uD83Db\0c\u0007d', ['a', 'b', 'c', 'd']],
  ['characters for private use', '\uE0A0main \uE005x', ['\uE0A0main', '\uE005x']],
  ['letters beyond 16 bits', '𝒜bc 𐐀', ['𝒜bc', '𐐨']],
  ['quotes of SQL and FTS5', '"a" OR \'b\' NEAR(c*) -d ^e', ['a', 'or', 'b', 'near', 'c', 'd', 'e']],
  ['nothing but signs', ' … — () 👍 ', []],
  ['nothing', '', []],
];

test.each(TEXTS)('each word that FTS5 finds is one of the shard: %s', (_what, text, words) => {
  const db = new Database(':memory:');
  db.exec(`
    CREATE VIRTUAL TABLE t USING fts5 (c, tokenize = 'porter unicode61');
    CREATE VIRTUAL TABLE words USING fts5vocab ('t', 'instance')`);
  const shard = shardOf(5 * ID_RANGE);
  const mark = filedIn(shard, 'x')[0]!;
  db.prepare('INSERT INTO t VALUES (?)').run(filedIn(shard, text));
  const held = db.prepare<[], string>('SELECT term FROM words ORDER BY "offset"').pluck().all();
  expect(held).toEqual(words.map((word) => mark + word));
  db.close();
});

test('no character makes FTS5 find a word in the middle of one of the shard', () => {
  const db = new Database(':memory:');
  db.exec(`
    CREATE VIRTUAL TABLE t USING fts5 (c, tokenize = 'porter unicode61');
    CREATE VIRTUAL TABLE words USING fts5vocab ('t', 'row')`);
  const shard = shardOf(5 * ID_RANGE);
  // What comes after these are no letters, and no marks that stand between letters.
  const characters = Array.from({ length: 0x34000 }, (_, code) => String.fromCodePoint(code));
  const text = characters.map((character) => `ab${character}cd`).join(' ');
  db.prepare('INSERT INTO t VALUES (?)').run(filedIn(shard, text));
  const mark = filedIn(shard, 'x')[0]!;
  const found = db.prepare<[string], string>("SELECT term FROM words WHERE term NOT GLOB ? || '*'").pluck();
  expect(found.all(mark)).toEqual([]);
  db.close();
});

/**
 * A text leaves the index by the words that it has. Where Node comes to know more letters, it may find other words in a text than those
 * that were filed; so a Node with another Unicode needs a migration that makes the index anew, as `0021_index_shards.sql` does.
 */
test('what a letter is stays what it was when the texts were filed', () => {
  expect(process.versions.unicode).toBe('17.0');
});
