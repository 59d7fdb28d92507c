import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/**
 * Finds numbers of phones. What looks like one on paper looks like much else in a log, so a bare number counts only where a phone is
 * spoken of; by itself one must have a plus, brackets around its area, the groups of North America, or a leading zero in groups.
 */
export const phoneRule: Rule = {
  certainty: 'personal',
  triggers: ['0'],
  find(text, at) {
    const start = startOf(text, at);
    const match = SURE.reduce<RegExpExecArray | null>(
      (found, form) => found ?? matchAt(form, text, start),
      null,
    );
    if (match !== null && isPhone(match[0])) return finding(start, match[0]);
    const weak = matchAt(GROUPS, text, at);
    return weak !== null && isPhone(weak[0]) && isCalledPhone(text, at, at + weak[0].length)
      ? finding(at, weak[0])
      : null;
  },
};

/** A plus or a bracket before the first digit belongs to the number. */
function startOf(text: string, at: number): number {
  let start = at;
  if (text[start - 1] === '(') start -= 1;
  if (text[start - 1] === '+') start -= 1;
  return start;
}

function finding(start: number, number: string) {
  return { start, end: start + number.length, kind: 'phone-number' };
}

/** What must not stand before and behind: other digits, words, money, marks of ids, paths and fractions. */
const BEFORE = String.raw`(?<![\w:/@#&$€£¥%=<>*^~+\\-]|\d[ .,])`;
const BEHIND = String.raw`(?:\s?(?:x|ext\.?)\s?\d{1,5})?(?![\w@%°/:=+*^]|[.,]\d|-(?!office|fax|mobile|cell|home|work)\w|\s?[$€£%])`;
/** +44 (0)20 7946 0123, +1-202-555-0143, tel:+49…, 001-202-555-0143 */
const INTERNATIONAL = new RegExp(
  String.raw`(?<![\w/@#&$=*^~+\\-]|\d[ .,])(?:\+\(?|00(?=\d{1,2}[ .-]))\d{1,3}\)?(?:[ .-]?\(?\d{1,5}\)?){1,5}[ .-]?\d{2,9}${BEHIND}`,
  'iy',
);
const NATIONAL = [
  // (202)555-0143, (72) 555-014, (08) 5550 0143
  String.raw`\(\d{2,5}\)[ -]?\d{2,4}[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?`,
  // 202-555-0143, 202.555.0143
  String.raw`(?:1[ .-])?[2-9]\d{2}([.-])\d{3}\1\d{4}`,
  // 0491 57 01 56, 01.99.00.01.43, 020 7946 0123
  String.raw`0(?=(?:[ .-]?\d){8})[1-9]\d{0,3}([ .-])\d{2,4}(?:\1\d{2,4}){1,4}`,
  // 0176-12345678
  String.raw`0[1-9]\d{1,3}[-/]\d{6,8}`,
].map((form) => new RegExp(BEFORE + form + BEHIND, 'iy'));
const SURE = [INTERNATIONAL, ...NATIONAL];

/** Seven digits and more, in groups or in one piece. */
const GROUPS = new RegExp(String.raw`${BEFORE}\(?\d{1,11}\)?(?:[ .-]?\d{2,8}){0,5}${BEHIND}`, 'iy');

function isPhone(text: string): boolean {
  const number = text.replace(/\s?(?:x|ext).*$/i, '');
  const digits = number.replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /^(\d)\1+$/.test(digits)) return false;
  if (/^\d{3}\D\d{3}\D\d{4}$/.test(number)) return true;
  return (
    !number.split(/\D+/).some((group) => /^(?:19|20)\d\d(?:[01]\d[0-3]\d)?$/.test(group)) &&
    !/^\d\.\d+$/.test(number)
  );
}

/** Words before or right behind the number that make it one of a phone. */
function isCalledPhone(text: string, start: number, end: number): boolean {
  return (
    BEFORE_PHONE.test(text.slice(Math.max(0, start - 32), start)) ||
    BEHIND_PHONE.test(text.slice(end, end + 12))
  );
}

const BEFORE_PHONE =
  /(?:(?<![a-z])phone|telephone|mobile|\bcell|\btel|\bfax|\bdesk|whatsapp|\bsms\b|call(?:\s+(?:me|us|him|her|them|back))?|\bdial|\bring|text\s+(?:me|us)|messages|reach\s+(?:me|us)|answering|contact|hotline|landline|☎|📞|📱)(?:\s+(?:no|number|nr|at|on|to|is|under))?[\s.:#*("'-]{0,6}$/i;
const BEHIND_PHONE = /^[\s-]{0,2}\(?(?:office|fax|mobile|cell|home\b|work\b|phone)/i;
