import { createHash, randomUUID } from 'node:crypto';
import { REPORT_ID_LENGTH } from '../domain/report.ts';

/** The id of a report: always the same for the same names, one of its own without any. */
export function reportId(...names: readonly (string | number)[]): string {
  const digits = digitsOf(names.length === 0 ? [randomUUID()] : names);
  return `a${digits.slice(0, REPORT_ID_LENGTH - 1)}`;
}

/** What stands for an agent's own name of a conversation: the name itself may say more than is to be kept. */
export function conversationDigest(name: string): string {
  return digitsOf(['conversation', name]).slice(0, 24);
}

/** Names one after the other would be the same for other names. */
function digitsOf(names: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  return BigInt(`0x${digest}`).toString(36).padStart(50, '0');
}
