import type { ChatInputCommandInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock, type ManualClock } from '../../../sandbox/clock.ts';
import { setStage, type Stage } from '../../support/discord-js.ts';

let clock: ManualClock;
let stage: Stage;
beforeEach(async () => {
  clock = manualClock();
  stage = await setStage({ clock });
  await stage.client.application.commands.set([{ name: 'ask', description: 'Asks' }]);
});
afterEach(() => stage.close());

/** Runs the command and hands over what the bot received, which has not answered yet. */
async function asked() {
  const received = new Promise<ChatInputCommandInteraction>((resolve) => {
    stage.handle(async (interaction) => {
      if (interaction.isChatInputCommand()) resolve(interaction);
    });
  });
  const run = stage.ana.in(stage.channel).command('ask');
  return { run, interaction: await received };
}

describe('the time of an interaction', () => {
  it('allows an initial response within 3 s', async () => {
    const { run, interaction } = await asked();
    clock.advance(2999);
    await interaction.reply('in time');
    expect((await run).failed).toBe(false);
  });

  it('is over after 3 s without a response', async () => {
    const { run, interaction } = await asked();
    clock.advance(3000);
    await expect(interaction.reply('late')).rejects.toMatchObject({ code: 10062, status: 404 });
    const { failed, response, reply } = await run;
    expect([failed, response]).toEqual([true, undefined]);
    await expect(reply.call(await run)).rejects.toThrow('did not respond within 3 s');
  });

  it('allows edits and follow-ups for 15 min', async () => {
    const { interaction } = await asked();
    await interaction.reply('first');
    clock.advance(15 * 60_000 - 1);
    await interaction.editReply('second');
    await interaction.followUp('third');
    clock.advance(1);
    await expect(interaction.editReply('fourth')).rejects.toMatchObject({ code: 50027, status: 401 });
    await expect(interaction.followUp('fifth')).rejects.toMatchObject({ code: 50027, status: 401 });
    const seen = stage.ana
      .in(stage.channel)
      .see()
      .map(({ content }) => content);
    expect(seen).toEqual(['second', 'third']);
  });

  it('starts no webhook before the initial response', async () => {
    const { interaction } = await asked();
    await expect(interaction.webhook.send('early')).rejects.toMatchObject({ code: 10015, status: 404 });
  });
});
