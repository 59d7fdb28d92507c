import type { StoreReader } from '../store/read-only.ts';

/** A bot that runs says so four times as often, in ms. */
const SILENCE = 60_000;

/** The store of a bot that may not be running: since it was heard of last, nothing is known. */
export function besideTheBot(store: StoreReader, at: number): StoreReader {
  const interruptions: StoreReader['coverage']['interruptions'] = async (period, limit) => {
    const all = await store.coverage.interruptions(period, limit);
    const from = await store.coverage.heardUntil();
    const isAway = from !== null && at - from > SILENCE && from <= period.to;
    return isAway ? [{ cause: 'stopped', from, to: null, caughtUpAt: null }, ...all] : all;
  };
  return { ...store, coverage: { ...store.coverage, interruptions } };
}
