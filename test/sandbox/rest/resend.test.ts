import {
  AttachmentBuilder,
  ContainerBuilder,
  EmbedBuilder,
  MessageFlags,
  type TextChannel,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../../support/discord-js.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const icon = 'https://example.com/icon.png';
const channel = () => stage.client.channels.cache.get(stage.channel.id) as TextChannel;
const picture = () => new AttachmentBuilder(Buffer.from('pixels'), { name: 'chart.png' });

describe('what Discord returned can be sent again', () => {
  it('as an embed, with all that was added to it', async () => {
    const embed = new EmbedBuilder()
      .setTitle('Chart')
      .setImage('attachment://chart.png')
      .setThumbnail(icon)
      .setAuthor({ name: 'coder', iconURL: icon })
      .setFooter({ text: 'today', iconURL: icon })
      .setTimestamp(0)
      .addFields({ name: 'steps', value: '12' });
    const sent = await channel().send({ files: [picture()], embeds: [embed] });
    const again = await channel().send({ embeds: sent.embeds });
    expect(again.embeds[0]?.toJSON()).toEqual(sent.embeds[0]?.toJSON());
  });

  it('as components, with their numbers and media', async () => {
    const container = new ContainerBuilder({
      components: [
        { type: 10, content: 'Twelve steps' },
        { type: 12, items: [{ media: { url: 'attachment://chart.png' } }] },
        {
          type: 9,
          components: [{ type: 10, content: 'More' }],
          accessory: { type: 11, media: { url: icon } },
        },
      ],
    });
    const flags = MessageFlags.IsComponentsV2;
    const sent = await channel().send({ flags, files: [picture()], components: [container] });
    const again = await channel().send({ flags, components: sent.components.map((one) => one.toJSON()) });
    expect(again.components[0]?.id).toBe(sent.components[0]?.id);
  });
});
