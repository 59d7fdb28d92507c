import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { isLuhn, isVerhoeff, remainder, weigh } from './checksums.ts';

/** An id that a state gives a person. */
interface NationalId {
  /** From the first digit on; letters before it are looked at behind. */
  pattern: string;
  /** Of the characters without what is between them. */
  isValid: (id: string) => boolean;
  /** Words before it without which it is any number. */
  called?: RegExp;
}

const IDS: NationalId[] = [
  // United States: https://www.ssa.gov/employer/randomization.html
  { pattern: String.raw`(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}`, isValid: () => true },
  {
    pattern: String.raw`(?!000|666|9)\d{3} ?(?!00)\d{2} ?(?!0000)\d{4}`,
    isValid: () => true,
    called: /\bssn\b|social security/i,
  },
  // Brazil, CPF and CNPJ
  { pattern: String.raw`\d{3}\.\d{3}\.\d{3}-\d{2}`, isValid: isCpf },
  { pattern: String.raw`\d{11}`, isValid: isCpf, called: /\bcpf\b/i },
  // Canada, Social Insurance Number
  { pattern: String.raw`\d{3}[ -]?\d{3}[ -]?\d{3}`, isValid: isLuhn, called: /\bsin\b|social insurance/i },
  // Switzerland, AHV
  {
    pattern: String.raw`756\.\d{4}\.\d{4}\.\d{2}`,
    isValid: (id) => weigh(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  // Germany, tax id (ISO 7064, MOD 11,10)
  {
    pattern: String.raw`[1-9]\d ?\d{3} ?\d{3} ?\d{3}`,
    isValid: isGermanTaxId,
    called: /steuer|tax id|\bidnr\b/i,
  },
  // France, number of the social insurance
  {
    pattern: String.raw`[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d{2} ?\d{3} ?\d{3} ?\d{2}`,
    isValid: (id) => 97 - remainder(id.slice(0, 13), 97) === Number(id.slice(13)),
  },
  // Spain, DNI and NIE
  {
    pattern: String.raw`\d{8}-?[A-HJ-NP-TV-Z]`,
    isValid: (id) => 'TRWAGMYFPDXBNJZSQVHLCKE'[remainder(id.slice(0, 8), 23)] === id[8],
  },
  // India, Aadhaar
  { pattern: String.raw`[2-9]\d{3}[ -]\d{4}[ -]\d{4}`, isValid: isVerhoeff },
  // Poland, PESEL
  {
    pattern: String.raw`\d{11}`,
    isValid: (id) => weigh(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
    called: /pesel/i,
  },
  // Netherlands, BSN
  {
    pattern: String.raw`\d{9}`,
    isValid: (id) => weigh(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    called: /\bbsn\b|burgerservice|sofinummer/i,
  },
  // Sweden, personnummer
  {
    pattern: String.raw`(?:19|20)?\d{2}(?:0\d|1[0-2])[0-3]\d[-+]\d{4}`,
    isValid: (id) => isLuhn(id.slice(-10)),
  },
  // Finland, henkilötunnus
  { pattern: String.raw`[0-3]\d(?:0\d|1[0-2])\d{2}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]`, isValid: isFinnish },
  // Australia, Tax File Number
  {
    pattern: String.raw`\d{3} ?\d{3} ?\d{3}`,
    isValid: (id) => weigh(id, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    called: /\btfn\b|tax file/i,
  },
  // United Kingdom, NHS number
  {
    pattern: String.raw`\d{3}[ -]?\d{3}[ -]?\d{4}`,
    isValid: (id) => weigh(id, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    called: /\bnhs\b/i,
  },
];

/** Finds ids that states give people: by their check digits and, where a check is weak, by what they are called. */
export const nationalIdRules: Rule[] = IDS.map(idRule);

function idRule({ pattern, isValid, called }: NationalId): Rule {
  const expression = new RegExp(String.raw`(?<![\w.,/@#&:=+-]|\d[ ])${pattern}(?![\w@-]|[.,]\d| \d)`, 'y');
  return {
    certainty: 'personal',
    triggers: ['0'],
    find(text, at) {
      const match = matchAt(expression, text, at);
      if (match === null || !isValid(match[0].replaceAll(/[^A-Z0-9]/g, ''))) return null;
      if (called && !called.test(text.slice(Math.max(0, at - 32), at))) return null;
      return { start: at, end: at + match[0].length, kind: 'national-id' };
    },
  };
}

function isCpf(id: string): boolean {
  if (/^(\d)\1+$/.test(id)) return false;
  return [9, 10].every((length) => {
    const weights = Array.from({ length }, (_, index) => length + 1 - index);
    return ((weigh(id, weights) * 10) % 11) % 10 === Number(id[length]);
  });
}

function isGermanTaxId(id: string): boolean {
  let product = 10;
  for (const digit of id.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(id[10]);
}

function isFinnish(id: string): boolean {
  const digits = id.replaceAll(/\D/g, '').slice(0, 9);
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[remainder(digits, 31)] === id.at(-1);
}
