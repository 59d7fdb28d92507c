import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { setStage } from '../support/discord-js.ts';
import type { Stage } from '../support/discord-js.ts';
import { PNG } from './picture.ts';
import { PHONE, Visitor, launch } from './visitor.ts';

const IMG = '<img src=x onerror="window.hacked=1">';
const SCRIPT = '"><script>window.hacked=1</script><svg onload=window.hacked=1>';

const HOSTILE = [
  IMG,
  SCRIPT,
  `**${IMG}** \`${SCRIPT}\``,
  `\`\`\`${IMG}\`\`\``,
  `\`\`\`"><img/src=x\n${IMG}\n\`\`\``,
  '[click](javascript:window.hacked=1) <javascript:window.hacked=1> [x](data:text/html,<script>1</script>)',
  '[https://bank.example](https://evil.example/"onmouseover="window.hacked=1)',
  'https://evil.example/<script>window.hacked=1</script> https://evil.example/"onclick="window.hacked=1',
  '[`a`**b**](https://evil.example) [[x]](https://evil.example) [](https://evil.example)',
  `> ${IMG}\n>>> ${SCRIPT}`,
  `# ${IMG}\n- ${SCRIPT}\n  - ${IMG}\n1. ${IMG}\n-# ${IMG}`,
  `||${IMG}||`,
  '<@99999999999999999999> <#1> <@&1> </x:1> <:a"b:1> <t:99999999999999:R> <t:8640000000000000:F>',
  '{{constructor.constructor("window.hacked=1")()}} ${window.hacked=1} <!--?lit$1$--> </li></ol></main>',
  '\u202E\u2066reversed\u202E and more\u0000\u0008',
  'W'.repeat(1900),
  '*_**__~~||`'.repeat(150),
  '`'.repeat(1999),
  '['.repeat(1000) + ']('.repeat(400),
  'a\u0301'.repeat(1) + '\u0337\u0322\u0353'.repeat(300),
];

describe.skipIf(findChromium() === undefined)('what is hostile stays text', () => {
  let stage: Stage;
  let browser: Browser;

  beforeAll(async () => {
    [stage, browser] = await Promise.all([setStage(), launch()]);
    furnish(stage);
  });
  afterAll(async () => {
    await browser.close();
    await stage.close();
  });

  test.each([
    ['a wide window', {}],
    ['a phone', PHONE],
  ])('in %s', async (_, options) => {
    const { discord, channel, ana } = stage;
    const visitor = await Visitor.at(browser, discord.url, options);
    const { page } = visitor;
    const last = ana.in(channel).send('the last word');
    await page.locator(`#m-${last.id}`).waitFor();
    expect(await page.evaluate('window.hacked')).toBe(undefined);
    expect(
      await page
        .locator('script:not([src^="/web/"]), iframe, object, embed, [onerror], [onload], [onclick]')
        .count(),
    ).toBe(0);
    expect(await page.locator('.messages img:not([src^="/attachments/"])').count()).toBe(0);
    const links = await page
      .locator('.messages a')
      .evaluateAll((all) =>
        all.map((one) =>
          [one.getAttribute('href'), one.getAttribute('target'), one.getAttribute('rel')].join(' '),
        ),
      );
    for (const link of links) {
      expect(link).toMatch(
        /^\/(?:channels|attachments)\/\S+ {2}$|^https?:\/\/\S+ _blank noopener noreferrer nofollow ugc$/,
      );
    }
    expect(links.some((link) => link.startsWith('https://evil.example'))).toBe(true);
    expect(await page.locator('.messages').innerText()).toContain(IMG);
    expect(await visitor.isTooWide()).toBe(false);
    await visitor.picture(`hostile-${'isMobile' in options ? 'phone' : 'wide'}`);
    await visitor.leave();
  });

  test('hostile names do no harm in menus, lists and cards', async () => {
    const visitor = await Visitor.at(browser, stage.discord.url);
    const { page } = visitor;
    await page.getByRole('textbox').fill('@');
    await page.getByRole('option').first().waitFor();
    await visitor.message('from a hostile name').hover();
    await visitor.message('from a hostile name').getByRole('button', { name: IMG }).click();
    await page.getByRole('dialog').waitFor();
    await visitor.type('Escape');
    await page.getByRole('button', { name: /Switch who you are/ }).click();
    await page.getByRole('menuitemradio', { name: SCRIPT }).click();
    await page.getByRole('button', { name: `You are ${SCRIPT}` }).waitFor();
    expect(await page.evaluate('window.hacked')).toBe(undefined);
    await visitor.leave();
  });

  test('no message, however deep or long, holds the page up', async () => {
    const visitor = await Visitor.at(browser, stage.discord.url);
    const { ana, channel } = stage;
    const begun = Date.now();
    for (let at = 0; at < 20; at += 1) ana.in(channel).send('*_**__~~||`['.repeat(166));
    const last = ana.in(channel).send('still quick');
    await visitor.page.locator(`#m-${last.id}`).waitFor();
    expect(Date.now() - begun).toBeLessThan(8000);
    await visitor.leave();
  });
});

/** Says everything hostile, under hostile names too. */
function furnish({ discord, guild, ana, bot, channel }: Stage): void {
  const mallory = discord.createPerson({ username: 'mallory', displayName: SCRIPT });
  const bobby = discord.createPerson({ username: 'bobby', displayName: IMG });
  const role = guild.createRole({ name: IMG, color: 0xff0000, hoist: true });
  for (const one of [mallory, bobby]) guild.add(one, { roles: [role] });
  const odd = guild.createChannel({ name: SCRIPT, topic: IMG });
  for (const content of HOSTILE) ana.in(channel).send(content.slice(0, 2000));
  mallory.in(channel).send(`from ${bobby} in <#${odd.id}> to <@&${role.id}>`);
  const message = bobby.in(channel).send('from a hostile name');
  bobby.in(channel).startThread({ name: SCRIPT, message });
  ana.in(channel).send({
    content: 'files',
    files: [
      { name: `${IMG}.html`, data: IMG },
      { name: 'x".svg', data: SVG },
      { name: 'p.png', data: PNG, description: IMG },
    ],
  });
  channel.createWebhook({ name: IMG }).send({ content: 'hooked', username: SCRIPT });
  bot.in(channel).send({
    embeds: [
      {
        title: IMG,
        url: 'https://evil.example/?"><b>',
        description: SCRIPT,
        color: 1,
        author: { name: IMG, url: 'https://evil.example' },
        footer: { text: SCRIPT },
        image: { url: 'https://evil.example/x.png' },
        fields: [{ name: IMG, value: SCRIPT }],
      },
    ],
    components: [
      {
        type: 1,
        components: [
          { type: 2, style: 1, label: IMG, custom_id: SCRIPT },
          { type: 2, style: 5, label: 'link', url: 'https://evil.example/"onclick="window.hacked=1' },
        ],
      },
    ],
  });
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked=1"><script>window.hacked=1</script></svg>';
