import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/domain/json.ts';

const LIMITS = { length: 1000, depth: 4 };
const parse = (text: string) => parseJson(text, LIMITS);

describe('JSON that someone else wrote', () => {
  it('is read as the parser reads it', () => {
    const plain = fc
      .jsonValue({ maxDepth: 2 })
      .filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(plain, (value) => {
        const text = JSON.stringify(value);
        fc.pre(text.length <= LIMITS.length);
        expect(parse(text)).toEqual({ value: JSON.parse(text.replace(/\\ud[89a-f]../gi, '\\ufffd')) });
      }),
    );
  });

  it.each([
    ['{"a":1,}', /^it is not JSON: Expected double-quoted property name at position 7/],
    ['{"a":NaN}', /^it is not JSON: Unexpected token 'N'$/],
    ['my password is hunter2', /^it is not JSON: Unexpected token 'm'$/],
    ['', /^it is not JSON: Unexpected end of JSON input$/],
    ['{"a":"x', /^it is not JSON: Unterminated string/],
    ['[[[[[1]]]]]', /^it is nested deeper than 4 levels$/],
    ['['.repeat(900), /^it is nested deeper than 4 levels$/],
    [`"${'x'.repeat(1000)}"`, /^it is too long: 1002 characters, at most 1000 are read$/],
    ['{"level":"info","level":"error"}', /^the key level stands twice in one object$/],
    [String.raw`{"a":1,"\u0061":2}`, /^the key a stands twice in one object$/],
    [`{"${'k'.repeat(99)}":1,"${'k'.repeat(99)}":2}`, /^the key k{40}… stands twice/],
    ['[{"x":{"__proto__":{"y":1}}}]', /^the key __proto__ is not allowed$/],
    [String.raw`{"__pro\u0074o__":1}`, /^the key __proto__ is not allowed$/],
  ])('%j is refused with a reason', (text, fault) => {
    expect(parse(text)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it.each([
    ['a string that only looks like a key', '["a", "a"]', ['a', 'a']],
    ['the same key in two objects', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['brackets in a text', '{"a":"[[[[[[{{{{\\"]"}', { a: '[[[[[[{{{{"]' }],
    ['a key that objects have anyway', '{"constructor":1,"toString":2}', { constructor: 1, toString: 2 }],
    ['an escaped pair', String.raw`"\ud83d\ude00"`, '😀'],
    ['half a pair', String.raw`{"\udc00":"a\ud83d"}`, { '\ufffd': 'a\ufffd' }],
  ])('%s is read', (_, text, value) => {
    expect(parse(text)).toEqual({ value });
  });

  it('is refused in time that grows with its length only', () => {
    const long = { length: 2 ** 21, depth: 16 };
    for (const text of [
      `"${String.raw`\"`.repeat(2 ** 19)}`,
      '['.repeat(2 ** 20),
      `{"a"${' '.repeat(2 ** 20)}`,
    ]) {
      const start = performance.now();
      expect(parseJson(text, long)).toHaveProperty('fault');
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });
});
