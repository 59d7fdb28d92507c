import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALNUM, exactly } from '../../src/masking/shape.ts';
import { masker, secretOf } from './support.ts';

const GITHUB = secretOf(['ghp_', exactly(ALNUM, 36)]);

describe('maskValue', () => {
  it('hides secrets in texts and keys at every depth, and leaves the data it was given alone', () => {
    const value = { a: [{ b: `use ${GITHUB}` }], [`ana@example.com`]: 1, n: 5, yes: true, none: null };
    const before = structuredClone(value);
    expect(masker.maskValue(value)).toEqual({
      value: { a: [{ b: 'use [masked:github-token]' }], '[masked:email]': 1, n: 5, yes: true, none: null },
      masked: 2,
    });
    expect(value).toEqual(before);
  });

  it.each([
    ['password', 'correct horse', '[masked:password]'],
    ['DB_PASSWORD', 'x', '[masked:password]'],
    ['api_key', 'abc', '[masked:key]'],
    ['apiKey', 'abc', '[masked:key]'],
    ['Authorization', 'Bearer abc', '[masked:secret]'],
    ['clientSecret', 'abc', '[masked:secret]'],
    ['x-auth-token', 'abc', '[masked:token]'],
    ['cookies', ['a', 'b'], ['[masked:secret]', '[masked:secret]']],
    ['pin', 1234, '[masked:secret]'],
  ])('hides whatever %s holds', (key, held, expected) => {
    expect(masker.maskValue({ [key]: held }).value).toEqual({ [key]: expected });
  });

  it.each([
    ['max_tokens', 4096],
    ['next_page_token', 'CAEQAA'],
    ['token_type', 'bearer'],
    ['public_key', 'ssh-ed25519'],
    ['keyboard', 'qwerty'],
    ['password', ''],
    ['password', null],
    ['password', true],
  ])('keeps what %s holds: %s', (key, held) => {
    expect(masker.maskValue({ [key]: held })).toEqual({ value: { [key]: held }, masked: 0 });
  });

  it('reads a short text together with its key', () => {
    expect(masker.maskValue({ phone: '555 0143' }).value).toEqual({ phone: '[masked:phone-number]' });
    expect(masker.maskValue({ size: '555 0143' }).value).toEqual({ size: '555 0143' });
  });

  it('hides numbers of cards and phones that are numbers in the data', () => {
    expect(masker.maskValue({ card: 4111111111111111, phone: 2025550143, at: 1700000000000 }).value).toEqual({
      card: '[masked:card-number]',
      phone: '[masked:phone-number]',
      at: 1700000000000,
    });
  });

  it('masks a bare text, and returns other bare values as they are', () => {
    expect(masker.maskValue(GITHUB)).toEqual({ value: '[masked:github-token]', masked: 1 });
    for (const value of [1, null, true, undefined])
      expect(masker.maskValue(value)).toEqual({ value, masked: 0 });
  });

  it('takes __proto__ for a key like any other', () => {
    const value: unknown = JSON.parse(
      `{"__proto__": {"polluted": "${GITHUB}"}, "constructor": {"prototype": 1}}`,
    );
    const masked = masker.maskValue(value).value as object;
    expect(JSON.stringify(masked)).toBe(
      '{"__proto__":{"polluted":"[masked:github-token]"},"constructor":{"prototype":1}}',
    );
    expect(Object.getPrototypeOf(masked)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('keeps two keys apart that look alike once they are masked', () => {
    const { value } = masker.maskValue({ 'ana@example.com': 1, 'bob@example.com': 2 });
    expect(value).toEqual({ '[masked:email]': 1, '[masked:email] (2)': 2 });
  });

  it('hides unread what lies too deep, and comes to an end in a circle', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(100)}"${GITHUB}"${'}'.repeat(100)}`);
    const text = JSON.stringify(masker.maskValue(deep).value);
    expect(text).not.toContain(GITHUB);
    expect(text).toContain('[masked:unread]');
    const circle: Record<string, unknown> = {};
    Object.assign(circle, { one: circle, two: circle });
    expect(JSON.stringify(masker.maskValue(circle).value)).toContain('[masked:unread]');
  });

  it('hides unread what lies behind too much else', () => {
    const many = Array.from({ length: 30_000 }, (_, index) => (index === 29_999 ? GITHUB : index));
    const text = JSON.stringify(masker.maskValue({ many, after: GITHUB }).value);
    expect(text).not.toContain(GITHUB);
    expect(text).toContain('[masked:unread]');
  });

  it('changes nothing more the second time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = masker.maskValue(value).value;
        expect(masker.maskValue(once)).toEqual({ value: once, masked: 0 });
      }),
      { numRuns: 500 },
    );
    const once = masker.maskValue({ password: 'hunter2', a: { token: 'x', b: [GITHUB] } }).value;
    expect(masker.maskValue(once)).toEqual({ value: once, masked: 0 });
  });
});
