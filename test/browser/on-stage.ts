import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { setStage } from '../support/discord-js.ts';
import type { Stage } from '../support/discord-js.ts';
import { Visitor, launch } from './visitor.ts';

interface Here {
  browser: Browser;
  /** New for each test. */
  stage: Stage;
  /** Ana, at her page of it. */
  visitor: Visitor;
}

/** Gives each test of a `describe` a server of its own, and somebody at its page. */
export function onStage(): Here {
  const here = {} as Here;
  beforeAll(async () => {
    here.browser = await launch();
  });
  afterAll(() => here.browser.close());
  beforeEach(async () => {
    here.stage = await setStage();
    here.visitor = await Visitor.at(here.browser, here.stage.discord.url);
    await here.visitor.page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  });
  afterEach(async () => {
    await here.visitor.leave();
    await here.stage.close();
  });
  return here;
}
