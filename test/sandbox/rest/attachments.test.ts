import { AttachmentBuilder } from 'discord.js';
import type { TextChannel } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setStage } from '../../support/discord-js.ts';
import type { Stage } from '../../support/discord-js.ts';
import { refusalOf, restOf } from '../../support/rest.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(() => stage.close());

const text = () => stage.client.channels.cache.get(stage.channel.id) as TextChannel;
const download = async (url: string) => (await fetch(url)).text();

test('files are uploaded, described, and served back', async () => {
  const files = [
    new AttachmentBuilder(Buffer.from('one'), { name: 'a b.txt', description: 'first' }),
    new AttachmentBuilder(Buffer.from('two'), { name: 'log.json' }),
  ];
  const message = await text().send({ content: 'logs', files });
  const [first, second] = [...message.attachments.values()];
  expect(first).toMatchObject({ name: 'a_b.txt', title: 'a b', description: 'first', size: 3 });
  expect(first!.contentType).toBe('text/plain; charset=utf-8');
  expect(await download(first!.url)).toBe('one');
  expect(await download(second!.url)).toBe('two');
  expect(stage.channel.messages()[0]?.attachments).toHaveLength(2);
});

test('a picture has its size, and embeds point to it', async () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAAElFTkSuQmCC', 'base64');
  const message = await text().send({
    files: [{ attachment: png, name: 'chart.png' }],
    embeds: [{ title: 'Chart', image: { url: 'attachment://chart.png' } }],
  });
  const attachment = message.attachments.first()!;
  expect(attachment).toMatchObject({ width: 2, height: 3, contentType: 'image/png' });
  expect(message.embeds[0]?.image?.url).toBe(attachment.url);
});

test('an edit keeps the files it names and adds new ones', async () => {
  const files = ['a', 'b'].map((name) => ({ attachment: Buffer.from(name), name: `${name}.txt` }));
  const message = await text().send({ files });
  const [dropped, kept] = [...message.attachments.values()];
  const added = { attachment: Buffer.from('c'), name: 'c.txt' };
  const edited = await message.edit({ attachments: [kept!], files: [added] });
  expect(edited.attachments.map(({ name }) => name)).toEqual(['b.txt', 'c.txt']);
  expect(await download(kept!.url)).toBe('b');
  expect((await fetch(dropped!.url)).status).toBe(404);
});

test('the files of a deleted message are gone', async () => {
  const message = await text().send({ files: [{ attachment: Buffer.from('x'), name: 'x.txt' }] });
  const { url } = message.attachments.first()!;
  await message.delete();
  expect((await fetch(url)).status).toBe(404);
});

test('a person’s file reaches the bot', async () => {
  const { ana, channel } = stage;
  const sent = ana.in(channel).send({ content: 'see', files: [{ name: 'notes.md', data: '# Notes' }] });
  const message = await text().messages.fetch(sent.id);
  expect(await download(message.attachments.first()!.url)).toBe('# Notes');
});

test('requests above 25 MiB are refused', async () => {
  const form = new FormData();
  form.set('payload_json', '{}');
  form.set('files[0]', new Blob([new Uint8Array(26 * 1024 * 1024)]), 'big.bin');
  const rest = restOf(stage.discord, stage.bot.token);
  expect(refusalOf(await rest('POST', `/channels/${stage.channel.id}/messages`, form))).toBe('413 40005');
});
