import { hash, randomInt } from 'node:crypto';
import { REPORT_ID_LENGTH } from '../domain/report.ts';

/** The id of a report: always the same for the same names. */
export function reportId(...names: readonly (string | number)[]): string {
  return `a${digitsOf(names).slice(0, REPORT_ID_LENGTH - 1)}`;
}

/**
 * The ids of what one call reports: always the same for the same names. They follow one another, as those of messages do: in the index
 * of the database they stand side by side, where a thousand at random places would have most of it written anew.
 */
export function reportIds(count: number, ...names: readonly (string | number)[]): string[] {
  const call = digitsOf(names).slice(0, REPORT_ID_LENGTH - 1 - LAST);
  return Array.from({ length: count }, (_, n) => `a${call}${digits(n, LAST)}`);
}

/** The same for a call that nobody has a name for: they follow those of the calls before. `now`: ms UTC. */
export function newReportIds(count: number, now: number): string[] {
  const time = digits(now, TIME);
  const [first, begin] = [randomInt(36 ** DRAWN - 1), randomInt(36 ** LAST)];
  return Array.from({ length: count }, (_, n) => {
    const last = begin + n;
    const carried = Math.floor(last / 36 ** LAST);
    return `a${time}${digits(first + carried, DRAWN)}${digits(last % 36 ** LAST, LAST)}`;
  });
}

/** Enough for the number of an entry in its call: 46 656. */
const LAST = 3;
/** Of a time in ms, until the year 2059. */
const TIME = 8;
const DRAWN = REPORT_ID_LENGTH - 1 - TIME - LAST;

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

function digits(value: number, length: number): string {
  return value.toString(36).padStart(length, '0').slice(-length);
}
