import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { startProgram } from './program.ts';
import type { Program } from './program.ts';
import { PHONE, Visitor, launch } from './visitor.ts';

describe.skipIf(findChromium() === undefined)('the first minute with the real bot', () => {
  let program: Program;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    [program, browser] = await Promise.all([startProgram(), launch()]);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.at(browser, program.url);
  });
  afterEach(() => visitor.leave());

  test('one sees the talk, who is there, and who one is', async () => {
    const { page } = visitor;
    await page.getByRole('log').getByRole('button', { name: '@nanobot' }).first().waitFor();
    await visitor.picture('general');
    await page.getByRole('button', { name: 'Members' }).click();
    const members = page.getByRole('complementary', { name: 'Members' });
    expect(await members.getByRole('button').allInnerTexts()).toHaveLength(8);
    await page.getByRole('button', { name: /^You are Ana/ }).waitFor();
  });

  test('the guide leads to what can be tried, with a command ready to send, and through other eyes', async () => {
    const { page } = visitor;
    const guide = page.getByRole('complementary', { name: 'Guide' });
    await guide.getByRole('button', { name: '/explain' }).first().click();
    await page.getByRole('option', { name: '/explain' }).waitFor();
    await visitor.type('Enter', 'Enter');
    await visitor.message('Ana used /explain').getByText('1 waits for a decision').waitFor();
    await guide.getByRole('button', { name: 'Look' }).first().click();
    await page.getByRole('button', { name: /^You are Outsider/ }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('general');
    await guide.getByRole('button', { name: 'Look' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'project-refactor' }).waitFor();
  });

  test('/explain is found, filled in and run by keyboard, unfolded and filtered', async () => {
    const { page } = visitor;
    await visitor.goTo('project-refactor');
    await page.getByRole('textbox', { name: 'Message #project-refactor' }).focus();
    await visitor.type('/expl');
    await page.getByRole('option', { name: '/explain' }).waitFor();
    await visitor.picture('picker');
    await visitor.type('Enter', 'mo', 'Enter');
    await page.getByRole('option', { name: 'conversations' }).waitFor();
    await visitor.type('summ', 'Enter', 'Enter');
    const answer = visitor.message('Ana used /explain');
    await answer.getByText('Only you can see this').waitFor();
    await answer.getByText('1 waits for a decision').waitFor();
    await visitor.picture('explain');

    await answer.getByRole('button', { name: 'Debug' }).click();
    await answer.getByRole('button', { name: 'As a file' }).waitFor();
    await answer.getByRole('button', { name: 'All' }).focus();
    await visitor.type('Enter');
    await page.getByRole('listbox').getByRole('option', { name: 'researcher' }).waitFor();
    await visitor.type('ArrowDown', 'ArrowDown', 'Enter');
    await answer.getByText('only researcher').waitFor();
    expect(await answer.getByText('coder (to').count()).toBe(0);
  });

  test('“Explain this” is under Apps; what was wrong with a step is said in a form', async () => {
    const { page } = visitor;
    await visitor.goTo('project-refactor');
    const message = page.locator('.message:not(.ephemeral)', { hasText: 'I will have it confirmed' }).last();
    await message.hover();
    await message.getByRole('button', { name: 'Apps' }).click();
    await visitor.picture('apps');
    await page.getByRole('menuitem', { name: 'Explain this' }).click();
    const answer = visitor.message('used Explain this');
    await answer.getByRole('button', { name: 'This was wrong' }).click();
    const form = page.getByRole('dialog', { name: /was wrong/ });
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.getByRole('textbox', { name: 'Why?' }).fill('20 a minute was decided last week');
    await visitor.picture('modal');
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'detached' });
    await answer.getByRole('button', { name: 'Dismiss message' }).click();
    await answer.waitFor({ state: 'detached' });
    expect(await page.getByText('used Explain this').count()).toBe(0);
  });

  test('a step’s number leads to its message', async () => {
    const { page } = visitor;
    await visitor.goTo('project-refactor');
    const answer = page.locator('.message', { hasText: 'A step’s number opens its message.' }).first();
    await answer.getByRole('link', { name: '9', exact: true }).click();
    const target = page.locator('.message.target');
    await target.getByText('Which limit?').waitFor();
    expect(await target.isVisible()).toBe(true);
    await page.goBack();
    await target.waitFor({ state: 'detached' });
  });

  test('the outsider sees nothing of what is hidden, by whatever way they come', async () => {
    const { page } = visitor;
    await visitor.goTo('project-refactor');
    const address = page.url();
    await visitor.become('Outsider');
    expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).not.toContain(
      'project-refactor',
    );
    await page.goto(address);
    await page
      .getByText('Nothing to see here')
      .or(page.getByRole('heading', { name: 'general' }))
      .first()
      .waitFor();
    expect(await page.content()).not.toMatch(/project-refactor|password rule|login-rate-limit/);
    await visitor.picture('outsider');
  });

  test.each(['dark', 'light'] as const)(
    'nothing serious is in the way of anybody, in %s',
    async (colorScheme) => {
      const own = await Visitor.at(browser, program.url, { colorScheme });
      await own.goTo('project-refactor');
      await own.message('A step’s number opens its message.').waitFor();
      expect(await own.violations()).toEqual([]);
      await own.type('/');
      await own.page.getByRole('textbox', { name: 'Message #project-refactor' }).fill('/');
      await own.page.getByRole('option').first().waitFor();
      expect(await own.violations()).toEqual([]);
      await own.picture(`project-${colorScheme}`);
      await own.type('Escape');
      const message = own.page.locator('.message:not(.ephemeral)', { hasText: 'you choose' }).last();
      const popups = [
        () => message.click({ button: 'right' }),
        () => own.page.getByRole('button', { name: /Switch who you are/ }).click(),
        () => own.page.locator('.message button.author', { hasText: 'coder' }).last().click(),
        () => own.page.locator('.message .select').last().click(),
      ];
      for (const open of popups) {
        await open();
        await own.page.locator('.popup').waitFor();
        expect(await own.violations()).toEqual([]);
        await own.type('Escape');
      }
      await own.leave();
    },
  );

  test('on a phone everything is in reach and nothing is wider than it', async () => {
    const phone = await Visitor.at(browser, program.url, PHONE);
    const { page } = phone;
    await phone.message('Dry until noon').waitFor();
    await page.getByRole('button', { name: 'Servers and channels' }).tap();
    await phone.picture('phone-channels');
    await phone.goTo('project-refactor');
    await phone.message('A step’s number opens its message.').waitFor();
    expect(await phone.isTooWide()).toBe(false);
    await phone.picture('phone-explain');
    await page.getByRole('button', { name: 'Members' }).tap();
    await page
      .getByRole('complementary', { name: 'Members' })
      .getByRole('button', { name: 'researcher' })
      .tap();
    await page.getByRole('dialog', { name: 'Profile of researcher' }).waitFor();
    expect(await phone.isTooWide()).toBe(false);
    expect(await phone.violations()).toEqual([]);
    await phone.leave();
  });

  test('in one go: see the talk, explain, decide, approve, read the report, and see nothing as an outsider', async () => {
    const { page } = visitor;
    const guide = page.getByRole('complementary', { name: 'Guide' });
    await visitor.message('Dry until noon').waitFor();

    await guide.getByRole('button', { name: '/explain' }).first().click();
    await page.getByRole('option', { name: '/explain' }).waitFor();
    await visitor.type('Enter', 'Enter');
    const log = visitor.message('Ana used /explain');
    await log.getByText('1 waits for a decision').waitFor();
    await log.getByRole('button', { name: 'Timeline' }).waitFor();
    await visitor.picture('demo-explain');
    await log.getByRole('button', { name: 'Debug' }).click();
    await log.getByRole('button', { name: 'As a file' }).waitFor();

    await guide.getByRole('listitem').filter({ hasText: 'needs a decision' }).getByRole('button').click();
    await visitor.message('nanobot needs a decision').getByRole('button', { name: 'Passphrases' }).click();
    await visitor.message('Ana decided: Passphrases').waitFor();
    await visitor.message('Done: four words or more').waitFor();

    await guide.getByRole('button', { name: '/insights review' }).click();
    await page.getByRole('option', { name: '/insights review' }).waitFor();
    await visitor.type('Enter', 'Enter');
    const insights = visitor.message('Ana used /insights');
    await insights.getByText('Behind our proxy').waitFor();
    const approve = insights.getByRole('button', { name: 'Approve', exact: true });
    for (let left = await approve.count(); left > 0; left -= 1) {
      await approve.first().click();
      await expect.poll(() => approve.count()).toBe(left - 1);
    }

    const jump = guide.getByRole('button', { name: 'Jump to 08:00' });
    await guide
      .getByRole('listitem')
      .filter({ hasText: 'comes the report' })
      .getByRole('button', { name: 'Show me' })
      .click();
    await jump.click();
    await jump.waitFor({ state: 'detached' });
    const report = visitor.message('last night');
    await report.getByText('Needs your decision').waitFor();
    const picture = report.getByRole('img', { name: /^Timeline of #coordination-website/ });
    await picture.waitFor();
    expect(
      await picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(300);
    await page.getByText('2 hours ago').last().waitFor();
    await visitor.picture('demo-report');
    await report.getByRole('button', { name: 'Test both' }).click();
    await visitor.message('The first preview is there in an hour').waitFor();

    await visitor.become('Outsider');
    await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    const channels = page.getByRole('navigation').getByRole('link');
    expect((await channels.allInnerTexts()).join()).not.toMatch(/project|website|researcher/);
    await page.getByRole('textbox', { name: 'Message #general' }).focus();
    await visitor.type('/how');
    await page.getByRole('option', { name: '/how' }).waitFor();
    await visitor.type('Enter', 'password rule', 'Enter', 'Enter');
    await visitor.message('Outsider used /how').waitFor();
    expect(await page.getByRole('log').innerText()).not.toMatch(/passphrase|nanobot needs|preview/i);
  });
});
