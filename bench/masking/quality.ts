import type { Masker } from '../../src/masking/mask.ts';
import type { Line } from './lines.ts';

export interface Quality {
  secrets: Tally;
  pii: Tally;
  natural: Tally;
  fakes: Tally;
}

/** So many of so many. */
export interface Tally {
  count: number;
  of: number;
}

/** Counts the positives of which nothing survives, and the others that were altered. */
export function measureQuality(masker: Masker, lines: readonly Line[]): Quality {
  const positives = (kind: Line['kind']) =>
    lines.filter((line) => line.sort === 'positive' && line.kind === kind);
  const others = (sort: Line['sort']) => lines.filter((line) => line.sort === sort);
  const isFound = ({ text, secret }: Line) => {
    const masked = masker.mask(text).text;
    return !secret.some((part) => masked.includes(part));
  };
  const isAltered = ({ text }: Line) => masker.mask(text).text !== text;
  return {
    secrets: tally(positives('secret'), isFound),
    pii: tally(positives('pii'), isFound),
    natural: tally(others('natural'), isAltered),
    fakes: tally(others('fake'), isAltered),
  };
}

/** @throws Error where the file has no such lines: a share of nothing would meet any target */
export function share({ count, of }: Tally): number {
  if (of === 0)
    throw new Error('The file holds no line of one of the sorts: secrets, personal data, natural.');
  return count / of;
}

function tally(lines: readonly Line[], counts: (line: Line) => boolean): Tally {
  return { count: lines.filter(counts).length, of: lines.length };
}
