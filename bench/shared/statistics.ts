/** What several rounds of one measurement say together. */
export interface Summary {
  median: number;
  min: number;
  max: number;
}

/** @throws RangeError without any value */
export function summarize(values: readonly number[]): Summary {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

/**
 * The value below which the share `q` (0–1) of the values lies, interpolated between neighbours.
 * @throws RangeError without any value
 */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new RangeError('A quantile needs at least one value');
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}
