import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Summary } from '../../bench/shared/statistics.ts';

function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../bench/main.ts');
    const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode!, stdout, stderr }),
    );
  });
}

interface StoreFigures {
  store: Summary;
  bare: Summary;
  ratio: Summary;
  checks: object[];
}

test('a quick run of one part prints one JSON object with its figures and how they compare with the target', async () => {
  const { code, stdout } = await bench('--quick', '--json', '--only', 'store');
  const { quick, parts } = JSON.parse(stdout) as { quick: boolean; parts: { store: StoreFigures } };
  expect({ code, quick, parts: Object.keys(parts) }).toEqual({ code: 0, quick: true, parts: ['store'] });
  const { store, bare, ratio, checks } = parts.store;
  for (const { median, min, max } of [store, bare, ratio]) {
    expect(min).toBeGreaterThan(0);
    expect(min).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(max);
  }
  expect(checks).toEqual([
    { name: 'store / bare', value: ratio.median, sense: '≥', target: 0.8, met: ratio.median >= 0.8 },
  ]);
});

test('a part that does not exist ends with 2 and names it', async () => {
  const { code, stderr } = await bench('--only', 'store,speed');
  expect(code).toBe(2);
  expect(stderr).toContain('There is no part "speed".');
});
