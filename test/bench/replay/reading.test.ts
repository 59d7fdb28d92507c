import { describe, expect, test } from 'vitest';
import { isMasked, readsAs } from '../../../bench/replay/reading.ts';

const withIds = 'ask <@123456789012345678> in <#123456789012345679> now';

describe('readsAs', () => {
  test.each<[said: string, recorded: string, same: boolean]>([
    ['plain', 'plain', true],
    ['plain', 'plainer', false],
    ['aa', 'aaaa', false],
    [withIds, 'ask @someone in #x now', true],
    [withIds, 'ask @someone in #x', false],
    [withIds, '@someone in #x now', false],
    [withIds, 'ask @someone now', false],
    ['mail a@b.c or d@e.f', 'mail [masked:email] or [masked:email]', true],
    ['mail a@b.c', 'mail [masked:email]', true],
    ['mail a@b.c', 'write [masked:email]', false],
    ['mail a@b.c now', 'mail [masked:email] no', false],
    ['one two', 'one [masked:x]one two', false],
    ['keep [masked:x] as it is', 'keep [masked:x] as it is', true],
  ])('%j recorded as %j: %s', (said, recorded, same) => {
    expect(readsAs(said, recorded)).toBe(same);
  });
});

test('isMasked is true only where the log hides something', () => {
  expect(isMasked('mail a@b.c', 'mail [masked:email]')).toBe(true);
  expect(isMasked('plain', 'plain')).toBe(false);
  expect(isMasked('see [masked:x]', 'see [masked:x]')).toBe(false);
  expect(isMasked(withIds, 'ask @someone in #x now')).toBe(false);
});
