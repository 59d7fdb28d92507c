import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, OPEN_TO_ALL, startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import { NOTICE_DELAY } from '../../src/store/workspace-store.ts';
import { said } from '../support/escalations.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

/** What the bot has said in the channel, oldest first. */
async function notices(): Promise<string[]> {
  await said(team, team.running.app.now() + NOTICE_DELAY);
  return team.channel
    .messages()
    .filter(({ author, content }) => author.id === team.bot.id && content.includes('records this channel'))
    .map(({ content }) => content);
}

test('a channel is told what is recorded, for how long, for whom, and the ways out', async () => {
  const [notice] = await notices();
  expect(notice).toMatch(
    /📓 [^]*as a project workspace[^]*Everyone who can read the channel[^]*kept for 90 days/,
  );
  expect(notice).toMatch(/`\/privacy` shows what is kept of you, removes it, and lets you opt out/);
});

test('a channel is told anew when its rules change, and not when they do not', async () => {
  const before = (await notices()).length;
  const { ana, channel, guild } = team;
  await ask(ana, channel, 'workspace hold', { state: 'on' });
  expect((await notices()).slice(before)).toEqual([expect.stringContaining('until somebody lifts the hold')]);
  await ask(ana, channel, 'workspace hold', { state: 'on' });
  expect(await notices()).toHaveLength(before + 1);
  await ask(ana, channel, 'workspace hold', { state: 'off' });
  const other = guild.createChannel({ name: 'morning' });
  await team.running.settled();
  const map = { type: 'project', coordinator: 'nanobot', owner: guild.everyone };
  await ask(ana, channel, 'workspace map', { ...map, 'retention-days': 0, 'summary-channel': other });
  const last = (await notices()).at(-1);
  expect(last).toContain('kept for ever');
  expect(last).toContain(`Reports are posted in <#${other.id}>`);
});

test('changes that follow each other are told in one notice, which says what changed', async () => {
  await team.end();
  let ahead = 0;
  team = await startTeam({ now: () => Date.now() + ahead });
  const { ana, channel, guild } = team;
  const other = guild.createChannel({ name: 'morning' });
  await team.running.settled();
  const before = (await notices()).length;
  ahead += NOTICE_DELAY;
  for (const options of [
    { 'retention-days': 3 },
    { 'retention-days': 30 },
    { type: 'open', 'summary-channel': other },
  ])
    await ask(ana, channel, 'workspace map', options);
  expect((await notices()).slice(before)).toEqual([
    expect.stringContaining(
      '**Changed:** what it is (before: a project workspace), how long it is kept (before: for 90 days), ' +
        'where reports are posted (before: here).',
    ),
  ]);
  ahead += NOTICE_DELAY;
  await ask(ana, channel, 'workspace map', { 'retention-days': 31 });
  expect((await notices()).slice(before + 1)).toEqual([
    expect.stringContaining('**Changed:** how long it is kept (before: for 30 days).'),
  ]);
});

test('what a rule of the config file sets is told where nobody sets it by command any more', async () => {
  await team.end();
  const [rule] = OPEN_TO_ALL.workspaces!;
  team = await startTeam({ config: { workspaces: [{ ...rule!, retention_days: 5 }] } });
  const { ana, channel } = team;
  await ask(ana, channel, 'workspace map', { 'retention-days': 3 });
  expect((await notices()).at(-1)).toContain('kept for 3 days');
  const before = (await notices()).length;
  await ask(ana, channel, 'workspace map', { type: 'project', 'summary-at': '09:00' });
  await ask(ana, channel, 'workspace map', { 'retention-days': 3, 'escalation-channel': channel });
  expect(await notices()).toHaveLength(before);
  await ask(ana, channel, 'workspace map', { reset: 'retention-days' });
  expect((await notices()).slice(before)).toEqual([expect.stringContaining('kept for 5 days')]);
});

test('a channel that is mapped again with other settings is told once, and what holds then', async () => {
  const { ana, channel } = team;
  await ask(ana, channel, 'workspace map', { 'retention-days': 3 });
  await ask(ana, channel, 'workspace unmap');
  const before = (await notices()).length;
  await ask(ana, channel, 'workspace map', { type: 'project' });
  expect((await notices()).slice(before)).toEqual([expect.stringContaining('kept for 90 days')]);
});

test('whoever mentions the bot is told, once in a while', async () => {
  const before = (await notices()).length;
  const { ana, ben, bot, channel } = team;
  const hello = ana.in(channel).send('Hello');
  ben.in(channel).send({ content: 'Hello', replyTo: channel.messages()[0]! });
  const asked = ben.in(channel).send({ content: `<@${bot.id}> what do you do?`, replyTo: hello });
  ben.in(channel).send(`<@${bot.id}> hello?`);
  await team.running.settled();
  expect(await notices()).toHaveLength(before + 1);
  expect(channel.messages().at(-1)!.message_reference?.message_id).toBe(asked.id);
});
