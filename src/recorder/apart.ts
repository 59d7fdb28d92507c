import type { Observed } from './observation.ts';

/** What became of a batch. */
export interface Recorded {
  /** What had to be left out. */
  unreadable: Unreadable[];
}

/** Something that cannot be read, now or ever. */
export interface Unreadable {
  /** Of its messages, as far as they are known. */
  ids: string[];
  /** Why. */
  reason: string;
}

/**
 * Records a batch. What cannot be read in it must not hold up the others: it is found by halving, left out and returned.
 *
 * @throws SqliteError when the disk or the database is to blame: then all of it can be given again, and nothing happens twice.
 */
export async function recordApart(
  record: (observed: readonly Observed[]) => Promise<unknown>,
  observed: readonly Observed[],
): Promise<Recorded> {
  try {
    await record(observed);
    return { unreadable: [] };
  } catch (error) {
    if (isOutage(error)) throw error;
    const [one, ...others] = observed;
    if (!one || others.length === 0)
      return { unreadable: one ? [{ ids: idsOf(one), reason: String(error) }] : [] };
    const half = observed.length >> 1;
    const first = await recordApart(record, observed.slice(0, half));
    const second = await recordApart(record, observed.slice(half));
    return { unreadable: [...first.unreadable, ...second.unreadable] };
  }
}

/** What the disk is to blame for passes, or is mended by somebody. */
function isOutage(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError';
}

function idsOf(observed: Observed): string[] {
  if ('deleted' in observed) return observed.deleted;
  return ['readUpTo' in observed ? observed.readUpTo : observed.messageId];
}
