import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { posted, said } from '../support/escalations.ts';
import { blocksOf, exchange, inboxOf, insightsOf, learn } from '../support/insights.ts';
import { press, review, SHORT, startLearners } from './insights-support.ts';
import type { Learners } from './insights-support.ts';
import { ask, forge, idOf, wordsOf } from './support.ts';

let team: Learners;
beforeEach(async () => {
  team = await startLearners();
});
afterEach(() => team.end());

describe('one message tells the owners', () => {
  test('what waits, without pinging anybody, however much comes, and says when all is looked through', async () => {
    await learn(team, team.researcher, team.channel, SHORT);
    await exchange(team);
    await learn(team, team.researcher, team.channel, 'Tests run in ten seconds');
    await exchange(team);
    const cards = () => posted(team).filter((message) => wordsOf(message).includes('💡'));
    expect(cards().map(wordsOf)).toEqual([
      expect.stringContaining('**2 insights wait for approval** in #project-site'),
    ]);
    expect(cards()[0]).toMatchObject({ mentions: [], flags: (1 << 15) | (1 << 12) });
    const opened = await team.ana.in(team.channel).click(cards()[0]!, idOf(cards()[0]!, 'Review'));
    expect(opened.ephemeral).toBe(true);
    const reply = await opened.reply();
    await press(team, reply, 'Reject');
    await press(team, (await review(team)).reply, 'Reject');
    await said(team);
    expect(cards().map(wordsOf)).toEqual([
      expect.stringContaining('All insights of #project-site are looked through'),
    ]);
  });

  test('anew when that message is a day old, which does not ask for anything then', async () => {
    await team.end();
    let days = 0;
    team = await startLearners({}, () => Date.now() + days * 24 * 3_600_000);
    await learn(team, team.researcher, team.channel, SHORT);
    await exchange(team);
    days = 2;
    await learn(team, team.researcher, team.channel, 'Tests run in ten seconds');
    await exchange(team);
    await said(team);
    const cards = posted(team).filter((message) => wordsOf(message).includes('💡'));
    expect(cards.map(wordsOf)).toEqual([
      '-# 💡 What waits in #project-site is told further down.',
      expect.stringContaining('**2 insights wait for approval** in #project-site'),
    ]);
  });

  test('not where nothing may be posted; bots get theirs all the same', async () => {
    await team.end();
    team = await startLearners({ work_logs: { silent: true } });
    await learn(team, team.researcher, team.channel, SHORT);
    await exchange(team);
    await press(team, (await review(team)).reply, 'Approve');
    await exchange(team);
    expect(posted(team)).toEqual([]);
    expect(await inboxOf(team, team.coder)).toEqual([SHORT]);
  });
});

describe('people', () => {
  test('share a message as an insight, which waits for an owner', async () => {
    const message = team.coder.in(team.channel).send('npm ci is faster than npm install here');
    await team.running.settled();
    const run = await team.ben.in(team.channel).messageCommand('Share as insight', message);
    expect(JSON.stringify(run.modal)).toContain('npm ci is faster');
    const done = await team.ben
      .in(team.channel)
      .submit(run.modal!, { content: 'npm ci is faster', category: ['tool_pattern'] });
    expect(wordsOf(await done.reply())).toContain('Written down as #1');
    expect(await insightsOf(team)).toMatchObject([
      {
        content: 'npm ci is faster',
        category: 'tool_pattern',
        by: { name: 'coder' },
        addedBy: { name: 'Ben' },
        state: 'pending',
      },
    ]);
    expect((await review(team)).text).toContain('shared by Ben');
    const again = await team.ben.in(team.channel).messageCommand('Share as insight', message);
    const twice = await team.ben
      .in(team.channel)
      .submit(again.modal!, { content: 'npm ci is slower', category: ['tool_pattern'] });
    expect(wordsOf(await twice.reply())).toContain('It is an insight already: #1');
  });

  test('write one down; what is secret in it is masked', async () => {
    const content = `The token is ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9'.padEnd(36, 'x4')}`;
    await ask(team.ben, team.channel, 'insights add', { content });
    expect(JSON.stringify(await insightsOf(team))).not.toContain('ghp_');
    expect(await insightsOf(team)).toMatchObject([
      { sensitive: ['masked', 'person'], category: 'user_preference' },
    ]);
  });

  test('see the list and one insight only where they may read', async () => {
    await learn(team, team.researcher, team.channel, SHORT);
    expect((await ask(team.ana, team.channel, 'insights list')).text).toContain(`> ${SHORT}`);
    const { text: whole } = await ask(team.ana, team.channel, 'insights show', { id: 1 });
    expect(whole).toMatch(
      /^⏳ waits for approval 💡 \*\*researcher\*\* · #1 · user_preference · 95 % sure$/m,
    );
    expect(whole).toContain('learned by researcher');
    for (const command of [
      { name: 'list', type: 1 },
      { name: 'show', type: 1, options: [{ name: 'id', type: 4, value: 1 }] },
      { name: 'revoke', type: 1, options: [{ name: 'id', type: 4, value: 1 }] },
    ]) {
      const text = await forge(team, team.ben, { name: 'insights', options: [command] });
      expect(text).not.toContain('summaries');
    }
    expect((await ask(team.ana, team.channel, 'insights show', { id: 9 })).text).toContain(
      'There is no such insight',
    );
  });

  test('cannot tell one that is not theirs to take back from one that never was', async () => {
    await learn(team, team.researcher, team.channel, SHORT);
    const [hidden, absent] = await Promise.all(
      [1, 9].map((id) => ask(team.ben, team.channel, 'insights revoke', { id })),
    );
    expect(hidden!.text).toBe(absent!.text);
  });

  test('cannot take back what waits, nor twice', async () => {
    await learn(team, team.researcher, team.channel, SHORT);
    expect((await ask(team.ana, team.channel, 'insights revoke', { id: 1 })).text).toContain(
      'Nothing of yours was done',
    );
    await press(team, (await review(team)).reply, 'Approve');
    expect((await ask(team.ana, team.channel, 'insights revoke', { id: 1 })).text).toContain(
      'No bot had it.',
    );
    expect((await ask(team.ana, team.channel, 'insights revoke', { id: 1 })).text).toContain(
      'Nothing of yours was done',
    );
  });

  test('are told where it is switched off', async () => {
    await team.end();
    team = await startLearners({ work_logs: { learning_exchange: { enabled: false } } });
    const { text } = await ask(team.ben, team.channel, 'insights add', { content: SHORT });
    expect(text).toContain('`work_logs.learning_exchange.enabled` is false');
  });
});

test('a contradiction and the end of its time bring an insight back to its owners, who keep it or take it back', async () => {
  await learn(team, team.researcher, team.channel, 'This project uses React, not Vue');
  await press(team, (await review(team)).reply, 'Approve');
  await exchange(team);
  await learn(team, team.coder, team.channel, 'This project uses Vue, not React');
  const { reply, text } = await review(team);
  expect(text).toContain('It was contradicted by #2');
  expect(await press(team, reply, 'Keep')).toContain('#1 goes on holding.');
  const later = team.running.app.now() + 181 * 24 * 3_600_000;
  await exchange(team, later);
  const lapsed = await review(team);
  expect(lapsed.text).toContain('Its time is over: does it still hold?');
  expect(await inboxOf(team, team.coder)).toHaveLength(1);
  expect(await press(team, lapsed.reply, 'It still holds')).toContain('#1 holds on.');
  expect(await inboxOf(team, team.coder)).toEqual(['This project uses React, not Vue']);
  await exchange(team, later + 200 * 24 * 3_600_000);
  await exchange(team, later + 240 * 24 * 3_600_000);
  expect((await insightsOf(team))[0]).toMatchObject({ state: 'expired' });
  expect(blocksOf(posted(team).findLast(({ content }) => content.includes('worklog'))!)).toMatchObject([
    { type: 'insight_revoked', insight: 1, revoked_by: null },
  ]);
});
