import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { isLuhn } from './checksums.ts';

/** Finds numbers of payment cards: an issuer's range, its length and the check digit. */
export const cardRule: Rule = {
  certainty: 'personal',
  triggers: ['0'],
  find(text, at) {
    const match = matchAt(NUMBER, text, at);
    if (match === null) return null;
    const digits = match[0].replaceAll(/[ -]/g, '');
    const isCalledCard = CALLED.test(text.slice(Math.max(0, at - 40), at));
    if (!isCard(digits, isCalledCard) || !isLuhn(digits)) return null;
    return { start: at, end: at + match[0].length, kind: 'card-number' };
  },
};

/** In one piece or in the groups that are printed on cards. Not a part of a longer number, a path or a name. */
const NUMBER =
  /(?<![\w.,/@#&:=-])(?:\d{12,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5})(?![\w@-]|[.,]\d)/y;
const CALLED = /card|\bcc\b|visa|mastercard|amex|maestro|diners|debit|credit|\bpan\b/i;

/**
 * By the first digits (ISO/IEC 7812-1). Seventeen and eighteen digits are left to the ids of Discord and others, twelve and thirteen
 * count where a card is spoken of.
 */
function isCard(digits: string, isCalledCard: boolean): boolean {
  switch (digits.length) {
    case 12:
      return isCalledCard && /^(?:5[06-8]|6)/.test(digits);
    case 13:
      return isCalledCard && /^[456]/.test(digits);
    case 14:
      return /^3(?:0[0-5]|[689])/.test(digits);
    case 15:
      return /^(?:3[47]|1800|2131)/.test(digits);
    case 16:
      return /^(?:[4-6]|35|2(?:2[2-9]|[3-6]|7[01]|720))/.test(digits);
    case 19:
      return /^[456]/.test(digits);
    default:
      return false;
  }
}
