import { describe, expect, it } from 'vitest';
import { isLuhn, isVerhoeff, remainder, weigh } from '../../src/masking/pii/checksums.ts';

describe('checksums', () => {
  it.each(['4111111111111111', '378282246310005', '79927398713', '0'])('accept %s by Luhn', (digits) => {
    expect(isLuhn(digits)).toBe(true);
  });

  it('see any one wrong digit by Luhn', () => {
    const digits = '4111111111111111';
    for (let at = 0; at < digits.length; at += 1) {
      const wrong = `${digits.slice(0, at)}${(Number(digits[at]) + 1) % 10}${digits.slice(at + 1)}`;
      expect(isLuhn(wrong)).toBe(false);
    }
  });

  it('see any one wrong digit and any two exchanged by Verhoeff', () => {
    expect(isVerhoeff('2363')).toBe(true);
    const digits = '234123412346';
    expect(isVerhoeff(digits)).toBe(true);
    for (let at = 0; at < digits.length; at += 1) {
      const [one, next] = [digits[at]!, digits[at + 1]];
      expect(isVerhoeff(`${digits.slice(0, at)}${(Number(one) + 1) % 10}${digits.slice(at + 1)}`)).toBe(
        false,
      );
      if (next === undefined || next === one) continue;
      expect(isVerhoeff(`${digits.slice(0, at)}${next}${one}${digits.slice(at + 2)}`)).toBe(false);
    }
  });

  it('take the remainder of numbers of any length, with letters as two digits', () => {
    expect(remainder('3214282912345698765432161182', 97)).toBe(1);
    expect(remainder('WEST12345698765432GB82', 97)).toBe(1);
    expect(remainder('12345678', 23)).toBe(12345678 % 23);
  });

  it('weigh digits', () => {
    expect(weigh('123', [3, 2, 1])).toBe(10);
  });
});
