import { hash, randomBytes } from 'node:crypto';
import { REPORT_ID_LENGTH } from '../domain/report.ts';

/** The id of a report: always the same for the same names. */
export function reportId(...names: readonly (string | number)[]): string {
  return `a${digitsOf(names).slice(0, REPORT_ID_LENGTH - 1)}`;
}

/** Ids of reports that nobody has a name for. They are drawn together: one by one they would take ten times as long. */
export function newReportIds(count: number): string[] {
  const length = REPORT_ID_LENGTH - 1;
  const drawn = randomBytes(count * length);
  return Array.from({ length: count }, (_, n) => {
    let id = 'a';
    for (let at = n * length; at < (n + 1) * length; at += 1) id += DIGITS[drawn[at]! % DIGITS.length];
    return id;
  });
}

/** What stands for an agent's own name of a conversation: the name itself may say more than is to be kept. */
export function conversationDigest(name: string): string {
  return digitsOf(['conversation', name]).slice(0, 24);
}

/** Names one after the other would be the same for other names. */
function digitsOf(names: readonly (string | number)[]): string {
  return BigInt(`0x${hash('sha256', JSON.stringify(names))}`)
    .toString(36)
    .padStart(50, '0');
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
