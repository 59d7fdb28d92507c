import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_ESCALATION_RULES } from '../../src/domain/escalation-times.ts';
import type { Escalation, EscalationRules } from '../../src/domain/escalation.ts';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { asks, post, subjects } from './escalation-support.ts';
import { ana, HOUR, inTempDir, mapping, memoryStore, MINUTE, placed, RULES, START } from './support.ts';

let store: Store;
const SESSION = '1000001';
const FOREVER = { timeout_ms: null, dedupe_key: null };

async function open(rules: Partial<EscalationRules> = {}): Promise<void> {
  ({ store } = memoryStore(null, { ...DEFAULT_ESCALATION_RULES, ...rules }));
  await store.workspaces.map(mapping(), START, null);
  await store.entries.append([placed(1)], RULES);
}
beforeEach(() => open());
afterEach(() => store.close());

async function raise(details: Record<string, unknown> = FOREVER): Promise<Escalation> {
  await store.entries.append([asks(2, details, { draft: { at: START } })], RULES);
  return (await store.escalations.byStep(SESSION, 2))!;
}

/** Minute by minute, as the job and the sender do; what was said, with the minute. */
async function run(from: number, to: number, step = MINUTE): Promise<string[]> {
  const said: string[] = [];
  for (let now = from; now <= to; now += step) {
    await store.escalations.advance(now, 1000);
    for (const subject of await post(store, now)) {
      const second = 'second' in subject && subject.second ? ' second' : '';
      said.push(`${Math.round((now - START) / MINUTE)} ${subject.kind.replace('escalation-', '')}${second}`);
    }
  }
  return said;
}
const without = (kind: string, said: string[]) => said.filter((each) => !each.endsWith(kind));

test('reminders back off, then come daily and go to the second owner as well', async () => {
  const { id } = await raise();
  const said = await run(START, START + 73 * HOUR, 5 * MINUTE);
  expect(without('update', said)).toEqual([
    '0 card',
    '15 reminder',
    '60 reminder',
    '240 reminder',
    '1440 reminder second',
    '2880 reminder second',
    '4320 reminder second',
  ]);
  expect(await store.escalations.get(id)).toMatchObject({ state: 'open', pings: 7 });
});

test('a long time away is made up for by one reminder', async () => {
  await raise();
  await post(store, START);
  expect(without('update', await run(START + 30 * HOUR, START + 31 * HOUR))).toEqual([
    '1800 reminder second',
  ]);
});

describe('what an owner has taken on', () => {
  const act = (id: number, action: Parameters<Store['escalations']['act']>[1], at: number) =>
    store.escalations.act(id, action, { author: ana, interactionId: `9${at}` }, at);

  test('is left alone for a while, and then asked about again', async () => {
    const { id } = await raise();
    await post(store, START);
    await act(id, { kind: 'acknowledge' }, START + 10 * MINUTE);
    const said = await run(START + 10 * MINUTE, START + 5 * HOUR);
    expect(without('update', said)).toEqual(['250 reminder', '265 reminder']);
    expect(
      (await store.escalations.events(id)).map(({ kind, by }) => `${kind} ${by?.name ?? ''}`.trim()),
    ).toEqual(['raised researcher', 'announced', 'acknowledged Ana', 'reopened', 'reminded']);
  });

  test('sleeps as long as it was told to', async () => {
    const { id } = await raise();
    await post(store, START);
    await act(id, { kind: 'snooze', until: START + 2 * HOUR }, START + 10 * MINUTE);
    expect(without('update', await run(START + 10 * MINUTE, START + 130 * MINUTE))).toEqual(['120 reminder']);
    expect(await store.escalations.get(id)).toMatchObject({ state: 'open', stateBy: null });
  });

  test('is not spoken of once it is decided', async () => {
    const { id } = await raise();
    await post(store, START);
    await act(id, { kind: 'decide', decision: { option: 'Passphrases', note: null } }, START + 14 * MINUTE);
    expect(without('update', await run(START + 15 * MINUTE, START + 50 * HOUR, 15 * MINUTE))).toEqual([
      '15 answer',
    ]);
  });
});

describe('when the time is up', () => {
  test.each([
    ['proceed', 'expired', ['10 answer'], { outcome: 'proceed', option: 'Passphrases', decided_by: null }],
    ['cancel', 'expired', ['10 answer'], { outcome: 'cancel', option: null, decided_by: null }],
    ['hold', 'open', ['15 reminder'], null],
  ])('and nobody answered: %s', async (onTimeout, state, said, answer) => {
    const { id } = await raise({ timeout_ms: 10 * MINUTE, on_timeout: onTimeout });
    await post(store, START);
    expect(without('update', await run(START + MINUTE, START + 20 * MINUTE))).toEqual(said);
    expect(await store.escalations.get(id)).toMatchObject({
      state,
      heldAt: onTimeout === 'hold' ? START + 10 * MINUTE : null,
    });
    const [artifact] = await store.artifacts.waiting({ consumer: 'researcher', workspaceIds: [1], limit: 5 });
    const { outcome, option, decided_by } = artifact?.content ?? {};
    expect(artifact ? { outcome, option, decided_by } : null).toEqual(answer);
  });

  test('while its card is on its way, it waits until it was seen', async () => {
    const { id } = await raise({ timeout_ms: MINUTE, on_timeout: 'proceed' });
    await store.escalations.advance(START + 5 * MINUTE, 10);
    expect(await store.escalations.get(id)).toMatchObject({ state: 'open', nextAt: START + 6 * MINUTE });
    await post(store, START + 5 * MINUTE);
    expect(await store.escalations.get(id)).toMatchObject({ state: 'open', timeoutAt: null });
  });

  test('and its card cannot be posted, the agent is still told', async () => {
    const { id } = await raise({ timeout_ms: MINUTE, on_timeout: 'cancel' });
    const [row] = await store.outbox.due(START + HOUR, 1);
    const refusal = { channelId: '10', code: 50_001, error: 'Missing Access', isKnown: true, tell: [] };
    await store.outbox.giveUp(row!.id, refusal, START);
    await store.escalations.advance(START + 5 * MINUTE, 10);
    expect(await store.escalations.get(id)).toMatchObject({ state: 'expired' });
    expect(await subjects(store)).toContainEqual({ kind: 'escalation-answer', id, version: 2 });
  });
});

test('in quiet hours the card is posted quietly, and people are asked when they end', async () => {
  await store.close();
  await open({ quietHours: { fromMinute: 8 * 60, toMinute: 10 * 60 } });
  const { id } = await raise();
  expect(await subjects(store)).toEqual([{ kind: 'escalation-card', id, ping: false }]);
  expect(without('update', await run(START, START + 70 * MINUTE))).toEqual(['0 card', '60 reminder']);
  await store.entries.append(
    [asks(3, { ...FOREVER, severity: 'critical' }, { draft: { message: 'Now?' } })],
    RULES,
  );
  expect(await subjects(store)).toContainEqual({ kind: 'escalation-card', id: id + 1, ping: true });
});

test('where nobody is told of escalations nothing is posted by itself, and decisions are answered', async () => {
  await store.close();
  await open({ alerts: { open: true, project: false, direct: true, coordination: true } });
  const { id } = await raise({ timeout_ms: HOUR, on_timeout: 'proceed' });
  expect(await run(START, START + 50 * MINUTE)).toEqual([]);
  await store.entries.append([asks(3, { ...FOREVER })], RULES);
  const decision = { option: 'a', note: null };
  await store.escalations.act(
    id + 1,
    { kind: 'decide', decision },
    { author: ana, interactionId: '9' },
    START,
  );
  expect(await subjects(store)).toEqual([{ kind: 'escalation-answer', id: id + 1, version: 2 }]);
  await post(store, START + HOUR);
  expect(await run(START + HOUR, START + 2 * HOUR)).toEqual([]);
  expect(await store.escalations.get(id)).toMatchObject({ state: 'expired' });
});

describe('two hundred in a minute', () => {
  const flood = async () => {
    for (let n = 0; n < 200; n += 1) {
      const said = { draft: { message: `Question ${n}?`, at: START + 60_000 + n * 300 } };
      await store.entries.append([asks(10 + n, FOREVER, said)], RULES);
    }
  };
  const more = async (now: number) => (await store.escalations.digest(1, now)).more;

  test('post as many cards as people may be pinged in an hour, and one message for the rest', async () => {
    await flood();
    const first = START + 2 * MINUTE;
    expect(await more(first)).toBe(190);
    expect(await run(first, first)).toEqual([
      ...Array.from({ length: 10 }, () => '2 card'),
      '2 digest',
      '2 digest',
    ]);
    const { message } = await store.escalations.digest(1, first);
    expect(message).toMatchObject({ channelId: '10' });
    expect((await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 1 })).total).toBe(200);
    const said = await run(first + MINUTE, first + 3 * HOUR);
    const asked = said.filter((each) => /card|reminder/.test(each)).map((each) => Number.parseInt(each, 10));
    for (const minute of asked) {
      const within = asked.filter((other) => other >= minute && other < minute + 60);
      expect(within.length).toBeLessThanOrEqual(10);
    }
    expect(await more(first + 3 * HOUR)).toBeLessThan(190);
  }, 30_000);

  test('of another workspace are not held back', async () => {
    await flood();
    await store.workspaces.map(mapping({ channelId: '11' }), START, null);
    await store.entries.append([asks(900, FOREVER, { workspaceId: 2 })], RULES);
    expect(await subjects(store)).toContainEqual({ kind: 'escalation-card', id: 201, ping: true });
  });
});

test('all of it goes on after a restart', async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, 'work-logs.db');
    const again = async () => {
      await store.close();
      store = await openTestStore({ path, now: () => START });
    };
    await again();
    await store.workspaces.map(mapping(), START, null);
    await store.entries.append([placed(1), asks(2, FOREVER, { draft: { at: START } })], RULES);
    const { id } = (await store.escalations.byStep(SESSION, 2))!;
    await again();
    expect(await run(START, START + MINUTE)).toEqual(['0 card']);
    await again();
    expect(without('update', await run(START + 2 * MINUTE, START + 20 * MINUTE))).toEqual(['15 reminder']);
    const decision = { option: 'Passphrases', note: null };
    const press = () =>
      store.escalations.act(
        id,
        { kind: 'decide', decision },
        { author: ana, interactionId: '9' },
        START + HOUR,
      );
    expect((await press())?.kind).toBe('done');
    await again();
    expect((await press())?.kind).toBe('done');
    expect(without('update', await run(START + HOUR, START + HOUR))).toEqual(['60 answer']);
    expect(await store.escalations.get(id)).toMatchObject({ state: 'resolved', stateBy: ana, version: 5 });
    expect((await store.sessions.get(SESSION))?.counts.steps).toBe(3);
  });
});

test('those that waited at some time of a span, the oldest first', async () => {
  await store.entries.append([asks(2, FOREVER), asks(3, FOREVER, { draft: { message: 'b?' } })], RULES);
  const cancel = { kind: 'cancel', reason: 'x' } as const;
  await store.escalations.act(1, cancel, { author: ana, interactionId: '9' }, START + HOUR);
  const during = async (from: number, to: number) =>
    (await store.escalations.during({ workspaceId: 1, from: START + from, to: START + to, limit: 9 })).map(
      ({ id }) => id,
    );
  expect(await during(0, 2500)).toEqual([1]);
  expect(await during(0, HOUR)).toEqual([1, 2]);
  expect(await during(HOUR + 1, 2 * HOUR)).toEqual([2]);
  expect(await during(-HOUR, 0)).toEqual([]);
});
