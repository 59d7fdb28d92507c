import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWithDoors, tokenFor } from '../support.ts';
import type { WithDoors } from '../support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

test('an artifact goes to the bot it is for, once', async () => {
  const { call, guild, discord } = team;
  const coder = discord.createBot({ username: 'coder' });
  guild.add(coder);
  const token = await tokenFor(team, coder);
  await call('handoff', {
    to: '@coder',
    message: 'Please implement it',
    artifact: { schema: 'plan-v1', limit: 60 },
  });
  const { body } = await call('list_artifacts', {}, { token });
  expect(body['artifacts']).toMatchObject([{ schema: 'plan-v1', producer: 'researcher', state: 'waiting' }]);
  const { id } = body['artifacts'][0];
  expect((await call('take_artifact', { id })).status).toBe(409);
  const taken = await call('take_artifact', { id }, { token });
  expect(taken.body['artifact']).toMatchObject({ limit: 60, _meta: { consumer: 'coder' } });
  expect((await call('take_artifact', { id }, { token })).body).toEqual(taken.body);
  expect((await call('list_artifacts', {}, { token })).body['artifacts']).toEqual([]);
  const whole = await call('get_artifact', {
    session_id: (await call('list_logs')).body['logs'][0].session_id,
  });
  expect(whole.body['artifact']).toMatchObject({ schema: 'work-log-v1' });
  const large = { to: 'coder', message: 'all of it', artifact: { text: 'x'.repeat(300_000) } };
  expect((await call('handoff', large)).status).toBe(413);
});
