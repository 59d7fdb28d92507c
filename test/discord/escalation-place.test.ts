import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { GuildChannel } from '../../sandbox/sandbox.ts';
import { ask, wordsOf } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import { cardIn, only, posted, press, said } from '../support/escalations.ts';
import { asksIn, escalationTeam, map } from './escalation-support.ts';

const { ViewChannel, SendMessages } = PermissionFlagsBits;

const { start } = escalationTeam();

describe('the escalation channel', () => {
  async function withRole(running: Running): Promise<{ leads: GuildChannel; role: { id: string } }> {
    const role = running.guild.createRole({ name: 'leads', mentionable: true });
    const leads = running.guild.createChannel({
      name: 'leads',
      overwrites: [
        { id: running.guild.everyone, deny: ViewChannel },
        { id: role, allow: ViewChannel },
        { id: running.bot, allow: ViewChannel | SendMessages },
      ],
    });
    await running.running.settled();
    return { leads, role };
  }

  test('takes the cards, names their workspace, and the answer goes to the agent’s channel', async () => {
    const running = await start();
    const { leads } = await withRole(running);
    const text = await map(running, { 'escalation-channel': leads });
    expect(text).toContain(`Decisions are asked for in <#${leads.id}>`);
    asksIn(running);
    await said(running);
    expect(posted(running)).toEqual([]);
    const card = cardIn(running, leads);
    expect(wordsOf(card)).toContain('#project-site');
    expect(await press(running, running.ana, card, 'Passphrases', leads)).toContain('**Ana** decided');
    await said(running);
    expect(posted(running)[0]!.content).toContain('```worklog');
    const shown = await ask(running.ana, running.channel, 'workspace show');
    expect(shown.text).toContain(`Decisions are asked for in <#${leads.id}>`);
  });

  test('is refused when some who see it may not see the workspace', async () => {
    const running = await start();
    const { role } = await withRole(running);
    const general = running.guild.createChannel({ name: 'general' });
    running.channel.setOverwrites([
      { id: running.guild.everyone, deny: ViewChannel },
      { id: role, allow: ViewChannel },
      { id: running.bot, allow: ViewChannel },
    ]);
    await running.running.settled();
    expect(await map(running, { 'escalation-channel': general, channel: running.channel })).toContain(
      `Decisions of <#${running.channel.id}> cannot be asked for in <#${general.id}>`,
    );
  });

  test('that the bot cannot write in is refused, and so is everyone as the second owner', async () => {
    const running = await start();
    const mute = running.guild.createChannel({
      name: 'mute',
      overwrites: [{ id: running.guild.everyone, deny: SendMessages }],
    });
    await running.running.settled();
    expect(await map(running, { 'escalation-channel': mute })).toContain('I cannot write in');
    expect(await map(running, { 'second-owner': running.guild.everyone })).toContain('`second-owner` is one');
  });

  test('that has become too open, or is gone, gets no card: it stays where it was raised, with a word why', async () => {
    const running = await start();
    const { leads, role } = await withRole(running);
    await map(running, { 'escalation-channel': leads });
    running.channel.setOverwrites([{ id: role, deny: ViewChannel }]);
    await running.running.settled();
    asksIn(running);
    await said(running);
    expect(leads.messages()).toEqual([]);
    expect(wordsOf(cardIn(running))).toContain(`Told here because some who see <#${leads.id}>`);
    const shown = await ask(running.ana, running.channel, 'workspace show');
    expect(shown.text).toContain('they are asked for here');
    leads.delete();
    await running.running.settled();
    asksIn(running, { reason: 'And now?' });
    await said(running);
    expect(posted(running)).toHaveLength(2);
  });

  test('is the workspace’s own where that is named, whatever its rule says', async () => {
    const running = await start({
      workspaces: [{ match: 'project-*', type: 'project', escalation_channel: '1099000000000000007' }],
    });
    asksIn(running);
    await said(running);
    expect(wordsOf(cardIn(running))).toContain('Told here because some who see <#1099000000000000007>');
    await map(running, { 'escalation-channel': running.channel });
    asksIn(running, { reason: 'And now?' });
    await said(running);
    expect(wordsOf(posted(running).at(-1)!)).toContain('And now?');
    expect(wordsOf(posted(running).at(-1)!)).not.toContain('Told here');
  });

  test('never gets what was raised in a private thread', async () => {
    const running = await start();
    const { leads } = await withRole(running);
    await map(running, { 'escalation-channel': leads });
    const thread = running.ben
      .in(running.channel)
      .startThread({ name: 'secret', private: true, invite: [running.bot, running.researcher] });
    asksIn(running, {}, thread);
    await said(running);
    expect(leads.messages()).toEqual([]);
    expect(wordsOf(cardIn(running, thread))).toContain('needs a decision');
    // Ana manages threads, because she owns the server.
    expect(await press(running, running.ana, cardIn(running, thread), 'Passphrases', thread)).toContain(
      'decided',
    );
  });
});

describe('a thread', () => {
  test('that is archived when somebody decides gets the answer, and the card shows it', async () => {
    const running = await start();
    const thread = running.ben.in(running.channel).startThread({ name: 'aside' });
    asksIn(running, {}, thread);
    await said(running);
    thread.archive();
    await running.running.settled();
    const { reply } = await ask(running.ana, running.channel, 'escalations');
    await press(running, running.ana, reply, 'Passphrases');
    await said(running);
    expect(posted(running, thread).at(-1)!.content).toContain('```worklog');
    expect(wordsOf(cardIn(running, thread))).toContain('**Ana** decided');
  });

  test('that is archived takes a press on the card in it', async () => {
    const running = await start();
    const thread = running.ben.in(running.channel).startThread({ name: 'aside' });
    asksIn(running, {}, thread);
    await said(running);
    thread.archive();
    await running.running.settled();
    const shown = await press(running, running.ana, cardIn(running, thread), 'Passphrases', thread);
    expect(shown).toContain('**Ana** decided: **Passphrases**');
    await said(running);
    expect(posted(running, thread).at(-1)!.content).toContain('```worklog');
  });

  test('that is locked takes nothing more: its channel gets the answer', async () => {
    const running = await start();
    const thread = running.ben.in(running.channel).startThread({ name: 'aside' });
    asksIn(running, {}, thread);
    await said(running);
    thread.archive({ locked: true });
    await running.running.settled();
    const { reply } = await ask(running.ana, running.channel, 'escalations');
    await press(running, running.ana, reply, 'Passphrases');
    await said(running);
    expect(posted(running).at(-1)!.content).toContain('```worklog');
    expect(await only(running)).toMatchObject({ state: 'resolved' });
  });
});
