import { MessageFlags, MessageType } from 'discord.js';
import type { ChatInputCommandInteraction, Interaction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../../support/discord-js.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  await stage.client.application.commands.set([{ name: 'ask', description: 'Asks' }]);
});
afterEach(() => stage.close());

const ephemeral = MessageFlags.Ephemeral;

function onAsk(handler: (interaction: ChatInputCommandInteraction) => Promise<unknown>) {
  stage.handle(async (interaction: Interaction) => {
    if (interaction.isChatInputCommand()) await handler(interaction);
  });
}

const ask = () => stage.ana.in(stage.channel).command('ask');
const seenBy = (person: Stage['ana']) =>
  person
    .in(stage.channel)
    .see()
    .map(({ content }) => content);

describe('a reply', () => {
  it('stands in the channel, by the bot, with the command that it answers', async () => {
    onAsk((interaction) => interaction.reply('yes'));
    const reply = await (await ask()).reply();
    expect(reply).toMatchObject({
      content: 'yes',
      type: MessageType.ChatInputCommand,
      author: { id: stage.bot.id, bot: true },
      application_id: stage.bot.id,
      webhook_id: stage.bot.id,
      interaction_metadata: { type: 2, user: { id: stage.ana.id } },
      interaction: { type: 2, name: 'ask', user: { id: stage.ana.id } },
    });
    expect(seenBy(stage.ben)).toEqual(['yes']);
  });

  it('names the command with its subcommands', async () => {
    const list = { type: 1, name: 'list', description: 'Lists' };
    const group = { type: 2, name: 'all', description: 'All', options: [list] };
    await stage.client.application.commands.set([{ name: 'ask', description: 'Asks', options: [group] }]);
    onAsk((interaction) => interaction.reply('yes'));
    const run = await stage.ana.in(stage.channel).command('ask all list');
    expect(await run.reply()).toMatchObject({ interaction: { name: 'ask all list' } });
  });

  it('shows what it answers to the one who sees that too, though it is ephemeral', async () => {
    onAsk(async (interaction) => {
      await interaction.reply({ content: 'between us', flags: ephemeral });
      await interaction.followUp({ content: 'for all' });
    });
    await ask();
    const shown = async (person: Stage['ana']) =>
      (await person.in(stage.channel).waitFor(({ content }) => content === 'for all')).referenced_message;
    expect(await shown(stage.ana)).toMatchObject({ content: 'between us' });
    expect(await shown(stage.ben)).toBe(null);
  });

  it('comes back to the bot when it asks for it', async () => {
    let returned: unknown;
    onAsk(async (interaction) => {
      returned = await interaction.reply({ content: 'yes', flags: ephemeral, withResponse: true });
    });
    const run = await ask();
    await run.reply();
    await expect
      .poll(() => returned)
      .toMatchObject({
        interaction: {
          id: run.interaction.id,
          responseMessageEphemeral: true,
          responseMessageLoading: false,
        },
        resource: { type: 4, message: { content: 'yes' } },
      });
  });

  it('may carry files, which are served back', async () => {
    onAsk((interaction) =>
      interaction.reply({ files: [{ attachment: Buffer.from('lines'), name: 'log.txt' }] }),
    );
    const { attachments } = await (await ask()).reply();
    expect(attachments).toMatchObject([{ filename: 'log.txt', size: 5 }]);
    expect(await (await fetch(attachments[0]!.url)).text()).toBe('lines');
  });

  it('pings users only, unless it allows more', async () => {
    const leads = stage.guild.createRole({ name: 'leads', mentionable: true });
    onAsk((interaction) => interaction.reply(`<@${stage.ben.id}> <@&${leads.id}> @everyone`));
    const reply = await (await ask()).reply();
    expect(reply.mentions.map(({ id }) => id)).toEqual([stage.ben.id]);
    expect([reply.mention_roles, reply.mention_everyone]).toEqual([[], false]);
  });

  it('that Discord refuses can be tried again', async () => {
    let refusal: unknown;
    onAsk(async (interaction) => {
      refusal = await interaction.reply({ content: 'x'.repeat(2001) }).catch((error: unknown) => error);
      await interaction.reply('short');
    });
    expect((await (await ask()).reply()).content).toBe('short');
    expect(refusal).toMatchObject({ code: 50035, status: 400 });
  });

  it('is possible once', async () => {
    let refusal: unknown;
    onAsk(async (interaction) => {
      await interaction.reply('once');
      const again = `${stage.discord.api}/v10/interactions/${interaction.id}/${interaction.token}/callback`;
      const headers = { 'content-type': 'application/json' };
      refusal = await (await fetch(again, { method: 'POST', headers, body: '{"type":5}' })).json();
    });
    await ask();
    await expect.poll(() => refusal).toMatchObject({ code: 40060 });
  });

  it('can be fetched, edited and deleted', async () => {
    const contents: string[] = [];
    onAsk(async (interaction) => {
      await interaction.reply('first');
      contents.push((await interaction.fetchReply()).content);
      contents.push((await interaction.editReply('second')).content);
      await interaction.deleteReply();
      const gone = await interaction.fetchReply().catch((error: unknown) => error);
      contents.push(String((gone as { code: number }).code));
    });
    await ask();
    await expect.poll(() => contents).toEqual(['first', 'second', '10008']);
    expect(seenBy(stage.ana)).toEqual([]);
  });
});

describe('an ephemeral reply', () => {
  it('reaches the asker alone and is in no history', async () => {
    onAsk((interaction) => interaction.reply({ content: 'psst', flags: ephemeral }));
    const run = await ask();
    expect(run.ephemeral).toBe(true);
    expect(seenBy(stage.ana)).toEqual(['psst']);
    expect(seenBy(stage.ben)).toEqual([]);
    const channel = await stage.client.channels.fetch(stage.channel.id);
    expect(channel?.isTextBased() && (await channel.messages.fetch()).size).toBe(0);
  });

  it('has files that are marked as such', async () => {
    const files = [{ attachment: Buffer.from('lines'), name: 'log.txt' }];
    onAsk((interaction) => interaction.reply({ files, flags: ephemeral }));
    expect((await (await ask()).reply()).attachments).toMatchObject([
      { filename: 'log.txt', ephemeral: true },
    ]);
  });

  it('cannot be edited through the channel', async () => {
    onAsk((interaction) => interaction.reply({ content: 'psst', flags: ephemeral }));
    const { id } = await (await ask()).reply();
    const edit = stage.client.rest.patch(`/channels/${stage.channel.id}/messages/${id}`, {
      body: { content: 'x' },
    });
    await expect(edit).rejects.toMatchObject({ code: 10008 });
  });

  it('can be edited and deleted through the interaction', async () => {
    onAsk(async (interaction) => {
      await interaction.reply({ content: 'psst', flags: ephemeral });
      await interaction.editReply('hush');
    });
    await ask();
    await expect.poll(() => seenBy(stage.ana)).toEqual(['hush']);
    expect(seenBy(stage.ben)).toEqual([]);
  });
});

describe('a deferred reply', () => {
  it('shows that the bot is thinking until it is filled', async () => {
    const thinking = Promise.withResolvers<void>();
    onAsk(async (interaction) => {
      await interaction.deferReply({ flags: ephemeral });
      await thinking.promise;
      await interaction.editReply('found');
    });
    const run = await ask();
    expect(run.response?.type).toBe(5);
    expect(run.response?.message?.flags).toBe(MessageFlags.Loading | ephemeral);
    thinking.resolve();
    expect(await run.reply()).toMatchObject({ content: 'found', flags: ephemeral, edited_timestamp: null });
  });

  it('is filled by the first follow-up, whose ephemeral flag is ignored', async () => {
    onAsk(async (interaction) => {
      await interaction.deferReply();
      await interaction.followUp({ content: 'first', flags: ephemeral });
      await interaction.followUp({ content: 'second', flags: ephemeral });
    });
    const run = await ask();
    expect((await run.reply()).content).toBe('first');
    await expect.poll(() => run.followUps.map(({ content }) => content)).toEqual(['second']);
    expect(run.followUps[0]).toMatchObject({
      type: MessageType.Reply,
      message_reference: { message_id: run.response!.message!.id },
    });
    expect(seenBy(stage.ben)).toEqual(['first']);
    expect(seenBy(stage.ana)).toEqual(['first', 'second']);
  });

  it('is refused as an empty message when it is filled with nothing', async () => {
    let refusal: unknown;
    onAsk(async (interaction) => {
      await interaction.deferReply();
      refusal = await interaction.editReply({ content: '' }).catch((error: unknown) => error);
      await interaction.editReply('something');
    });
    expect((await (await ask()).reply()).content).toBe('something');
    expect(refusal).toMatchObject({ code: 50006 });
  });
});
