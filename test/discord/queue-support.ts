import { setTimeout as elapsed } from 'node:timers/promises';
import { pino } from 'pino';
import { expect } from 'vitest';
import type { Recorded } from '../../src/recorder/apart.ts';
import { observedIn } from '../../src/recorder/batch.ts';
import type { Batch } from '../../src/recorder/batch.ts';
import type { Observation } from '../../src/recorder/observation.ts';

export const numbered = (n: number) => ({ messageId: String(n) }) as Observation;
export const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

type Given = [how: 'record' | 'note', ids: string[]];

/** A backend that keeps batches, and fails as often as it is told to. */
export function backend({ failures = 0 } = {}) {
  const batches: Given[] = [];
  const noted: Batch[] = [];
  const recorded: string[] = [];
  let left = failures;
  let notes = 0;
  let busy = false;
  const idsOf = (batch: Batch) => observedIn(batch).map((one) => (one as Observation).messageId);
  const fail = () => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error('disk full'), { name: 'SqliteError' });
  };
  const work = async () => {
    expect(busy).toBe(false);
    busy = true;
    await elapsed(2);
    busy = false;
    fail();
  };
  return {
    batches,
    recorded,
    async record(batch: Batch): Promise<Recorded> {
      await work();
      batches.push(['record', idsOf(batch)]);
      recorded.push(...idsOf(batch));
      return { unreadable: [] };
    },
    async note(turn: number, batch: Batch): Promise<void> {
      // As the database's thread does: in the order they come, and none before its turn.
      if (turn !== notes) throw new Error('not its turn');
      fail();
      notes += 1;
      batches.push(['note', idsOf(batch)]);
      noted.push(batch);
      await elapsed(2);
    },
    async recordNoted(): Promise<Recorded> {
      await work();
      recorded.push(...idsOf(noted.shift()!));
      return { unreadable: [] };
    },
  };
}

export const silent = pino({ level: 'silent' });
