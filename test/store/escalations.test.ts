import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Escalation, EscalationAction } from '../../src/domain/escalation.ts';
import type { Store } from '../../src/store/store.ts';
import {
  ana,
  draft,
  HOUR,
  mapping,
  memoryStore,
  MINUTE,
  placed,
  researcher,
  RULES,
  START,
} from './support.ts';
import { asks, post, subjects } from './escalation-support.ts';

let store: Store;
const SESSION = '1000001';
const bob = { key: '101', name: 'Bob', kind: 'person' } as const;

beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
});
afterEach(() => store.close());

const raised = async (n = 2): Promise<Escalation> => {
  await store.entries.append([placed(1), asks(n)], RULES);
  return (await store.escalations.byStep(SESSION, 2))!;
};

const act = (
  id: number,
  action: EscalationAction,
  by = ana,
  at = START + MINUTE,
  interactionId = `9${by.key}`,
) => store.escalations.act(id, action, { author: by, interactionId }, at);

const passphrases = { kind: 'decide', decision: { option: 'Passphrases', note: null } } as const;

test('a session knows how many of its escalations wait', async () => {
  const { id } = await raised();
  const wait = async () => [
    (await store.sessions.get(SESSION))!.waiting,
    (await store.sessions.list({ workspaceIds: [1], limit: 1 }))[0]!.waiting,
    (await store.sessions.latest({ workspaceId: 1, threadId: null }))!.waiting,
  ];
  expect(await wait()).toEqual([1, 1, 1]);
  await act(id, { kind: 'acknowledge' });
  expect(await wait()).toEqual([1, 1, 1]);
  await act(id, passphrases, ana, START + MINUTE, '92');
  expect(await wait()).toEqual([0, 0, 0]);
});

describe('an entry that asks for a decision', () => {
  test('raises an escalation with all that it says, and queues its card', async () => {
    const escalation = await raised();
    expect(escalation).toMatchObject({
      workspaceId: 1,
      sessionId: SESSION,
      step: 2,
      messageId: '1000002',
      replyToMessageId: '1000002',
      threadId: null,
      kind: 'question',
      by: researcher,
      answerTo: researcher,
      confidence: 0.4,
      reason: 'Special characters or passphrases?',
      options: ['Special characters', 'Passphrases'],
      default: 'Passphrases',
      severity: 'high',
      dedupeKey: 'password-policy',
      raisedAt: START + 2000,
      timeoutAt: START + 2000 + 4 * HOUR,
      onTimeout: 'proceed',
      state: 'open',
      version: 1,
      stateBy: researcher,
      carded: true,
      card: null,
    });
    expect(await store.escalations.events(escalation.id)).toEqual([
      { version: 1, kind: 'raised', at: START + 2000, by: researcher, reason: null },
    ]);
    expect(await subjects(store)).toEqual([{ kind: 'escalation-card', id: escalation.id, ping: true }]);
    expect(await store.escalations.waiting({ workspaceIds: [1, 2], offset: 0, limit: 5 })).toEqual({
      escalations: [escalation],
      total: 1,
    });
  });

  test('raises nothing twice when its message is delivered again', async () => {
    await raised();
    await store.entries.append([asks(2)], RULES);
    expect((await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 5 })).total).toBe(1);
    expect(await subjects(store)).toHaveLength(1);
  });
});

describe('a decision', () => {
  test('is the person’s step, the agent’s artifact, and an answer on its way', async () => {
    const { id } = await raised();
    await store.sessions.close({ workspaceId: 1, threadId: null }, START + MINUTE, 'command');
    await post(store, START + 3000);
    const note = { option: 'Passphrases', note: 'at least four words' };
    const outcome = await act(id, { kind: 'decide', decision: note });
    expect(outcome).toMatchObject({
      kind: 'done',
      escalation: { state: 'decided', stateBy: ana, decision: note, closedAt: START + MINUTE, nextAt: null },
    });
    expect(await store.entries.byStep(SESSION, 3)).toMatchObject({
      author: ana,
      level: 'decision',
      category: 'escalation',
      origin: 'reported',
      message: 'Passphrases: at least four words',
      responseTo: 2,
      details: { escalation: id, ...note },
    });
    const [artifact] = await store.artifacts.waiting({
      consumer: '@researcher',
      workspaceIds: [1],
      limit: 5,
    });
    expect(artifact).toMatchObject({
      schema: 'work-log-decision-v1',
      producer: 'work-logs',
      sessionId: SESSION,
      content: {
        type: 'decision',
        escalation: id,
        dedupe_key: 'password-policy',
        outcome: 'decided',
        ...note,
        decided_by: 'Ana',
        at: '2026-01-05T09:01:00.000Z',
        step: 2,
        reason: 'Special characters or passphrases?',
      },
    });
    expect(await subjects(store)).toEqual([
      { kind: 'escalation-answer', id, version: 3 },
      { kind: 'escalation-update', id },
    ]);
    await post(store, START + 2 * MINUTE);
    expect(await store.escalations.get(id)).toMatchObject({
      state: 'resolved',
      stateBy: ana,
      closedAt: START + MINUTE,
    });
    expect((await store.escalations.events(id)).map(({ kind }) => kind)).toEqual([
      'raised',
      'announced',
      'decided',
      'resolved',
    ]);
  });

  test('of two people is the first one’s, and the second is told who did it', async () => {
    const { id } = await raised();
    const [first, second] = await Promise.all([act(id, passphrases, ana), act(id, passphrases, bob)]);
    expect(first?.kind).toBe('done');
    expect(second).toMatchObject({ kind: 'refused', escalation: { state: 'decided', stateBy: ana } });
    expect((await subjects(store)).filter(({ kind }) => kind === 'escalation-answer')).toHaveLength(1);
    expect((await store.sessions.get(SESSION))?.counts.steps).toBe(3);
  });

  test('by an interaction that comes twice is done once', async () => {
    const { id } = await raised();
    await act(id, passphrases);
    expect(await act(id, passphrases)).toMatchObject({ kind: 'done', escalation: { version: 2 } });
    expect((await store.sessions.get(SESSION))?.counts.steps).toBe(3);
  });

  test('of what is not there is null', async () => {
    expect(await act(99, passphrases)).toBeNull();
  });
});

describe('a person', () => {
  const about = { sessionId: SESSION, step: 2 };
  const own = (n: number) =>
    draft(n, {
      escalation: true,
      category: 'escalation',
      message: 'Is that so?',
      details: { kind: 'person' },
    });
  const place = { workspaceId: 1, threadId: null, privateThread: false };

  test('raises one about a step; its author gets the answer', async () => {
    await store.entries.append([placed(1), placed(2, { author: researcher })], RULES);
    await store.sessions.close(place, START + MINUTE, 'command');
    const escalation = await store.escalations.raise({ ...place, draft: own(50), about }, RULES);
    expect(escalation).toMatchObject({
      sessionId: SESSION,
      step: 3,
      kind: 'person',
      by: ana,
      answerTo: researcher,
      replyToMessageId: '1000002',
      reason: 'Is that so?',
    });
    expect((await store.sessions.get(SESSION))?.counts).toMatchObject({ steps: 3, escalations: 1 });
    expect(await store.escalations.raise({ ...place, draft: own(50), about }, RULES)).toBeNull();
    expect(
      await store.escalations.raise({ ...place, draft: own(51), about: { ...about, step: 9 } }, RULES),
    ).toBeNull();
  });

  test('raises one about nothing that was said, where nothing runs', async () => {
    const escalation = await store.escalations.raise({ ...place, draft: own(50), about: null }, RULES);
    expect(escalation).toMatchObject({ step: 1, by: ana, answerTo: ana, replyToMessageId: null });
    await act(escalation!.id, passphrases);
    expect(await store.artifacts.waiting({ consumer: 'Ana', workspaceIds: [1], limit: 5 })).toEqual([]);
  });
});
