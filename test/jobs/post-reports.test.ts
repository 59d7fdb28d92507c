import type { APIMessage } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { nextDue } from '../../src/domain/report-time.ts';
import { jobs } from '../../src/jobs/index.ts';
import { postReports } from '../../src/jobs/post-reports.ts';
import { ask, idOf, OPEN_TO_ALL, startTeam, wordsOf } from '../commands/support.ts';
import type { Options, Running } from '../commands/support.ts';
import { asking, said } from '../support/escalations.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let team: Running;
afterEach(() => team.end());

/** The next time at which a report is due. */
const eight = () => nextDue('08:00', 'UTC', Date.now())!.at;

async function night(start: Parameters<typeof startTeam>[0] = {}): Promise<void> {
  team = await startTeam(start);
  team.ana.in(team.channel).send('Build the website');
  team.researcher.in(team.channel).send('Failed: the build does not run.');
  await team.running.settled();
}

async function reports(
  at: number,
  place: { messages(): APIMessage[] } = team.channel,
): Promise<APIMessage[]> {
  await postReports.run(team.running.app, at);
  await said(team, at);
  return place.messages().filter((message) => wordsOf(message).includes('🌙'));
}

test('is among the jobs, and posts one report a day, with its picture, whatever restarts', async () => {
  expect(jobs).toContain(postReports);
  await night();
  expect(await reports(eight() - MINUTE)).toEqual([]);
  const [report] = await reports(eight());
  expect(wordsOf(report!)).toMatch(/\*\*✖ Went wrong\*\*\n\[2\]\(\S+\) \*\*researcher\*\* Failed: the build/);
  expect(report!.attachments).toMatchObject([
    { filename: 'timeline.png', description: expect.stringMatching(/^Timeline of #project-site/) },
  ]);
  await Promise.all([reports(eight() + MINUTE), reports(eight() + MINUTE)]);
  await team.restart();
  expect(await reports(eight() + 2 * MINUTE)).toHaveLength(1);
});

test('the report of a night in which the bot was away comes once, and says so', async () => {
  await night();
  const [report] = await reports(eight() + 3 * 60 * MINUTE);
  expect(wordsOf(report!)).toContain('I was not running then.');
  expect(await reports(eight() + 4 * 60 * MINUTE)).toHaveLength(1);
});

test('the report waits for what was said while the bot was away, but not for ever', async () => {
  await night();
  const { app } = team.running;
  const connectedAt = eight();
  const behind = { ...app, knownUntil: () => eight() - 1, pulse: () => ({ ...app.pulse(), connectedAt }) };
  const noted = async (at: number, seen = behind) => {
    await postReports.run(seen, at);
    return app.store.reports.latest(1);
  };
  expect(await noted(connectedAt + 20 * MINUTE)).toBeNull();
  expect(await noted(connectedAt + 20 * MINUTE, { ...behind, knownUntil: () => eight() })).not.toBeNull();
  await team.end();
  await night();
  const { app: second } = team.running;
  const stuck = { ...second, knownUntil: () => 0, pulse: () => ({ ...second.pulse(), connectedAt }) };
  await postReports.run(stuck, connectedAt + 31 * MINUTE);
  expect(await second.store.reports.latest(1)).not.toBeNull();
});

test('each report goes on where the last one ended, and a quiet day gets none', async () => {
  await night();
  await reports(eight());
  const session = await team.running.app.store.sessions.latest({ workspaceId: 1, threadId: null });
  await team.running.app.store.sessions.close({ workspaceId: 1, threadId: null }, session!.lastAt, 'command');
  expect(await reports(eight() + DAY)).toHaveLength(1);
  expect(await team.running.app.store.reports.latest(1)).toMatchObject({
    from: eight(),
    to: eight() + DAY,
  });
});

test('where the config file wants one, a quiet day gets a line', async () => {
  team = await startTeam({ config: { ...OPEN_TO_ALL, summary: { quiet: 'line' } } });
  const [report] = await reports(eight());
  expect(wordsOf(report!)).toContain('Nothing happened, and nothing waits.');
});

test('where nothing is to be posted that nobody asked for, no report is; /summary answers as ever', async () => {
  await night({ config: { ...OPEN_TO_ALL, work_logs: { silent: true } } });
  expect(await reports(eight())).toEqual([]);
  expect((await ask(team.ana, team.channel, 'summary')).text).toContain('Failed: the build');
});

const OFF = { ...OPEN_TO_ALL, summary: { at: { project: 'off' } } };

test('a type without a time has no reports, until one is set for the workspace', async () => {
  await night({ config: OFF });
  expect(await reports(eight())).toEqual([]);
  const { workspaces } = team.running.app;
  await workspaces.configure(workspaces.byId(1)!, { summaryAt: '08:00' });
  expect(await reports(eight())).toHaveLength(1);
});

test('what waits for a decision can be decided in the report', async () => {
  await night();
  team.researcher.in(team.channel).send(asking());
  await team.running.settled();
  const [report] = await reports(eight());
  const run = await team.ana.in(team.channel).click(report!, idOf(report!, 'Passphrases'));
  expect(wordsOf(await run.reply())).toContain('Passphrases');
  expect(
    await team.running.app.store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 9 }),
  ).toMatchObject({
    total: 0,
  });
});

test('what is asked without options is answered in the report, in words', async () => {
  await night();
  team.researcher.in(team.channel).send(asking({ options: [] }));
  await team.running.settled();
  const [report] = await reports(eight());
  const opened = await team.ana.in(team.channel).click(report!, idOf(report!, 'Answer…'));
  const run = await team.ana.in(team.channel).submit(opened.modal!, { words: 'Passphrases of four words' });
  expect(wordsOf(await run.reply())).toContain('Passphrases of four words');
});

test('a report goes to its channel as long as all who see that may see the workspace', async () => {
  await night();
  const morning = team.guild.createChannel({ name: 'morning' });
  const { workspaces } = team.running.app;
  await workspaces.configure(workspaces.byId(1)!, { summaryChannelId: morning.id });
  expect(await reports(eight(), morning)).toHaveLength(1);
  team.channel.setOverwrites([
    { id: team.guild, deny: 1024n },
    { id: team.bot, allow: 1024n },
    { id: team.researcher, allow: 1024n },
  ]);
  team.researcher.in(team.channel).send('Failed again.');
  await team.running.settled();
  const [report] = await reports(eight() + DAY);
  expect(wordsOf(report!)).toContain('Told here because some who see');
});

test('without the permission to attach files the report comes without its picture', async () => {
  await night();
  team.channel.setOverwrites([{ id: team.bot, deny: 1n << 15n }]);
  await team.running.settled();
  const [report] = await reports(eight());
  expect([report!.attachments, wordsOf(report!)]).toEqual([[], expect.stringContaining('Went wrong')]);
});

describe('/workspace map', () => {
  const map = async (options: Options) =>
    (await ask(team.ana, team.channel, 'workspace map', { type: 'project', ...options })).text;

  test('sets when and where the report is posted, and says when the next comes', async () => {
    await night({ config: OFF });
    const morning = team.guild.createChannel({ name: 'morning' });
    expect((await ask(team.ana, team.channel, 'workspace show')).text).toContain('No reports; `/summary`');
    const text = await map({ 'summary-at': '08:00', 'summary-channel': morning });
    expect(text).toContain(`Reports at 08:00 (UTC) in <#${morning.id}>, the next <t:${eight() / 1000}:R>`);
    expect(await reports(eight(), morning)).toHaveLength(1);
    expect(await map({ 'summary-at': '0 8 * * 1-5' })).toMatch(
      /Reports by `0 8 .*` \(UTC\) in <#\d+>, the next <t:/,
    );
    expect(await map({ reset: 'summary-channel' })).toMatch(/Reports by `0 8 .*` \(UTC\), the next <t:/);
    expect(await map({ 'summary-at': 'off' })).toContain('No reports');
    expect(await reports(eight() + DAY)).toEqual([]);
  });

  test.each(['8 in the morning', '25:00', '61 8 * * *', '* * * * * *'])(
    'refuses %s as a time',
    async (when) => {
      await night();
      expect(await map({ 'summary-at': when })).toContain('`summary-at` is a time of day such as');
    },
  );

  test('refuses a channel for reports that some see who may not see the workspace, or that the bot cannot write in', async () => {
    await night();
    const general = team.guild.createChannel({ name: 'general' });
    const mute = team.guild.createChannel({ name: 'mute', overwrites: [{ id: team.bot, deny: 2048n }] });
    team.channel.setOverwrites([
      { id: team.guild, deny: 1024n },
      { id: team.bot, allow: 1024n },
    ]);
    await team.running.settled();
    expect(await map({ 'summary-channel': general, channel: team.channel })).toContain(
      `Reports of <#${team.channel.id}> cannot be posted in <#${general.id}>`,
    );
    expect(await map({ 'summary-channel': mute })).toContain('I cannot write in');
    expect(team.running.app.workspaces.byId(1)!.settings).toEqual({});
  });
});

test('a channel for reports that is deleted leaves them in the workspace’s own', async () => {
  await night();
  const morning = team.guild.createChannel({ name: 'morning' });
  const { workspaces } = team.running.app;
  await workspaces.configure(workspaces.byId(1)!, { summaryChannelId: morning.id });
  morning.delete();
  await team.running.settled();
  const [report] = await reports(eight());
  expect(wordsOf(report!)).toContain('or it is gone');
  expect((await ask(team.ana, team.channel, 'workspace show')).text).toContain('they are posted here');
});

test('what is deleted before the report is written is not in it', async () => {
  await night();
  const secret = team.researcher.in(team.channel).send('Failed: the secret key.');
  await team.running.settled();
  team.researcher.in(team.channel).delete(secret);
  await team.running.settled();
  const [report] = await reports(eight());
  expect(wordsOf(report!)).not.toContain('secret');
});

test('a report that is posted counts as a look of nobody', async () => {
  await night();
  await reports(eight());
  expect(await team.running.app.store.reports.looked(team.ana.id, 1)).toBeNull();
  expect((await ask(team.ana, team.channel, 'summary')).text).toContain('Failed: the build');
});
