import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatNumber, formatTable } from './table.ts';
import type { Cell } from './table.ts';

/** What a part of the benchmark found out. */
export interface PartResult {
  title: string;
  /** What was measured and with what, one sentence a line. */
  notes: string[];
  head: string[];
  rows: Cell[][];
  checks: Check[];
  /** The same figures for programs. */
  figures: Record<string, unknown>;
}

/** A figure that has a target to meet. */
export interface Check {
  name: string;
  value: number;
  /** `≥`: the value must be at least the target; `≤`: at most. */
  sense: '≥' | '≤';
  target: number;
}

export interface PartOptions {
  /** Seconds instead of minutes: shows that everything runs; the figures mean little. */
  quick: boolean;
  /** An empty directory for what the part writes. */
  dir: string;
}

export function isMet({ value, sense, target }: Check): boolean {
  return sense === '≥' ? value >= target : value <= target;
}

/** For people: what was measured, the table, and each target with whether it is met. */
export function formatPart({ title, notes, head, rows, checks }: PartResult): string {
  const verdicts = checks.map((check) => {
    const { name, value, sense, target } = check;
    return `${isMet(check) ? '✓' : '✗'} ${name}: ${formatNumber(value)} (target ${sense} ${target})`;
  });
  return [title, ...notes.map((note) => `  ${note}`), '', formatTable(head, rows), '', ...verdicts].join(
    '\n',
  );
}

/** Runs `task` with an empty directory that is gone afterwards, also when this process is told to end. */
export async function withTempDir<T>(task: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'work-logs-bench-'));
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  try {
    return await task(dir);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
