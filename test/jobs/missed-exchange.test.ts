import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bot, HasId } from '../../sandbox/sandbox.ts';
import { OPEN_TO_ALL, startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import { inboxOf, insightsOf, learn } from '../support/insights.ts';

const HOUR = 3_600_000;

let team: Running;
let coder: Bot;
/** How far the bot's clock is ahead of Discord's, in ms. */
let ahead: number;
let taught: HasId;
beforeEach(async () => {
  ahead = 0;
  const now = () => Date.now() + ahead;
  const inAnHour = new Date(now() + HOUR);
  const every = `${inAnHour.getUTCMinutes()} ${inAnHour.getUTCHours()} * * *`;
  team = await startTeam({ config: { ...OPEN_TO_ALL, timezone: 'UTC', exchange: { every } }, now });
  coder = team.discord.createBot({ username: 'coder' });
  team.guild.add(coder);
  await team.running.settled();
  coder.in(team.channel).send('hello');
  taught = await learn(team, team.researcher, team.channel, 'Tests need a database');
  await learn(team, team.researcher, team.channel, 'Ana reads mail at noon');
  const author = { key: team.ana.id, name: 'Ana', kind: 'person' as const };
  for (const { id } of await insightsOf(team))
    await team.running.app.store.insights.act(
      id,
      { kind: 'approve' },
      { author, interactionId: `a${id}` },
      now(),
    );
});
afterEach(() => team.end());

/** Comes back so much later; what happened meanwhile, Discord tells. */
async function away(ms: number, meanwhile = () => {}): Promise<void> {
  await team.running.stop();
  meanwhile();
  ahead += ms;
  await team.restart();
}

test('an exchange that fell due while the bot was away is made up when it is back', async () => {
  await away(2 * HOUR);
  await expect.poll(() => inboxOf(team, coder)).toEqual(['Ana reads mail at noon', 'Tests need a database']);
});

test('what was deleted meanwhile is not handed over', async () => {
  team.discord.faults.failRest({ path: /messages$/, method: 'GET', delayMs: 300, times: 100 });
  await away(2 * HOUR, () => team.ana.in(team.channel).delete(taught));
  const shared = async () =>
    (await insightsOf(team)).map(({ state, sharedAt }) => [state, sharedAt !== null]);
  await expect.poll(shared, { timeout: 10_000 }).toEqual([
    ['revoked', false],
    ['shared', true],
  ]);
  expect(await inboxOf(team, coder)).toEqual(['Ana reads mail at noon']);
});

test('where none fell due, nothing is handed over', async () => {
  await away(HOUR / 2);
  await team.running.settled();
  expect(await inboxOf(team, coder)).toEqual([]);
});
