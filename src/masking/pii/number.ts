import { matchAt } from '../rule.ts';
import type { Finding, Rule } from '../rule.ts';
import { cardRule } from './card.ts';
import { nationalIdRules } from './national.ts';
import { phoneRule } from './phone.ts';

/** Finds numbers that belong to a person. Logs are full of others: a glance tells most of them before the rules are asked. */
export const numberRule: Rule = {
  certainty: 'personal',
  triggers: ['0'],
  find(text, at) {
    if (isWord(text.charCodeAt(at - 1)) || matchAt(SIX_DIGITS, text, at) === null) return null;
    for (const rule of RULES) {
      const finding: Finding | null = rule.find(text, at);
      if (finding !== null) return finding;
    }
    return null;
  },
};

const RULES: readonly Rule[] = [cardRule, ...nationalIdRules, phoneRule];

/** Every such number has six digits, with hardly anything between them. */
const SIX_DIGITS = /\d(?:[ .()/+-]{0,2}\d){5}/y;

/** Whether it is a letter or a digit of ASCII, or `_`. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}
