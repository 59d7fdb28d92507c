import { describe, expect, it } from 'vitest';
import { entropyOf, isPlaceholder, looksRandom } from '../../src/masking/rules/randomness.ts';

describe('looksRandom', () => {
  it.each([
    'qv7k2mzt9xr4bw1h',
    'Rq82Zt5mWx1',
    '9b04c7d1e35f8a26',
    'tK3xPqLmVbRsZ/W8NhDcE/yGfUoJaTxQwIv5',
    '4d9f2c70-51ab-4e36-8b0d-92c7e5a1f384',
    'b4nq8zt-x2kkw9vrs1mwhjjplc3gbnetq5ydrf60ox_wmzpt7k',
    'qLWxzPKdRHvTgbMfcNsYkJpZwVtBrHmQxD',
  ])('is true of %s', (value) => {
    expect(looksRandom(value)).toBe(true);
  });

  it.each([
    'short1',
    'user_id',
    'some_long_identifier_name',
    'TestReadsLongLinesTwice',
    'json-core-2.15.0',
    'eu-west-2-1700345',
    'queue-worker-api-rc1.2.0',
    'https://example.org/a1b2c3d4',
    '../path/to/file1',
    '1700345120958',
    'xxxxxxxxxxxxxxxx1',
    'your-api-key-1234',
    'two words 1234',
  ])('is false of %s', (value) => {
    expect(looksRandom(value)).toBe(false);
  });
});

describe('isPlaceholder', () => {
  it.each([
    '$TOKEN',
    '${TOKEN}',
    '$(cat file)',
    '{{ token }}',
    '<token>',
    '%TOKEN%',
    '[token]',
    'changeme',
    'null',
    '****',
    '...',
    '',
  ])('is true of %s', (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each(['hunter2', '$ecret!23', '%50ff', 'passw0rd'])('is false of %s', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
});

describe('entropyOf', () => {
  it.each([
    ['aaaa', 0],
    ['abab', 1],
    ['abcd', 2],
    ['0123456789abcdef', 4],
  ])('of %s is %d bits a character', (value, bits) => {
    expect(entropyOf(value)).toBe(bits);
  });
});
