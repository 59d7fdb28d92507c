import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { remainder } from './checksums.ts';

/** Finds international bank account numbers (ISO 13616): a country, its length, the remainder of 97. */
export const ibanRule: Rule = {
  certainty: 'personal',
  triggers: ['0'],
  find(text, at) {
    const start = at - 2;
    const head = isUpper(text.charCodeAt(start)) ? matchAt(HEAD, text, start) : null;
    const length = head === null ? undefined : LENGTHS[head[0]];
    if (length === undefined) return null;
    const end = endOf(text, start, length);
    if (end === null) return null;
    const account = text.slice(start, end).replaceAll(' ', '').toUpperCase();
    if (remainder(account.slice(4) + account.slice(0, 4), 97) !== 1) return null;
    return { start, end, kind: 'iban' };
  },
};

const HEAD = /(?<![A-Za-z0-9])[A-Z]{2}(?=\d\d[ A-Za-z0-9])/y;

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** Where so many letters and digits end, with one space between groups at most. */
function endOf(text: string, start: number, length: number): number | null {
  let count = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]!;
    if (/[A-Za-z0-9]/.test(character)) {
      count += 1;
      if (count === length) return /[A-Za-z0-9]/.test(text[at + 1] ?? ' ') ? null : at + 1;
    } else if (character !== ' ' || text[at + 1] === ' ') return null;
  }
  return null;
}

/** From the registry that SWIFT keeps for ISO 13616. */
const LENGTHS: Record<string, number> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 ' +
    'FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 ' +
    'LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 ' +
    'SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
