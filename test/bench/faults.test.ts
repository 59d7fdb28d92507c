import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function faults(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../bench/faults.ts');
    const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode!, stdout, stderr }),
    );
  });
}

// With this seed: 429s, a session that is over, a full disk, an outage, lost answers with a SIGKILL, a channel that is hidden.
// A bot that starts and is killed several times takes a while on a busy machine.
test('six things go wrong, and everything is recorded exactly once', { timeout: 180_000 }, async () => {
  const { code, stdout, stderr } = await faults('--rounds', '6', '--seed', '3514', '--json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const { exchange, ...rest } = JSON.parse(stdout) as Record<string, number> & {
    exchange: Record<string, number>;
  };
  const { rounds, messages, ...found } = rest;
  expect(rounds).toBe(6);
  expect(messages).toBeGreaterThan(50);
  expect(found).toMatchObject({ lost: 0, doubled: 0, leaked: 0, stale: 0, broken: 0, met: true });
  // What agents learned was handed to others meanwhile; how much depends on how long the bot takes to start again.
  expect(exchange['insights']).toBeGreaterThan(0);
  expect(exchange['hand_overs']).toBeGreaterThan(0);
});

test('a number of rounds that is none ends with 2 and says so', async () => {
  const { code, stderr } = await faults('--rounds', 'many');
  expect(code).toBe(2);
  expect(stderr).toContain('whole number');
});
