import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingConfig } from '../bench/flood/channels.ts';
import type { Flood } from '../bench/flood/flood.ts';
import { FLOOD } from '../bench/flood/recorder.ts';
import { startBot } from '../bench/shared/bot-process.ts';
import { startChild } from '../bench/shared/child.ts';
import type { Child } from '../bench/shared/child.ts';
import { watchRecorded } from '../bench/shared/recorded.ts';

const MESSAGES = 6000;

let dir: string;
let flood: Child<Flood>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'flood-'));
  flood = startChild<Flood>(FLOOD);
});
afterEach(() => {
  flood.stop();
  rmSync(dir, { recursive: true });
});

test('what was noted of a flood when the process was killed is recorded by the next one', async () => {
  const { channels, ...address } = await flood.call.address();
  const dbPath = join(dir, 'flood.db');
  const options = { ...address, dbPath, dir, config: recordingConfig(true) };
  const first = startBot(options);
  await expect.poll(() => flood.call.announced(), { timeout: 20_000 }).toBe(channels);
  const counts = watchRecorded(dbPath);
  await flood.call.prepare(MESSAGES);
  const pushed = flood.call.push();
  await expect
    .poll(() => counts.durable(), { timeout: 20_000, interval: 2 })
    .toBeGreaterThanOrEqual(MESSAGES);
  await pushed;
  first.kill();
  await first.ended;
  expect(counts.recorded()).toBeLessThan(MESSAGES);

  // Discord here remembers no more than the latest few of each channel: the others are nowhere else.
  const second = startBot(options);
  await expect.poll(() => counts.recorded(), { timeout: 20_000 }).toBe(MESSAGES);
  counts.close();
  await second.stop();
  const db = new Database(dbPath, { readonly: true });
  expect(db.prepare('SELECT count(*) FROM journal').pluck().get()).toBe(0);
  const ids = db
    .prepare(
      'SELECT count(DISTINCT message_id) FROM (SELECT message_id FROM entries UNION SELECT message_id FROM chunks)',
    )
    .pluck();
  expect(ids.get()).toBe(MESSAGES);
  db.close();
}, 60_000);
