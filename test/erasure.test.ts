import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retention } from '../src/jobs/retention.ts';
import { agentSays, block, command, startPlanted } from './erasure-support.ts';
import type { Planted } from './erasure-support.ts';

const DAY = 24 * 60 * 60_000;

let team: Planted;
beforeEach(async () => {
  team = await startPlanted();
});
afterEach(() => team.end());

describe('not a byte is left', () => {
  test('of what was deleted in Discord', async () => {
    const messages = [team.ben.in(team.channel).send(`Please look at ${team.plant()}`), ...agentSays(team)];
    await team.endSession();
    expect(team.traces()).not.toEqual([]);
    expect(existsSync(join(team.dir, 'work-logs.db.sessions'))).toBe(true);
    for (const message of messages) team.ana.in(team.channel).delete(message);
    await team.running.settled();
    expect(await team.left()).toEqual([]);
  });

  test('of what was said in a thread or a channel that is deleted', async () => {
    const { ana, ben, channel } = team;
    const thread = ana.in(channel).startThread({ name: 'aside' });
    ben.in(thread).send(`Please look at ${team.plant()}`);
    await team.endSession();
    expect(team.traces()).not.toEqual([]);
    thread.delete();
    await team.running.settled();
    expect(await team.left()).toEqual([]);
    ben.in(channel).send(`Please look at ${team.plant()}`);
    agentSays(team);
    await team.endSession();
    expect(team.traces()).not.toEqual([]);
    channel.delete();
    await team.running.settled();
    expect(await team.left()).toEqual([]);
  });

  test('of what became too old', async () => {
    team.ben.in(team.channel).send(`Please look at ${team.plant()}`);
    agentSays(team);
    await team.endSession();
    await retention.run(team.running.app, Date.now() + 100 * DAY);
    expect(await team.left()).toEqual([]);
  });

  test('of a server whose owner deletes it', async () => {
    team.ben.in(team.channel).send(`Please look at ${team.plant()}`);
    agentSays(team);
    await team.endSession();
    await command(team.channel, team.ana, 'privacy guild-erase', 'Delete everything', 'Delete all of it');
    expect(await team.left()).toEqual([]);
  });
});

test('no secret ever reaches the disk or the log', async () => {
  const secret = `ghp_${'Zyxqplanted0123456789abcdefghijklmnopqrs'.slice(0, 36)}`;
  const { ben, researcher, channel } = team;
  ben.in(channel).send(`my token is ${secret}`);
  researcher.in(channel).send(
    block({
      level: 'tool',
      message: secret,
      category: secret,
      tool_name: secret,
      tool_input: { token: secret },
      tool_output: secret,
      details: { [secret]: secret },
      query: secret,
      triggered_by: secret,
      handoff_to: [secret],
    }),
  );
  researcher
    .in(channel)
    .send(block({ type: 'escalation', reason: secret, options: [secret, 'B'], dedupe_key: secret }));
  await team.endSession();
  expect(team.traces()).toEqual([]);
});
