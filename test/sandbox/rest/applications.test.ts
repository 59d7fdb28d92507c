import { ApplicationFlags } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStage, type Stage } from '../../support/discord-js.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

describe('the application', () => {
  it('is the one of the bot that asks, with the intents that are switched on', async () => {
    const application = await stage.client.application.fetch();
    expect(application).toMatchObject({
      id: stage.bot.id,
      name: 'researcher',
      botPublic: true,
      approximateGuildCount: 1,
    });
    expect(application.flags.has(ApplicationFlags.GatewayMessageContentLimited)).toBe(true);
    expect(application.owner?.id).toBe(stage.ana.id);
  });

  it('is not told to those without a token', async () => {
    const response = await fetch(`${stage.discord.api}/v10/applications/@me`);
    expect([response.status, await response.json()]).toEqual([
      401,
      { message: '401: Unauthorized', code: 0 },
    ]);
  });
});
