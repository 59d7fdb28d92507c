import { describe, expect, it } from 'vitest';
import { entropyOf, isPlaceholder, looksRandom } from '../../src/masking/rules/randomness.ts';

describe('looksRandom', () => {
  it.each([
    'zf3d0lxcm3eimbgj',
    'Sk94HG7f6KB',
    '3fea6af1349166ea',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzKEY0',
    '8f76b0e8-b8f1-4a87-9186-848bdd83d62e',
    'klz9pyw-c1luu7wqv0qtdffxia2dmdaqfk0zcl49yu_rhzsk6s',
    'hZEmnoOEYISjraJtbySaKCNnSuYAvukaTt',
  ])('is true of %s', (value) => {
    expect(looksRandom(value)).toBe(true);
  });

  it.each([
    'short1',
    'user_id',
    'some_long_identifier_name',
    'TestLoadAcceptsValidKeys',
    'jackson-core-2.15.0',
    'cmp2-qat-1208358310',
    'event-bus-message-api-rc0.15.0',
    'https://example.org/a1b2c3d4',
    '../path/to/file1',
    '1208358310124',
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
