import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { press, says, told } from './privacy-support.ts';
import { ask, OPEN_TO_ALL, startTeam } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam({ config: { ...OPEN_TO_ALL, backups: { keep_days: 14 } } });
});
afterEach(() => team.end());

describe('/privacy show', () => {
  test('tells in numbers what is kept, where, how long, and who may read it', async () => {
    await says(team, team.ben, 'one');
    await says(team, team.ben, 'two');
    const { text } = await told(team, team.ben, 'show');
    expect(text).toContain('2 messages in this server');
    expect(text).toMatch(new RegExp(`<#${team.channel.id}> · 2 messages · <t:\\d+:d>–<t:\\d+:d>`));
    expect(text).toContain('kept for 90 days, read by: Everyone who can read the channel');
    expect((await told(team, team.ana, 'show')).text).toContain('0 messages in this server');
  });

  test('answers people who may read nothing', async () => {
    await says(team, team.ben, 'mine all the same');
    const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;
    team.channel.setOverwrites([{ id: team.ben, deny: ReadMessageHistory, allow: ViewChannel }]);
    await team.running.settled();
    expect((await told(team, team.ben, 'show')).text).toContain('1 message in this server');
    expect((await told(team, team.ben, 'export')).reply.attachments).toHaveLength(1);
  });
});

describe('/privacy forget-me', () => {
  test('asks once, then removes the words and keeps the steps', async () => {
    const hers = await says(team, team.ana, 'Ben, are you there?');
    const { stored } = await says(team, team.ben, 'secretive words');
    expect(await press(team, team.ben, 'forget-me')).toMatch(/1 message of yours[^]*14 more days/);
    expect(await stored()).toMatchObject({ message: 'secretive words' });
    expect(await press(team, team.ben, 'forget-me', 'Keep it')).toContain('Nothing was changed');
    expect(await stored()).toMatchObject({ message: 'secretive words' });
    expect(await press(team, team.ben, 'forget-me', 'Forget me')).toMatch(
      /1 message of yours was removed[^]*gone by <t:/,
    );
    expect(await stored()).toMatchObject({
      message: '',
      deletedAt: expect.any(Number),
      author: { name: 'someone forgotten' },
    });
    expect(await hers.stored()).toMatchObject({ message: 'someone, are you there?' });
    expect((await told(team, team.ben, 'show')).text).toContain('0 messages');
    expect((await told(team, team.ben, 'export')).text).toContain('nothing is kept');
    const shown = (await ask(team.ana, team.channel, 'explain', { mode: 'detailed' })).text;
    expect(shown).not.toContain('secretive');
  });

  test('takes all that was said until it was asked, whatever the clock of the bot says', async () => {
    await team.end();
    team = await startTeam({ config: OPEN_TO_ALL, now: () => Date.now() - 24 * 60 * 60_000 });
    const { stored } = await says(team, team.ben, 'said by Discord’s clock');
    expect(await press(team, team.ben, 'forget-me', 'Forget me')).toContain('1 message of yours was removed');
    expect(await stored()).toMatchObject({ message: '' });
    const later = await says(team, team.ben, 'said afterwards');
    await team.running.app.store.erasure.resume(Infinity);
    expect(await later.stored()).toMatchObject({ message: 'said afterwards' });
  });

  test('takes the words of somebody who owns a workspace that is on hold', async () => {
    await ask(team.ana, team.channel, 'workspace hold', { state: 'on' });
    const { stored } = await says(team, team.ana, 'owner’s words');
    await press(team, team.ana, 'forget-me', 'Forget me');
    expect(await stored()).toMatchObject({ message: '', step: 1 });
  });
});

describe('the owner of a server', () => {
  test('alone gets and deletes all that was recorded in it', async () => {
    const { stored } = await says(team, team.ben, 'of the server');
    expect((await told(team, team.ben, 'guild-export')).text).toContain('Only the owner');
    expect((await told(team, team.ben, 'guild-erase')).text).toContain('Only the owner');
    expect((await told(team, team.ana, 'guild-export')).reply.attachments).toHaveLength(1);
    expect(await press(team, team.ana, 'guild-erase', 'Delete everything')).toContain('Really all of it');
    expect(await stored()).not.toBeNull();
    expect(await press(team, team.ana, 'guild-erase', 'Delete everything', 'Delete all of it')).toContain(
      'Deleted: 1 step',
    );
    expect(await stored()).toBeNull();
    expect(await (await says(team, team.ben, 'not recorded')).stored()).toBeNull();
  });

  test('ends with it what the programs of agents get in by', async () => {
    const { tokens } = team.running.app;
    const made = { guildId: team.guild.id, botKey: team.researcher.id, hash: 'f'.repeat(64) };
    const { id } = await tokens.create({ ...made, createdBy: team.ana.id }, Date.now());
    expect(await tokens.get(id)).toMatchObject(made);
    expect(await press(team, team.ana, 'guild-erase', 'Delete everything')).toContain('tokens');
    expect(await tokens.get(id)).toMatchObject({ revokedAt: null });
    await press(team, team.ana, 'guild-erase', 'Delete everything', 'Delete all of it');
    expect(await tokens.get(id)).toBeNull();
  });
});
