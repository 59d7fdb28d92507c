import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport, reportEntry, reportFields } from '../../src/domain/agent-report.ts';

/** Good, bad and strange values for any field. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'info',
    'tool',
    'decision',
    'start',
    'now',
    0,
    1,
    -1,
    0.5,
    true,
    [],
    {},
  ),
  fc.constantFrom<unknown>(['@coder'], '30m', '2026-03-01T08:00:00Z', '12345678901234567890', { a: 1 }, [
    null,
  ]),
  fc.string({ maxLength: 5 }),
);
const names = Object.keys(reportFields.shape);
const entry = fc.dictionary(fc.constantFrom(...names, 'unknown', 'constructor'), value, { maxKeys: 5 });

describe('an entry that was reported', () => {
  test('is read from the fields that are there as the whole schema reads it', () => {
    fc.assert(
      fc.property(entry, (said) => {
        const whole = reportEntry.safeParse(said);
        expect(readReport(said)).toEqual(whole.success ? whole.data : null);
      }),
      { numRuns: 3_000 },
    );
  });

  test('is left to the schema where it is no object', () => {
    for (const said of [null, undefined, 'text', 1, [], [{ message: 'x' }]])
      expect(readReport(said)).toBeNull();
  });

  test('is read where it is good', () => {
    const said = { message: 'Done', type: 'decision', confidence: 0.5, category: ' routing ' };
    expect(readReport(said)).toEqual({ ...said, category: 'routing' });
  });
});
