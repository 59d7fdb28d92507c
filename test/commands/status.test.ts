import { afterEach, beforeEach, expect, test } from 'vitest';
import { asking } from '../support/escalations.ts';
import { ask, idOf, OPEN_TO_ALL, startTeam } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

const VIEW = 1n << 10n;
const SEND = 1n << 11n;

test('counts who asked of those who could, what helped, and the mistakes that people caught', async () => {
  team.ana.in(team.channel).send('How many holes?');
  team.ben.in(team.channel).send('I wonder, too');
  team.researcher.in(team.channel).send('Two');
  await team.running.settled();
  expect((await ask(team.ana, team.channel, 'status')).text).toContain(
    '0 of 2 people known to me who may (0 %)',
  );

  const { reply } = await ask(team.ben, team.channel, 'explain', { mode: 'detailed' });
  await team.ben.in(team.channel).click(reply, idOf(reply, '👍 Helped'));
  const asked = await team.ben.in(team.channel).select(reply, idOf(reply, 'A step was wrong'), ['3']);
  await team.ben.in(team.channel).submit(asked.modal!, { reason: 'Three' });
  const { text } = await ask(team.ana, team.channel, 'status');
  expect(text).toContain('🟡 1 workspace recorded: #project-site');
  expect(text).toContain('1 of 2 people known to me who may (50 %)');
  expect(text).toContain('**Helped:** 1 yes, 0 no (100 %)');
  expect(text).toContain('**Caught:** 1 step that people said was wrong');
  expect(text).toMatch(/database \d+ kB/);
});

test('counts nobody who may not ask, and tells nothing of workspaces that the asker may not read', async () => {
  await team.end();
  const rule = { ...OPEN_TO_ALL.workspaces![0]!, owners: undefined };
  team = await startTeam({ config: { workspaces: [rule] } });
  team.ben.in(team.channel).send('How many holes?');
  team.ana.in(team.channel).send('Let us see');
  await team.running.settled();
  const { reply } = await ask(team.ana, team.channel, 'explain');
  await team.ana.in(team.channel).click(reply, idOf(reply, '👍 Helped'));
  const owner = await ask(team.ana, team.channel, 'status');
  expect(owner.text).toContain('1 of 1 people known to me who may (100 %)');
  const { text } = await ask(team.ben, team.channel, 'status');
  expect(text).toContain('No channel that you may read the log of is recorded');
  expect(text).toContain('**Asked:** nobody could yet');
  expect(text).toContain('**Helped:** nobody has said yet');
  expect(text).not.toContain('project-site');
});

test('names a channel that cannot be recorded to those alone who see it', async () => {
  team.guild.createChannel({
    name: 'project-closed',
    overwrites: [
      { id: team.bot, deny: 1n << 16n },
      { id: team.ben, deny: VIEW },
    ],
  });
  await team.running.settled();
  expect((await ask(team.ana, team.channel, 'status')).text).toContain('#project-closed');
  expect((await ask(team.ben, team.channel, 'status')).text).not.toContain('project-closed');
});

test('says how the bot is doing: the connection, what waits, what it may not do, and when its jobs run', async () => {
  const { channel, researcher, running } = team;
  researcher.in(channel).send(asking());
  await running.settled();
  channel.setOverwrites([{ id: team.bot, deny: SEND }]);
  await running.settled();
  researcher.in(channel).send(asking({ reason: 'And the colour?' }));
  await running.settled();
  await expect
    .poll(async () => (await ask(team.ana, channel, 'status')).text, { timeout: 5000 })
    .toMatch(
      /Not sent, and given up:\n- #project-site: \d messages? since <t:\d+:R> \(Missing Permissions\)/,
    );
  const { text } = await ask(team.ana, channel, 'status');
  expect(text).toMatch(/\*\*Connected:\*\* since <t:\d+:R> · last event <t:\d+:R> · recorded within \d+ ms/);
  expect(text).toContain('**Decisions:** 2 wait');
  expect(text).toContain('- #project-site: Send Messages');
  expect(text).toMatch(/Next runs: .*advance-escalations/);
});

test('counts a decision that waits in a private thread for those alone who belong to it', async () => {
  const { channel, ana, ben, bot, researcher, running } = team;
  const thread = ana.in(channel).startThread({ name: 'secret', private: true, invite: [bot, researcher] });
  researcher.in(thread).send(asking());
  await running.settled();
  expect((await ask(ana, channel, 'status')).text).toMatch(/\*\*Decisions:\*\* 1 waits?/);
  expect((await ask(ben, channel, 'status')).text).toContain('**Decisions:** none waits');
});

test('tells nobody what is not sent in a workspace that they may not read', async () => {
  await team.end();
  const rule = { ...OPEN_TO_ALL.workspaces![0]!, owners: undefined };
  team = await startTeam({ config: { workspaces: [rule] } });
  team.channel.setOverwrites([{ id: team.bot, deny: SEND }]);
  await team.running.settled();
  team.researcher.in(team.channel).send(asking());
  await team.running.settled();
  await expect
    .poll(async () => (await ask(team.ana, team.channel, 'status')).text, { timeout: 5000 })
    .toContain('given up');
  const { text } = await ask(team.ben, team.channel, 'status');
  expect(text).toContain('**Decisions:** none waits');
  expect(text).not.toContain('given up');
  expect(text).not.toContain('project-site');
});
