import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Author } from '../../src/domain/author.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import { Recorder } from '../../src/recorder/recorder.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { RULES, START, ana, coder, mapping, memoryStore, researcher } from '../store/support.ts';
import { observation } from './support.ts';

const eliza: Author = { key: '300', name: 'eliza', kind: 'bot' };

/** Of so many characters, in lines. */
const full = (word: string, length = 1890) => `${word} says\n`.repeat(400).slice(0, length).trim();

let store: Store;
let db: Db;
let recorder: Recorder;
beforeEach(async () => {
  ({ store, db } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  recorder = new Recorder(store, RULES);
});
afterEach(() => store.close());

/** The nth message, 100 ms after the one before. */
function said(n: number, content: string, extra: Partial<Observation> = {}): Observation {
  const [messageId, at] = [String(2_000_000 + n), START + n * 100];
  return observation({ messageId, author: eliza, at, content, ...extra });
}

const edited = (n: number, content: string, atMs: number) => ({
  ...said(n, content),
  editedAt: START + atMs,
});

async function steps() {
  const [log] = await store.sessions.list({ workspaceIds: [1], limit: 1 });
  return (await store.entries.page({ sessionId: log!.sessionId }, 0, 100)).entries;
}

const messages = async () => (await steps()).map(({ message }) => message);

const found = async (word: string) =>
  (await store.entries.search({ workspaceId: 1, words: [word], tags: [], limit: 10 })).length;

const answer = [said(1, full('alpha')), said(2, full('beta')), said(3, 'gamma ends it')] as const;
const whole = `${full('alpha')}\n${full('beta')}\ngamma ends it`;

describe('thoughts that say which part of them they are', () => {
  const thought = (n: number, part: string, description: string) =>
    said(n, '', { embeds: [{ title: `💭 Thinking (${part})`, description, fields: [], footer: null }] });

  beforeEach(async () => {
    await recorder.record([said(-9, 'hello')]);
    await store.bots.describe(eliza.key, { dialect: { name: 'claude-code-discord', by: 'command' } });
    recorder.forget(eliza.key);
  });

  test('are one step, with the text of all of them', async () => {
    await recorder.record([thought(1, '1/3', 'The cache'), thought(2, '2/3', 'is stale,')]);
    await recorder.record([thought(9, '3/3', 'so clear it.'), said(10, 'Cleared.')]);
    expect((await steps()).slice(1)).toMatchObject([
      { level: 'thinking', message: 'The cache\nis stale,\nso clear it.' },
      { level: 'info', message: 'Cleared.' },
    ]);
  });

  test.each([
    ['another part is missing', [thought(1, '1/3', 'a'), thought(2, '3/3', 'b')]],
    ['they follow late', [thought(1, '1/2', 'a'), thought(30, '2/2', 'b')]],
    ['something else came between', [thought(1, '1/2', 'a'), said(2, 'wait'), thought(3, '2/2', 'b')]],
    ['they are of another number', [thought(1, '1/2', 'a'), thought(2, '2/3', 'b')]],
  ])('are steps of their own when %s', async (_, observations) => {
    await recorder.record(observations);
    expect(await messages()).toHaveLength(1 + observations.length);
  });
});

describe('chunks of an answer', () => {
  test('are one step, with the text of all of them', async () => {
    expect(await recorder.record(answer)).toEqual({ recorded: 3, duplicates: 0, dropped: 0 });
    const [entry, ...more] = await steps();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ step: 1, messageId: '2000001', message: whole, editedAt: null });
    expect(await found('gamma')).toBe(1);
  });

  test.each([
    ['all of them', 0],
    ['those after the first', 1],
  ])('are one step when %s could not be stored at first', async (_, stored) => {
    await recorder.record(answer.slice(0, stored));
    db.exec("CREATE TRIGGER full BEFORE INSERT ON marks BEGIN SELECT raise(ABORT, 'disk is full'); END");
    await expect(recorder.record(answer.slice(stored))).rejects.toThrow('disk is full');
    db.exec('DROP TRIGGER full');
    await recorder.record(answer.slice(stored));
    expect(await messages()).toEqual([whole]);
  });

  test('are one step when they come in several batches, with others between them', async () => {
    await recorder.record([said(0, full('other'), { author: researcher }), answer[0]]);
    expect(await found('alpha')).toBe(1);
    await recorder.record([said(1.5, 'hm', { author: ana, messageId: '1999990' }), answer[1]]);
    await recorder.record([answer[2]]);
    expect(await messages()).toEqual([full('other'), whole, 'hm']);
    expect([await found('alpha'), await found('beta'), await found('gamma')]).toEqual([1, 1, 1]);
  });

  test('are one step when the bot of Work Logs was started anew between them', async () => {
    for (const chunk of answer) await new Recorder(store, RULES).record([chunk]);
    expect(await messages()).toEqual([whole]);
  });

  test('are one step when the first was filled by edits', async () => {
    await recorder.record([
      said(1, '…'),
      edited(1, full('alpha', 900), 2000),
      edited(1, full('alpha'), 4000),
    ]);
    await recorder.record([said(2, 'beta ends it', { at: START + 5000 })]);
    expect(await messages()).toEqual([`${full('alpha')}\nbeta ends it`]);
  });

  test('are cut where every text is', async () => {
    await recorder.record([...answer.slice(0, 2), said(3, full('gamma')), said(4, 'delta')]);
    const [message] = await messages();
    expect(message).toHaveLength(4000);
    expect(message).toMatch(/… \[cut: [\d ]+ characters\]$/);
  });

  test('change nothing when they are delivered again, also after their session', async () => {
    await recorder.record(answer);
    expect(await recorder.record(answer)).toEqual({ recorded: 0, duplicates: 3, dropped: 0 });
    await store.sessions.close({ workspaceId: 1, threadId: null }, START + 9000, 'command');
    const again = new Recorder(store, RULES);
    for (const chunk of answer) expect(await again.record([chunk])).toMatchObject({ duplicates: 1 });
    expect(await messages()).toEqual([whole]);
    expect(await store.sessions.list({ workspaceIds: [1], limit: 10 })).toHaveLength(1);
  });

  test('are found by any of their messages, and answered by a reply to any of them', async () => {
    await recorder.record(answer);
    for (const { messageId } of answer) {
      expect(await store.entries.byMessage(messageId)).toMatchObject({ step: 1, message: whole });
    }
    await recorder.record([said(4, 'Thanks', { author: ana, replyToMessageId: answer[2].messageId })]);
    expect((await steps())[1]).toMatchObject({ responseTo: 1 });
  });

  test('hand work over when any of them does', async () => {
    const mention = { token: '<@201>', text: '@researcher', author: researcher };
    await recorder.record([answer[0], said(2, '<@201> please check', { mentions: [mention] })]);
    expect(await steps()).toMatchObject([
      { level: 'handoff', handoffTo: ['@researcher'], mentions: ['@researcher'] },
    ]);
    const [log] = await store.sessions.list({ workspaceIds: [1], limit: 1 });
    expect(log!.counts).toMatchObject({ steps: 1, handoffs: 1 });
  });
});

test('sampling keeps an answer as a whole, or none of it', async () => {
  const rules = { ...RULES, policy: { ...KEEP_ALL, sampling: { info: 0.5 } } };
  const sampled = new Recorder(store, rules);
  const kept = new Set<number>();
  for (let n = 10; n < 500; n += 10) {
    const chunks = [said(n, full('alpha')), said(n + 1, full('beta')), said(n + 2, 'gamma ends it')];
    kept.add((await sampled.record(chunks)).recorded);
  }
  expect([...kept].sort()).toEqual([0, 3]);
});

describe('what is no chunk', () => {
  test.each<[string, Observation]>([
    ['comes later', said(2, 'beta', { at: START + 9000 })],
    ['is of another bot', said(2, 'beta', { author: coder })],
    ['stands elsewhere', said(2, 'beta', { threadId: '77' })],
    ['is a card', said(2, '', { embeds: [{ title: 'beta', description: null, fields: [], footer: null }] })],
    ['reports data', said(2, '```worklog\n{"type":"decision","message":"beta"}\n```')],
  ])('is a step of its own when it %s', async (_, next) => {
    await recorder.record([answer[0], next]);
    const entries = await Promise.all(['2000001', '2000002'].map((id) => store.entries.byMessage(id)));
    expect(entries.map((entry) => entry?.message)).toEqual([full('alpha'), 'beta']);
  });

  test('is a step of its own when the answer is no step of this session any more', async () => {
    await recorder.record([answer[0]]);
    await store.sessions.close({ workspaceId: 1, threadId: null }, START + 150, 'command');
    await recorder.record([answer[1]]);
    expect(await messages()).toEqual([full('beta')]);
  });
});

describe('an edit of a chunk', () => {
  test.each([
    [1, [`${full('alpha')} and more`, full('beta'), 'gamma ends it']],
    [2, [full('alpha'), `${full('beta')} and more`, 'gamma ends it']],
    [3, [full('alpha'), full('beta'), 'gamma ends it and more']],
  ])('lets the right part of the text grow: message %i', async (n, texts) => {
    await recorder.record(answer);
    await recorder.record([edited(n, texts[n - 1]!, 60_000)]);
    expect(await messages()).toEqual([texts.join('\n')]);
    expect(await found('more')).toBe(1);
  });

  test('that says something else corrects the step, once', async () => {
    await recorder.record(answer);
    for (const _ of [1, 2]) await recorder.record([edited(3, 'delta ends it', 60_000)]);
    expect(await steps()).toMatchObject([
      { message: whole },
      {
        level: 'correction',
        responseTo: 1,
        details: { corrects: 1, before: 'gamma ends it', after: 'delta ends it' },
      },
    ]);
    expect(await recorder.record([answer[2]])).toMatchObject({ duplicates: 1 });
  });
});

describe('the deletion of a chunk', () => {
  test.each([
    [1, `${full('beta')}\ngamma ends it`, 'alpha'],
    [2, `${full('alpha')}\ngamma ends it`, 'beta'],
    [3, `${full('alpha')}\n${full('beta')}`, 'gamma'],
  ])('removes what it said and leaves the rest: message %i', async (n, rest, gone) => {
    await recorder.record(answer);
    await recorder.record([{ deleted: [answer[n - 1]!.messageId], at: START + 5000 }]);
    expect(await steps()).toMatchObject([{ step: 1, message: rest, deletedAt: null }]);
    expect(await found(gone)).toBe(0);
    expect(stored()).not.toContain(gone);
  });

  test('marks the step when nothing of it is left', async () => {
    await recorder.record(answer);
    await recorder.record([{ deleted: answer.map(({ messageId }) => messageId), at: START + 5000 }]);
    expect(await steps()).toMatchObject([{ message: '', deletedAt: START + 5000 }]);
    expect(stored()).not.toMatch(/alpha|beta|gamma/);
    for (const chunk of answer) expect(await recorder.record([chunk])).toMatchObject({ recorded: 0 });
  });
});

describe('a secret that was cut in two', () => {
  const token = `ghp_${'aB3dE5fG7h'.repeat(4).slice(0, 36)}`;
  const first = `${full('alpha', 1975)}\nToken: `;
  const head = first + token.slice(0, 2000 - first.length);
  const tail = `${token.slice(2000 - first.length)} is it`;

  test('is hidden where the two chunks meet', async () => {
    await recorder.record([said(1, head), said(2, tail)]);
    const [entry] = await steps();
    expect(entry!.message.slice(-60)).toMatch(/\[masked:[a-z-]+\] is it$/);
    expect(entry!.masked).toBe(1);
    expect(stored()).not.toContain(token.slice(10, 18));
  });

  test('is hidden when the two meet by edits', async () => {
    await recorder.record([said(1, full('alpha')), said(2, tail)]);
    await recorder.record([edited(1, head, 3000)]);
    expect((await messages())[0]).toMatch(/\[masked:[a-z-]+\] is it$/);
    await recorder.record([edited(2, tail, 4000), edited(1, head, 4500)]);
    expect(stored()).not.toContain(token);
  });
});

/** All that the database holds of what was said. */
function stored(): string {
  const rows = db.prepare('SELECT * FROM entries').all();
  return JSON.stringify([
    rows,
    db.prepare('SELECT * FROM chunks').all(),
    db.prepare('SELECT * FROM sessions').all(),
  ]);
}
