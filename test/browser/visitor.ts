import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium } from './chromium.ts';

/** Chromium does nothing on its own account, and runs where its own sandbox cannot. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium()!, args: FLAGS });
}

/** A phone as narrow as they get. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

/** Somebody at the page. What the browser complains of, or asks of other hosts, is kept and fails the test. */
export class Visitor {
  readonly page: Page;
  readonly #complaints: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.#complaints.push(error.message));
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(url) || request.url().startsWith(url.replace('http', 'ws'));
      if (!isOwn) this.#complaints.push(`asked for ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      this.#complaints.push(`opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  static async at(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const visitor = new Visitor(page, url);
    await page.goto(url);
    return visitor;
  }

  /** Ends the visit. @throws Error when the browser had something to complain of that was not to be expected */
  async leave(expected?: RegExp): Promise<void> {
    await this.page.context().close();
    const complaints = this.#complaints.filter((one) => expected === undefined || !expected.test(one));
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
  }

  async goTo(channel: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: channel, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: channel, exact: true }).waitFor();
  }

  async become(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /Switch who you are/ }).click();
    await this.page.getByRole('menuitemradio', { name }).click();
    await this.page.getByRole('button', { name: `You are ${name}` }).waitFor();
  }

  /** A message by words in it; the newest, where several have them. */
  message(words: string) {
    return this.page.locator('.message', { hasText: words }).last();
  }

  async type(...keys: string[]): Promise<void> {
    for (const key of keys) {
      if (/^(?:Enter|Tab|Escape|Backspace|Shift\+\w+|Arrow\w+|Home|End)$/.test(key))
        await this.page.keyboard.press(key);
      else await this.page.keyboard.type(key);
    }
  }

  /** Serious and critical violations of accessibility rules, in words. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const results = (await this.page.evaluate('axe.run({ resultTypes: ["violations"] })')) as AxeResults;
    return results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`));
  }

  /** Whether the page is wider than the window. */
  isTooWide(): Promise<boolean> {
    return this.page.evaluate('document.documentElement.scrollWidth > innerWidth') as Promise<boolean>;
  }

  /** Keeps a picture in the folder that `SCREENSHOTS` names, if it names one. */
  async picture(name: string): Promise<void> {
    const folder = process.env['SCREENSHOTS'];
    if (folder === undefined || folder === '') return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }
}
