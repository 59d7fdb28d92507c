import { assert, property, string, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Accounts } from '../../../sandbox/replay/accounts.ts';

describe('Accounts', () => {
  test.each<[original: string, name: string]>([
    ['Verification_Expert', 'Verification_Expert'],
    ['data analyst (senior)', 'data analyst (senior)'],
    ['  padded\tname ', 'padded name'],
    ['план-бот', 'план-бот'],
    ['@agent#1:x', '_agent_1_x'],
    ['Discord helper', 'disc0rd helper'],
    ['everyone', 'everyone_'],
    ['X', 'X_'],
    ['🤖', '🤖'],
    [`${'n'.repeat(31)}🚀`, 'n'.repeat(31)],
  ])('names %j validly', (original, name) => {
    expect(new Accounts().of(original, 'bot').name).toBe(name);
  });

  test('gives the same name and role the same account, and another role another', () => {
    const accounts = new Accounts();
    const bot = accounts.of('ana', 'bot');
    expect(accounts.of('ana', 'bot')).toBe(bot);
    expect(accounts.of('ana', 'human')).toMatchObject({ kind: 'person', name: 'ana~2', original: 'ana' });
  });

  test('keeps names apart that differ in case, or only beyond the limit, or become equal', () => {
    const accounts = new Accounts();
    const long = 'a'.repeat(32);
    const originals = ['Coder', 'coder', 'CODER', `${long}1`, `${long}2`, 'a@b', 'a#b'];
    const names = originals.map((original) => accounts.of(original, 'bot').name);
    expect(names).toEqual(['Coder', 'coder~2', 'CODER~3', long, `${'a'.repeat(30)}~2`, 'a_b', 'a_b~2']);
  });

  test('gives any names valid ones, all different', () => {
    assert(
      property(uniqueArray(string({ unit: 'binary', minLength: 1, maxLength: 40 })), (originals) => {
        const accounts = new Accounts();
        const names = originals.map((original) => accounts.of(original, 'bot').name);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(originals.length);
        for (const name of names) {
          expect(name).toBe(name.trim());
          expect(name).toMatch(/^[^@#:\n]{2,32}$/);
        }
      }),
    );
  });
});
