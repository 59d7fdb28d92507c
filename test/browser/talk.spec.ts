import { describe, expect, test } from 'vitest';
import { startTestSandbox } from '../support/sandbox.ts';
import { findChromium } from './chromium.ts';
import { onStage } from './on-stage.ts';
import { PNG } from './picture.ts';
import { Visitor } from './visitor.ts';

describe.skipIf(findChromium() === undefined)('what people say and do', () => {
  const at = onStage();

  test('one writes, mentions, replies, edits, reacts and deletes', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { ana, ben, channel } = stage;
    await page.getByRole('textbox').focus();
    await visitor.type('hello @be', 'Enter', 'and **all**', 'Shift+Enter', 'second line', 'Enter');
    await visitor.message('second line').locator('strong', { hasText: 'all' }).waitFor();
    const [sent] = channel.messages();
    expect(sent!.content).toBe(`hello <@${ben.id}> and **all**\nsecond line`);
    await visitor.message('second line').hover();
    await visitor.message('second line').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Edit message' }).click();
    await visitor.type(' changed', 'Enter');
    await visitor.message('second line changed').getByText('(edited)').waitFor();

    const bens = ben.in(channel).send('what is this?');
    await visitor.message('what is this?').hover();
    await visitor.message('what is this?').getByRole('button', { name: 'Add reaction' }).click();
    await page.getByRole('button', { name: 'React with 👀' }).click();
    const reaction = visitor.message('what is this?').getByRole('button', { name: '👀, 1 reaction' });
    expect(await reaction.getAttribute('aria-pressed')).toBe('true');
    ben.in(channel).react(bens, '👀');
    await visitor.message('what is this?').getByRole('button', { name: '👀, 2 reactions' }).waitFor();
    await visitor.message('what is this?').hover();
    await visitor.message('what is this?').getByRole('button', { name: 'Reply' }).click();
    await visitor.type('a reply', 'Enter');
    await visitor
      .message('a reply')
      .getByRole('button', { name: /Jump to the message/ })
      .click();
    await page.locator(`#m-${bens.id}.target`).waitFor();

    await visitor.message('a reply').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await visitor.message('a reply').waitFor({ state: 'detached' });
    expect(
      ana
        .in(channel)
        .see()
        .map(({ content }) => content),
    ).not.toContain('a reply');
  });

  test('what others do shows at once: typing, threads, edits, news elsewhere', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { ben, guild, channel, ana } = stage;
    ben.in(channel).typing();
    await page.getByText('ben is typing…').waitFor();
    const message = ben.in(channel).send('a thing to discuss');
    await page.getByText('ben is typing…').waitFor({ state: 'detached' });
    const thread = ben.in(channel).startThread({ name: 'the details', message });
    ben.in(thread).send('first');
    await visitor
      .message('a thing to discuss')
      .getByRole('button', { name: /the details/ })
      .click();
    await page.getByRole('heading', { name: 'the details', level: 1 }).waitFor();
    await visitor.message('first').waitFor();
    const news = guild.createChannel({ name: 'news' });
    ben.in(news).send(`${ana} look`);
    await page
      .getByRole('link', { name: /news.*1 unread/ })
      .getByText('mentions: 1')
      .waitFor();
    await page.getByRole('link', { name: /news/ }).click();
    await visitor.message('look').waitFor();
    news.delete();
    await page.getByRole('heading', { name: 'Nothing to see here' }).waitFor();
    expect(await page.getByRole('link', { name: /news/ }).count()).toBe(0);
  });

  test('files are sent with a message, and read back', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    await page.getByLabel('Upload files').setInputFiles([
      { name: 'point.png', mimeType: 'image/png', buffer: PNG },
      { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('a note') },
    ]);
    await page.getByText('note.txt').waitFor();
    await page.getByRole('textbox').focus();
    await visitor.type('two files', 'Enter');
    const message = visitor.message('two files');
    await message.getByRole('img', { name: 'point.png' }).waitFor();
    const href = await message.getByRole('link', { name: 'note.txt' }).getAttribute('href');
    expect(await (await fetch(stage.discord.url + href)).text()).toBe('a note');
  });

  test('a long channel is read further back, led into by a link, and come back from', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { ben, channel, guild } = stage;
    const lines = Array.from({ length: 130 }, (_, index) => ben.in(channel).send(`line ${index}.`));
    const link = `https://discord.com/channels/${guild.id}/${channel.id}/${lines[10]!.id}`;
    ben.in(channel).send(`see ${link}`);
    await page.reload();
    await visitor.message('line 129.').waitFor();
    expect(await visitor.message('line 30.').count()).toBe(0);
    await page.getByRole('button', { name: 'Show earlier messages' }).click();
    await visitor.message('line 50.').waitFor();
    await visitor.message('see #general').getByRole('link').click();
    await page.locator(`#m-${lines[10]!.id}.target`).waitFor();
    expect(await visitor.message('line 129.').count()).toBe(0);
    ben.in(channel).send('meanwhile');
    await page.getByRole('button', { name: /Jump to present/ }).click();
    await visitor.message('meanwhile').waitFor();
    expect(
      await page.locator('.scroller').evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop),
    ).toBeLessThan(60);
  });

  test('by keyboard one gets to every message, what it offers, and one’s own last words', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { ana, ben, channel } = stage;
    ana.in(channel).send('my words');
    ben.in(channel).send('the last');
    await visitor.message('the last').waitFor();
    await page.getByRole('log').focus();
    await visitor.type('ArrowUp', 'ArrowUp', 'Tab');
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe(null);
    await visitor.type('Tab');
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Add reaction');
    await visitor.type('Tab', 'Tab', 'Tab', 'Enter');
    await page.getByRole('menuitem', { name: 'Start thread' }).waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Add reaction');
    await visitor.type('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await page.getByRole('heading', { name: 'my words', level: 1 }).waitFor();
    await visitor.message('my words').waitFor();
    await visitor.goTo('general');
    await page.getByRole('textbox').focus();
    await visitor.type('ArrowUp', ' indeed', 'Enter');
    await visitor.message('my words indeed').waitFor();
    expect(channel.messages()[0]!.content).toBe('my words indeed');
  });

  test('a direct message with a bot', async () => {
    const { stage, visitor } = at;
    const { page } = visitor;
    const { bot, ana } = stage;
    await page
      .getByRole('complementary', { name: 'Members' })
      .getByRole('button', { name: 'researcher' })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Message' }).click();
    await page.getByRole('textbox', { name: 'Message @researcher' }).focus();
    await visitor.type('between us', 'Enter');
    await visitor.message('between us').waitFor();
    bot.in(ana.dm(bot)).send('so it is');
    await visitor.message('so it is').waitFor();
    await visitor.become('ben');
    expect(await page.getByText('between us').count()).toBe(0);
  });

  test('when the Discord goes away the page says so, and comes in again when there is one', async () => {
    const first = await startTestSandbox();
    const { port } = new URL(first.url);
    const furnish = (discord: typeof first, name: string) =>
      discord
        .createGuild({ name: 'Team', owner: discord.createPerson({ username: 'ana' }) })
        .createChannel({ name });
    furnish(first, 'before');
    const own = await Visitor.at(at.browser, first.url);
    await own.page.getByRole('textbox', { name: 'Message #before' }).waitFor();
    await first.close();
    await own.page.getByRole('alert').filter({ hasText: 'The connection is lost' }).waitFor();
    const second = await startTestSandbox({ port: Number(port) });
    furnish(second, 'after');
    await own.page.getByRole('textbox', { name: 'Message #after' }).waitFor();
    expect(await own.page.getByRole('alert').count()).toBe(0);
    await own.leave(/ERR_CONNECTION|ERR_EMPTY/);
    await second.close();
  });
});
