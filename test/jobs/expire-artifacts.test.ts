import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { expireArtifacts } from '../../src/jobs/expire-artifacts.ts';
import { jobs } from '../../src/jobs/index.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { TestBotOptions } from '../support/bot.ts';

const DAY = 24 * 60 * 60_000;

async function withBot(config: TestBotOptions['config'], use: (app: App) => Promise<void>): Promise<void> {
  const { discord, bot: account } = await createTeam('project-site');
  const workspaces = [{ match: 'project-*', type: 'project' as const }];
  const bot = await startTestBot({ discord, bot: account, config: { ...config, workspaces } });
  try {
    await bot.settled();
    await use(bot.app);
  } finally {
    await bot.stop();
    await discord.close();
  }
}

test.each([
  [{}, 30],
  [{ artifacts: { expire_days: 2 } }, 2],
])('is among the jobs; with %j an artifact is there for %d days, not longer', async (config, days) => {
  expect(jobs).toContain(expireArtifacts);
  await withBot(config, async (app) => {
    const { artifacts } = app.store;
    const names = { schema: 'work-log-v1', producer: 'researcher', consumer: 'coder' };
    const of = { workspaceId: 1, sessionId: null, source: null, workflowId: null, content: { a: 1 } };
    const { id } = await artifacts.save({ ...names, ...of }, 1000);
    await expireArtifacts.run(app, 1000 + days * DAY);
    expect(await artifacts.get(id, [1])).toMatchObject({ content: { a: 1 }, expiredAt: null });
    const late = 1001 + days * DAY;
    await expireArtifacts.run(app, late);
    expect(await artifacts.get(id, [1])).toMatchObject({ content: null, expiredAt: late });
    await expireArtifacts.run(app, late + 1);
    expect(await artifacts.get(id, [1])).toMatchObject({ expiredAt: late });
  });
});
