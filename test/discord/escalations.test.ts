import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../sandbox/world.ts';
import { ask, idOf, startTeam, wordsOf } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import { asking, cardIn, only, posted, press, pressStale, said } from '../support/escalations.ts';

const { ViewChannel } = PermissionFlagsBits;

let team: Running;
let leads: Role;

/** Ben is a lead, and leads own the workspace; Ana owns the server only. */
beforeEach(async () => {
  team = await startTeam();
  leads = team.guild.createRole({ name: 'leads', mentionable: true });
  team.guild.setRoles(team.ben, [leads]);
  await map({ owner: leads });
});
afterEach(() => team.end());

async function map(options: Parameters<typeof ask>[3]): Promise<string> {
  const { text } = await ask(team.ana, team.channel, 'workspace map', { type: 'project', ...options });
  return text;
}

async function asked(fields: Record<string, unknown> = {}) {
  team.researcher.in(team.channel).send(asking(fields));
  await said(team);
  return cardIn(team);
}

const acted = async () => (await only(team)).state;
const answers = () => posted(team).filter(({ content }) => content.includes('```worklog'));

describe('an owner', () => {
  test('takes it on, puts it off, and decides with a note', async () => {
    const card = await asked();
    expect(await press(team, team.ben, card, 'Acknowledge')).toContain('🟡 **Ben** is on it');
    const snoozed = await team.ben.in(team.channel).select(card, idOf(card, 'Snooze'), ['1h']);
    expect(wordsOf(await snoozed.reply())).toContain('💤 **Ben** put it off until');
    const opened = await team.ben.in(team.channel).click(card, idOf(card, 'With a note…'));
    const { custom_id: title } = opened.modal!;
    expect(title).toBe('escalation:note:1:card');
    const [{ component: options }] = opened.modal!.components as unknown as [
      { component: { options: { label: string; value: string }[] } },
    ];
    const option = options.options.find(({ label }) => label === 'Passphrases')!.value;
    const run = await team.ben.in(team.channel).submit(opened.modal!, {
      option: [option],
      words: 'until June',
    });
    expect(wordsOf(await run.reply())).toContain('**Ben** decided: **Passphrases** “until June”');
    await said(team);
    expect(answers()).toHaveLength(1);
    expect(answers()[0]!.content).toContain('"option":"Passphrases","note":"until June"');
  });

  test('decides in words of their own, with secrets hidden', async () => {
    const card = await asked();
    const opened = await team.ben.in(team.channel).click(card, idOf(card, 'Something else…'));
    const secret = `ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9'.padEnd(36, 'x4')}`;
    await team.ben.in(team.channel).submit(opened.modal!, { words: `Neither. Use ${secret}` });
    await said(team);
    expect(answers()[0]!.content).toContain('decided: “Neither. Use');
    expect(answers()[0]!.content).not.toContain('ghp_');
    expect((await only(team)).decision).toMatchObject({ option: null });
  });

  test('who says nothing is asked for words', async () => {
    const card = await asked();
    const opened = await team.ben.in(team.channel).click(card, idOf(card, 'Something else…'));
    const run = await team.ben.in(team.channel).submit(opened.modal!, { words: '  \n ' });
    expect((await run.reply()).content).toBe('Say in a few words what should be done.');
    expect(await acted()).toBe('open');
  });

  test('says that no answer is needed, and asks again', async () => {
    team.ana.in(team.channel).send('hello');
    const run = await team.ben.in(team.channel).command('escalate', { reason: 'Anyone there?' });
    await run.reply();
    await said(team);
    expect(await press(team, team.ben, cardIn(team), 'No answer needed')).toContain(
      'Not needed any more by **Ben**',
    );
    expect(await press(team, team.ben, cardIn(team), 'Ask again')).toContain('Open again since');
    expect(await acted()).toBe('open');
  });

  test('picks one of many options from a menu', async () => {
    const options = Array.from({ length: 25 }, (_, index) => `Option ${index + 1}`);
    const card = await asked({ options });
    const menu = idOf(card, 'Decide');
    const parts = JSON.stringify(card.components);
    const [, value] = /"Option 25","value":"([^"]+)"/.exec(parts)!;
    const run = await team.ben.in(team.channel).select(card, menu, [value!]);
    expect(wordsOf(await run.reply())).toContain('decided: **Option 25**');
  });
});

describe('of two owners', () => {
  test('who press at once one decides, and the other is told who did', async () => {
    team.guild.setRoles(team.ana, [leads]);
    const card = await asked();
    const texts = await Promise.all([
      press(team, team.ben, card, 'Passphrases'),
      press(team, team.ana, card, 'Special characters'),
    ]);
    const { decision, stateBy } = await only(team);
    expect(texts.filter((text) => text.includes('You come second'))).toHaveLength(1);
    for (const text of texts) expect(text).toContain(`**${stateBy!.name}** decided: **${decision!.option}**`);
    await said(team);
    expect(answers()).toHaveLength(1);
  });

  test('one may have decided while the other filled in a form', async () => {
    team.guild.setRoles(team.ana, [leads]);
    const card = await asked();
    const opened = await team.ana.in(team.channel).click(card, idOf(card, 'Something else…'));
    await press(team, team.ben, card, 'Passphrases');
    const run = await team.ana.in(team.channel).submit(opened.modal!, { words: 'Neither' });
    expect((await run.reply()).content).toContain('**Ben** decided: **Passphrases**');
    expect(run.ephemeral).toBe(true);
    expect((await only(team)).decision).toEqual({ option: 'Passphrases', note: null });
  });
});

describe('nobody else decides', () => {
  test('not the server’s owner, who is none here, who is told so privately', async () => {
    const card = await asked();
    for (const label of ['Passphrases', 'Acknowledge', 'Something else…']) {
      const run = await team.ana.in(team.channel).click(card, idOf(card, label));
      expect((await run.reply()).content).toBe(
        `Only the owners of this workspace decide, as long as they may read it: <@&${leads.id}>.`,
      );
      expect(run.ephemeral).toBe(true);
    }
    expect(await acted()).toBe('open');
  });

  test('not somebody who lost the role, before a press or before a form came back', async () => {
    const card = await asked();
    const opened = await team.ben.in(team.channel).click(card, idOf(card, 'Something else…'));
    const list = await ask(team.ben, team.channel, 'escalations');
    team.guild.setRoles(team.ben, []);
    const submitted = await team.ben.in(team.channel).submit(opened.modal!, { words: 'Mine' });
    expect((await submitted.reply()).content).toContain('Only the owners');
    expect(await press(team, team.ben, card, 'Passphrases')).toContain('Only the owners');
    // What stands in a message for them alone does not tell that it still exists.
    expect(await press(team, team.ben, list.reply, 'Passphrases')).toContain(
      'does not wait for you any more',
    );
    expect(await acted()).toBe('open');
  });

  test('not an owner who cannot see the channel any more', async () => {
    const card = await asked();
    const aside = team.guild.createChannel({ name: 'aside' });
    const list = await ask(team.ben, aside, 'escalations');
    team.channel.setOverwrites([
      { id: team.guild.everyone, deny: ViewChannel },
      { id: team.bot, allow: ViewChannel },
    ]);
    await team.running.settled();
    expect(await press(team, team.ben, list.reply, 'Passphrases', aside)).toContain('does not wait for you');
    expect(wordsOf(card)).toContain('needs a decision');
    expect(await acted()).toBe('open');
  });
});

test('the second owner decides as the owners do, from the card and from the list', async () => {
  const cem = team.discord.createPerson({ username: 'cem', displayName: 'Cem' });
  team.guild.add(cem);
  await ask(team.ana, team.channel, 'workspace map', {
    type: 'project',
    owner: team.ana,
    'second-owner': cem,
  });
  const card = await asked();
  expect(await press(team, team.ben, card, 'Passphrases')).toContain(`<@${team.ana.id}> <@${cem.id}>.`);
  expect((await ask(cem, team.channel, 'escalations', { mine: true })).text).toContain(
    '1 decision waits for you',
  );
  expect(await press(team, cem, card, 'Passphrases')).toContain('**Cem** decided: **Passphrases**');
});

describe('when the owners are gone', () => {
  test('because their role was deleted, the server’s owner is pinged, told why, and decides', async () => {
    team.guild.deleteRole(leads);
    await team.running.settled();
    const card = await asked();
    expect(card.mentions.map(({ id }) => id)).toEqual([team.ana.id]);
    expect(wordsOf(card)).toContain('Those who were named as owners are gone: the server’s owner decides.');
    expect(wordsOf(card)).not.toContain(leads.id);
    expect(await press(team, team.ben, card, 'Passphrases')).toContain('Only the owners');
    const { reply } = await ask(team.ana, team.channel, 'escalations', { mine: true });
    expect(await press(team, team.ana, reply, 'Passphrases')).toContain('Decided: **Passphrases**');
  });

  test('because the one who was named left the server', async () => {
    await map({ owner: team.ben });
    team.guild.remove(team.ben);
    await team.running.settled();
    const card = await asked();
    expect(card.mentions.map(({ id }) => id)).toEqual([team.ana.id]);
    expect(await press(team, team.ana, card, 'Passphrases')).toContain('**Ana** decided');
  });
});

describe('a press', () => {
  test('on a card that is deleted from the channel decides all the same', async () => {
    const card = await asked();
    const pressed = team.ben.in(team.channel).click(card, idOf(card, 'Passphrases'));
    team.ana.in(team.channel).delete(card);
    const run = await pressed;
    await said(team);
    expect(await acted()).toBe('resolved');
    expect(run.failed).toBe(false);
    expect(answers()).toHaveLength(1);
  });

  test('on an option that has changed since decides nothing', async () => {
    const card = await asked();
    const [first, second] = ['Special characters', 'Passphrases'].map((label) => idOf(card, label));
    const swapped = first!.replace(/:0\..*$/, `:0.${second!.split('.').at(-1)!}`);
    expect(await pressStale(team, team.ben, card, swapped)).toContain('The options have changed');
    expect(await acted()).toBe('open');
  });

  test('on a button of an older version says what to do', async () => {
    await asked();
    const press = (customId: string) => pressStale(team, team.ben, cardIn(team), customId);
    expect(await press('escalation:else:1:card')).toContain('older version');
    expect(await press('escalation:acknowledge:99:card')).toContain('does not wait for you any more');
  });
});
