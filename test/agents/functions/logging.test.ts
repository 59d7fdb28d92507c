import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWithDoors, stepsOf } from '../support.ts';
import type { WithDoors } from '../support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

test('records a session step by step: masked, with what tools took and gave, and when it was', async () => {
  const { call } = team;
  const { body: started } = await call('start_session', { query: 'Choose a rate limit' });
  await call('log_entries', {
    entries: [
      { type: 'decision', message: 'Later', timestamp: '2026-01-01T00:00:02Z', confidence: 0.2 },
      { message: 'Sooner, with AKIAIOSFODNN7EXAMPLQ', timestamp: '2026-01-01T00:00:01Z' },
    ],
  });
  await call('log_tool', {
    tool_name: 'grep',
    tool_input: { kwargs: { q: 'x' } },
    tool_error: 'no file',
    duration_ms: 4.4,
  });
  const { body: ended } = await call('end_session', { final_output: '60 a minute' });
  expect(ended).toMatchObject({ status: 'recorded', session_id: started['session_id'], step: 5 });
  const steps = await stepsOf(team);
  expect(steps.map(({ message, level }) => [level, message])).toEqual([
    ['info', 'Choose a rate limit'],
    ['info', 'Sooner, with [masked:aws-key-id]'],
    ['uncertainty', 'Later'],
    ['tool', 'grep: no file'],
    ['info', '60 a minute'],
  ]);
  expect(steps[3]).toMatchObject({
    durationMs: 4,
    tool: { name: 'grep', status: 'error', error: 'no file' },
  });
  expect(new Set(steps.map(({ origin, author }) => `${origin} ${author.key}`))).toEqual(
    new Set([`reported ${team.researcher.id}`]),
  );
  const { body } = await call('explain', { session_id: started['session_id'], mode: 'detailed' });
  expect(body['session']).toMatchObject({ final_output: '60 a minute', end_reason: 'reported' });
  expect(body['entries'][2]).toMatchObject({ timestamp: '2026-01-01T00:00:02.000Z', step: 3 });
  const late = await call('log_entries', {
    session_id: started['session_id'],
    entries: [{ message: 'late' }],
  });
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
});

test('has the effect of one call when it is made again, by its key or by an entry’s own id', async () => {
  const { call } = team;
  const headers = { 'idempotency-key': 'turn-7' };
  const entries = [{ message: 'once' }, { message: 'twice' }];
  const first = await call('log_entries', { entries }, { headers });
  const again = await call('log_entries', { entries }, { headers });
  expect(first.body['entries'].map((one: { status: string }) => one.status)).toEqual([
    'recorded',
    'recorded',
  ]);
  expect(again.body['entries']).toEqual(
    first.body['entries'].map((one: object) => ({ ...one, status: 'duplicate' })),
  );
  expect((await call('log_entries', { entries: [{ message: 'other' }] }, { headers })).status).toBe(422);
  expect((await call('handoff', { entries }, { headers })).body['error'].code).toBe('key_reused');
  const own = { entries: [{ id: 'e-1', message: 'mine' }] };
  await call('log_entries', own);
  expect((await call('log_entries', own)).body['entries'][0].status).toBe('duplicate');
  const said = (await stepsOf(team)).map(({ message }) => message);
  expect(said.filter((text) => ['once', 'twice', 'mine'].includes(text))).toHaveLength(3);
});

test('lets a call that was refused be mended under the same key, and no call that was made', async () => {
  const { call } = team;
  const make = (key: string, entry: object, more: object = {}) =>
    call('log_entries', { entries: [entry], ...more }, { headers: { 'idempotency-key': key } });
  const refused = [
    await make('mended', { message: '' }),
    await make('mended', { message: 'nowhere' }, { workspace: '#nowhere' }),
    await call('log_entries', {}, { headers: { 'idempotency-key': 'mended' }, body: '{"entries":' }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([400, 404, 400]);
  const mended = await make('mended', { message: 'mended' });
  expect(mended.body['entries']).toMatchObject([{ status: 'recorded' }]);
  expect((await make('mended', { message: '' })).status).toBe(422);
  expect((await make('mended', { message: 'mended' })).body['entries']).toMatchObject([
    { status: 'duplicate' },
  ]);
});

test('ends a session once: the call that did may be made again, and nothing else goes into it', async () => {
  const { call } = team;
  const { body } = await call('start_session', { query: 'Short work', conversation_id: 'short' });
  const { session_id } = body;
  const headers = { 'idempotency-key': 'end of short work' };
  const end = () => call('end_session', { session_id, final_output: 'Done' }, { headers });
  expect((await end()).body).toMatchObject({ status: 'recorded', session_id });
  expect(await end()).toMatchObject({ status: 200, body: { status: 'duplicate', session_id } });
  const late = await call('log_entries', { session_id, entries: [{ message: 'late' }] });
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
});

test('takes a thousand lines, or none of them where one is bad, and names that one', async () => {
  const lines = Array.from({ length: 1_000 }, (_, n) => ({ message: `line ${n}` }));
  const said = { headers: { 'content-type': 'application/x-ndjson' }, query: '?conversation_id=bulk' };
  const bad = lines.with(617, { message: '' });
  const send = (all: object[]) =>
    team.call('log_entries', {}, { ...said, body: all.map((one) => JSON.stringify(one)).join('\n') });
  const refused = await send(bad);
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid', index: 617 } } });
  const taken = await send(lines);
  expect(taken.body['entries'].map((one: { step: number }) => one.step)).toEqual(lines.map((_, n) => n + 1));
  expect((await send([...lines, { message: 'one too many' }])).status).toBe(413);
});

test('keeps conversations apart that run at the same time in one place', async () => {
  const { call } = team;
  const log = async (conversation_id: string, message: string) =>
    (await call('log_entries', { conversation_id, entries: [{ message }] })).body['entries'][0];
  const [a, b] = [await log('a', 'a 1'), await log('b', 'b 1')];
  const more = [await log('a', 'a 2'), await log('b', 'b 2')];
  expect(more.map((one) => [one.session_id, one.step])).toEqual([
    [a.session_id, 2],
    [b.session_id, 2],
  ]);
  await team.restart();
  const third = await call('log_entries', { session_id: a.session_id, entries: [{ message: 'a 3' }] });
  expect(third.body).toMatchObject({ entries: [{ session_id: a.session_id, step: 3 }] });
});

test('does not believe a clock that is ahead, and keeps what it said', async () => {
  const timestamp = '2999-01-01T00:00:00.000Z';
  await team.call('log_entries', { entries: [{ message: 'from the future', timestamp }] });
  const step = (await stepsOf(team)).find(({ message }) => message === 'from the future');
  expect(step!.at).toBeLessThan(Date.now() + 1000);
  expect(step!.details).toEqual({ as_reported: { timestamp } });
});
