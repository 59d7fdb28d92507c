import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

const UNREAD = /not seen: since <t:\d+:t> \(no permission to read the history\)/;

test('every answer about a time says what was not seen in it, and no longer does once it was read', async () => {
  const { ana, channel, researcher, bot } = team;
  const message = researcher.in(channel).send('Two holes in the hull');
  await team.running.settled();
  const answers = async () => {
    const context = await ana.in(channel).messageCommand('Explain this', message);
    return {
      explain: (await ask(ana, channel, 'explain')).text,
      'Explain this': wordsOf(await context.reply()),
      how: (await ask(ana, channel, 'how', { question: 'how many holes' })).text,
      'how without an answer': (await ask(ana, channel, 'how', { question: 'which zebra' })).text,
      'workspace-logs': (await ask(ana, channel, 'workspace-logs')).text,
    };
  };
  channel.setOverwrites([{ id: bot, deny: P.ReadMessageHistory }]);
  await team.running.settled();
  const silent = Object.entries(await answers()).filter(([, text]) => !UNREAD.test(text));
  expect(silent.map(([name]) => name)).toEqual([]);
  const { text } = await ask(ana, channel, 'status');
  expect(text).toMatch(/Not seen\*\* in the last 7 days:\n- #project-site: since <t:\d+:t> \(no permission/);

  channel.setOverwrites([]);
  await team.running.settled();
  expect(Object.values(await answers()).join('\n')).not.toContain('not seen');
  expect((await ask(ana, channel, 'explain')).text).toContain('seen without gaps');
  expect((await ask(ana, channel, 'status')).text).toContain('**Seen:** without gaps in the last 7 days');
});
