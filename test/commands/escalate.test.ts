import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asking, cardIn, only, posted, press, said, waiting } from '../support/escalations.ts';
import { ask, forge, idOf, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

const { ViewChannel } = PermissionFlagsBits;

/** Ana, who owns the server, decides; Ben only sees the channel. */
let team: Running;
beforeEach(async () => {
  team = await startTeam({ config: { workspaces: [{ match: 'project-*', type: 'project' }] } });
});
afterEach(() => team.end());

describe('/escalate', () => {
  test('asks the owners in a person’s name, and the answer is for that person', async () => {
    const { text } = await ask(team.ben, team.channel, 'escalate', {
      reason: 'Do we ship on **Friday**?',
      options: 'Yes | No, wait',
      severity: 'high',
      timeout: '4h',
    });
    expect(text).toContain('🚨 Asked: step 1 of the log.');
    await said(team);
    const card = cardIn(team);
    expect(card.mentions.map(({ id }) => id)).toEqual([team.ana.id]);
    expect(wordsOf(card)).toContain('🚨 **Ben asks for a decision** · high');
    expect(wordsOf(card)).toContain(String.raw`> Do we ship on \*\*Friday\*\*?`);
    expect(wordsOf(card)).toContain(': it waits');
    expect(() => idOf(card, 'Open the message')).toThrow('No component');
    await press(team, team.ana, card, 'No, wait');
    await said(team);
    const answer = posted(team).at(-1)!;
    expect(answer.mentions.map(({ id }) => id)).toEqual([team.ben.id]);
    expect(answer.message_reference).toBeUndefined();
    expect(answer.content).toContain('**Ana** decided: **No, wait**');
  });

  test('hides secrets', async () => {
    const secret = `ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9'.padEnd(36, 'x4')}`;
    await ask(team.ben, team.channel, 'escalate', {
      reason: `May I use ${secret}?`,
      options: `${secret}|no`,
    });
    await said(team);
    expect(JSON.stringify(await only(team))).not.toContain('ghp_');
    expect(wordsOf(cardIn(team))).not.toContain('ghp_');
  });

  const many = Array.from({ length: 26 }, (_, index) => `option ${index}`).join('|');
  test.each<[string, Record<string, string>, string]>([
    ['an empty reason', { reason: '   ' }, 'Say in `reason` what is to be decided.'],
    ['26 options', { reason: 'Which?', options: many }, 'These are 26 options'],
    ['an option over the limit', { reason: 'Which?', options: 'x'.repeat(101) }, 'An option has at most 100'],
    ['a time-out in the past', { reason: 'Which?', timeout: '2020-01-01T00:00:00Z' }, 'is over already'],
    ['a time-out that is none', { reason: 'Which?', timeout: 'soon' }, '`timeout` is a duration'],
  ])('with %s says what to mend, and asks nobody', async (_, options, message) => {
    const { text } = await ask(team.ben, team.channel, 'escalate', options);
    expect(text).toContain(message);
    await said(team);
    expect(await waiting(team.running.app, team)).toEqual([]);
    expect(posted(team)).toEqual([]);
  });

  test('in a thread asks there, and in a private one never outside', async () => {
    const thread = team.ben.in(team.channel).startThread({ name: 'aside' });
    const secret = team.ben
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    await ask(team.ben, thread, 'escalate', { reason: 'Here?' });
    await ask(team.ben, secret, 'escalate', { reason: 'Quietly?' });
    await said(team);
    expect(wordsOf(cardIn(team, thread))).toContain('Here?');
    expect(wordsOf(cardIn(team, secret))).toContain('Quietly?');
    expect(posted(team)).toEqual([]);
    const { text } = await ask(team.ben, team.channel, 'escalations');
    expect(text).not.toContain('Quietly?');
  });

  test('where nothing is recorded says so', async () => {
    const random = team.guild.createChannel({ name: 'random' });
    const { text } = await ask(team.ben, random, 'escalate', { reason: 'Anyone?' });
    expect(text).toContain('This channel is no workspace');
    await ask(team.ana, team.channel, 'workspace unmap');
    const after = await ask(team.ben, team.channel, 'escalate', { reason: 'Anyone?' });
    expect(after.text).toContain('This channel is no workspace');
  });

  test('where people are not pinged is listed, and says so', async () => {
    await ask(team.ana, team.channel, 'workspace map', { type: 'open' });
    const { text } = await ask(team.ben, team.channel, 'escalate', { reason: 'Anyone?' });
    expect(text).toContain('listed in `/escalations`; here nobody is pinged');
    await said(team);
    expect(posted(team)).toEqual([]);
    expect((await ask(team.ana, team.channel, 'escalations')).text).toContain('Anyone?');
  });

  test('of the same again does not ask twice', async () => {
    for (const reason of ['Do we ship?', 'do we  ship?'])
      await ask(team.ben, team.channel, 'escalate', { reason });
    await said(team);
    expect(wordsOf(cardIn(team))).toContain('asked again, 2 times in all');
    expect(await waiting(team.running.app, team)).toHaveLength(1);
  });
});

describe('“Escalate this”', () => {
  test('asks about a message, and the answer goes below it to its author', async () => {
    team.ben.in(team.channel).send('Please look at the login');
    const finding = team.researcher.in(team.channel).send('I will delete the old table');
    await team.running.settled();
    const opened = await team.ben.in(team.channel).messageCommand('Escalate this', finding);
    expect(opened.modal).toMatchObject({ title: 'Escalate this' });
    const run = await team.ben.in(team.channel).submit(opened.modal!, { reason: 'Is that all right?' });
    expect((await run.reply()).content).toContain('🚨 Asked: step 3 of the log.');
    expect(run.ephemeral).toBe(true);
    await team.restart();
    await said(team);
    const card = cardIn(team);
    expect(wordsOf(card)).toContain('🚨 **Ben asks for a decision**');
    const opens = await team.ana.in(team.channel).click(card, idOf(card, 'Answer…'));
    await team.ana.in(team.channel).submit(opens.modal!, { words: 'Yes, but keep a copy' });
    await said(team);
    const answer = posted(team).at(-1)!;
    expect(answer.message_reference?.message_id).toBe(finding.id);
    expect(answer.mentions.map(({ id }) => id)).toEqual([team.researcher.id]);
    expect(answer.content).toContain('**Ana** decided: “Yes, but keep a copy”');
  });

  test('is refused for a message that is not recorded, with a reason of spaces, and after losing sight of the channel', async () => {
    const finding = team.researcher.in(team.channel).send('I will delete the old table');
    await said(team);
    const notice = team.channel.messages().find(({ author }) => author.id === team.bot.id)!;
    const refused = await team.ben.in(team.channel).messageCommand('Escalate this', notice);
    expect(refused.modal).toBeUndefined();
    expect((await refused.reply()).content).toContain('This message is not in the work log');

    const opened = await team.ben.in(team.channel).messageCommand('Escalate this', finding);
    const empty = await team.ben.in(team.channel).submit(opened.modal!, { reason: ' \n ' });
    expect((await empty.reply()).content).toContain('Say in `reason`');

    const again = await team.ben.in(team.channel).messageCommand('Escalate this', finding);
    team.researcher.in(team.channel).delete(finding);
    await team.running.settled();
    const gone = await team.ben.in(team.channel).submit(again.modal!, { reason: 'Really?' });
    expect((await gone.reply()).content).toContain('This message is not in the work log');
    expect(await waiting(team.running.app, team)).toEqual([]);
  });
});

describe('/escalations', () => {
  test('lists what waits, oldest first, to be decided right there', async () => {
    for (const reason of ['First?', 'Second?', 'Third?'])
      team.researcher.in(team.channel).send(asking({ reason }));
    await said(team);
    const { reply, text } = await ask(team.ana, team.channel, 'escalations', { mine: true });
    expect(text).toContain('🚨 **3 decisions wait for you**, oldest first');
    expect(text.indexOf('First?')).toBeLessThan(text.indexOf('Second?'));
    const after = await press(team, team.ana, reply, 'Passphrases');
    expect(after).toContain('◆ Decided: **Passphrases**. **researcher** is told.');
    expect(after).toContain('🚨 **2 decisions wait for you**');
    expect(after).not.toContain('First?');
    await said(team);
    expect(posted(team).at(-1)!.content).toContain('**Ana** decided: **Passphrases**');
  });

  test('opens a card with all that can be done, for that person alone', async () => {
    team.researcher.in(team.channel).send(asking());
    await said(team);
    const aside = team.guild.createChannel({ name: 'aside' });
    const { reply } = await ask(team.ana, aside, 'escalations', { workspace: team.channel });
    const opened = await team.ana.in(aside).click(reply, idOf(reply, 'More…'));
    const card = await opened.reply();
    expect(opened.ephemeral).toBe(true);
    expect(wordsOf(card)).toContain('#project-site');
    await team.restart();
    expect(await press(team, team.ana, card, 'Acknowledge', aside)).toContain('**Ana** is on it');
    await said(team);
    expect(wordsOf(cardIn(team))).toContain('**Ana** is on it');
  });

  test('has pages', async () => {
    for (let n = 1; n <= 12; n++) team.researcher.in(team.channel).send(asking({ reason: `Question ${n}?` }));
    await team.running.settled();
    const { reply } = await ask(team.ana, team.channel, 'escalations');
    expect(idOf(reply, '1–5 of 12')).toBeDefined();
    const second = await (await team.ana.in(team.channel).click(reply, idOf(reply, '›'))).reply();
    expect(wordsOf(second)).toContain('Question 6?');
    expect(idOf(second, '6–10 of 12')).toBeDefined();
  });

  test('shows nobody what they may not read, neither by name', async () => {
    team.researcher.in(team.channel).send(asking({ reason: 'Secret?' }));
    await said(team);
    const hidden = team.guild.createChannel({
      name: 'hidden',
      overwrites: [{ id: team.guild.everyone, deny: ViewChannel }],
    });
    const own = await ask(team.ben, team.channel, 'escalations');
    const named = await forge(team, team.ben, {
      name: 'escalations',
      options: [{ name: 'workspace', type: 7, value: team.channel.id }],
    });
    const unknown = await forge(team, team.ben, {
      name: 'escalations',
      options: [{ name: 'workspace', type: 7, value: hidden.id }],
    });
    expect(own.text).not.toContain('Secret?');
    expect(new Set([own.text, named, unknown]).size).toBe(1);
  });

  test('shows who may only read no buttons', async () => {
    await team.end();
    team = await startTeam({
      config: {
        work_logs: { privacy: { user_only_access: false } },
        workspaces: [{ match: 'project-*', type: 'project' }],
      },
    });
    team.researcher.in(team.channel).send(asking());
    await said(team);
    const { reply, text } = await ask(team.ben, team.channel, 'escalations');
    expect(text).toContain('Special characters or passphrases?');
    expect(() => idOf(reply, 'Passphrases')).toThrow('No component');
    expect((await ask(team.ben, team.channel, 'escalations', { mine: true })).text).toContain(
      'Nothing waits for you',
    );
  });
});
