import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Author } from '../../src/domain/author.ts';
import { batchOf } from '../../src/recorder/batch.ts';
import { Journal } from '../../src/recorder/journal.ts';
import type { Observation, Observed } from '../../src/recorder/observation.ts';
import { Recorder } from '../../src/recorder/recorder.ts';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { Db } from '../../src/store/sqlite.ts';
import { RULES, START, mapping, memoryStore } from '../store/support.ts';
import { observation } from './support.ts';

const nanobot: Author = { key: '300', name: 'nanobot', kind: 'bot' };
const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

let store: Store;
let db: Db;
let recorder: Recorder;
let journal: Journal;
let turn: number;
beforeEach(async () => {
  ({ store, db } = memoryStore());
  const workspace = await store.workspaces.map(mapping(), START, null);
  recorder = new Recorder(store, RULES);
  recorder.place(workspace);
  journal = new Journal(store.journal, recorder);
  turn = 0;
});
afterEach(() => store.close());

function said(id: number, content: string, extra: Partial<Observation> = {}): Observation {
  const [messageId, at] = [String(2_000_000 + id), START + id * 1000];
  return observation({ messageId, author: nanobot, at, content, ...extra });
}

async function messages(of = store) {
  const logs = await of.sessions.list({ workspaceIds: [1], limit: 10 });
  const pages = logs.map(({ sessionId }) => of.entries.page({ sessionId }, 0, 100));
  return (await Promise.all(pages)).flatMap(({ entries }) => entries.map(({ message }) => message));
}

const note = (...observed: Observed[]) => journal.note(turn++, batchOf(observed));
const noted = async () =>
  Promise.all(
    (await store.journal.list()).map(async ({ id }) =>
      Buffer.from((await store.journal.read(id))!).toString(),
    ),
  );

test('what is noted becomes steps in its order, as if it had been recorded at once', async () => {
  const block = '```worklog\n{"level":"decision","message":"blue","confidence":0.4}\n```';
  await note(said(1, 'first'), said(2, block));
  await note(said(3, 'third'), { deleted: ['2000001'], at: START });
  expect(await messages()).toEqual([]);
  await journal.recordNext();
  expect(await messages()).toEqual(['first', 'blue']);
  await journal.recordAll();
  expect(await messages()).toEqual(['', 'blue', 'third']);
  expect(await store.journal.list()).toEqual([]);
});

test('what is given twice is recorded once', async () => {
  await note(said(1, 'first'));
  await note(said(1, 'first'), said(2, 'second'));
  await journal.recordAll();
  expect(await messages()).toEqual(['first', 'second']);
});

test('a batch is noted in its turn, and once', async () => {
  const observed = (id: number, content: string) => batchOf([said(id, content)]);
  await expect(journal.note(1, observed(2, 'second'))).rejects.toThrow(/not noted yet/);
  await journal.note(0, observed(1, 'first'));
  await journal.note(0, observed(1, 'first'));
  await journal.note(1, observed(2, 'second'));
  expect(await noted()).toHaveLength(2);
});

test('a note holds no secret, wherever it stands, and while the process lives the message is read as it came', async () => {
  const block = `\`\`\`worklog\n{"message":"x","details":{"password":"correct horse battery"}}\n\`\`\``;
  const embed = {
    title: null,
    description: TOKEN,
    fields: [{ name: 'password', value: 'Tr0ub4dor&3x' }],
    footer: null,
  };
  const webhook: Author = { key: `webhook:${TOKEN}`, name: TOKEN, kind: 'persona' };
  await note(
    said(1, `the key is ${TOKEN}`),
    said(2, block),
    said(3, '', { embeds: [embed], componentTexts: [TOKEN], attachments: [`${TOKEN}.txt`] }),
    said(4, 'hello <@7>', {
      author: webhook,
      mentions: [{ token: '<@7>', text: `@${TOKEN}`, author: null }],
    }),
  );
  const text = (await noted()).join('');
  for (const secret of [TOKEN, 'correct horse battery', 'Tr0ub4dor&3x']) expect(text).not.toContain(secret);
  await journal.recordAll();
  const all = await messages();
  expect(all[0]).toBe('the key is [masked:github-token]');
  expect(all[1]).toBe('x');
  expect(all[3]).toBe('hello @[masked:github-token]');
});

test('a note says nothing of who opted out, nor what they are called', async () => {
  const ana: Author = { key: '77', name: 'Ana Example', kind: 'person' };
  recorder.knowOptedOut({ guildId: mapping().guildId, userId: ana.key, names: [] });
  await note(said(1, 'my own words here', { author: ana, optedOut: { names: ['Ana Example'] } }));
  await note(said(2, 'Ana Example said so'));
  for (const text of await noted()) {
    expect(text).not.toContain('Ana');
    expect(text).not.toContain('own words');
    expect(text).not.toContain('77');
  }
});

test('a message that cannot be read does not hold up the others, and is named whoever has all recorded', async () => {
  const unforeseen = { messageId: '13', workspaceId: 1, author: nanobot } as Observation;
  await note(said(1, 'first'), unforeseen, said(2, `the key is ${TOKEN}`));
  expect((await noted()).join('')).not.toContain(TOKEN);
  await journal.recordAll();
  const { unreadable } = await journal.recordNext();
  expect(unreadable.map(({ ids }) => ids)).toEqual([['13']]);
  expect(await messages()).toEqual(['first', 'the key is [masked:github-token]']);
  expect(await journal.recordNext()).toEqual({ unreadable: [] });
});

test('a message that could not be noted is told of after a crash too', async () => {
  const unforeseen = { messageId: '13', workspaceId: 1, author: nanobot } as Observation;
  await note(said(1, 'first'), unforeseen, said(2, 'second'));
  const { unreadable } = await new Journal(store.journal, new Recorder(store, RULES)).recover();
  expect(unreadable).toEqual([{ ids: [], reason: 'Of note 1 only 2 of 3 messages can be read.' }]);
  expect(await messages()).toEqual(['first', 'second']);
});

test('what is lost of a note is told of, and does not hold up the rest', async () => {
  const damage = db.prepare<[string, number]>('UPDATE journal SET batch = CAST(? AS BLOB) WHERE id = ?');
  const line = (id: number, content: string) => JSON.stringify(said(id, content));
  await note(said(1, 'first'), said(2, 'second'), said(3, 'third'));
  damage.run(`${line(1, 'first')}\n${line(2, 'sec').slice(0, -9)}\n${line(3, 'third')}\n`, 1);
  await note(said(4, 'fourth'), said(5, 'fifth'));
  damage.run(`${line(4, 'fourth')}\n${line(5, 'fifth').slice(0, 20)}`, 2);
  await note(said(6, 'sixth'));
  damage.run('', 3);
  await note(said(7, 'seventh'));
  await store.journal.remove(4);
  await note(said(8, 'eighth'));
  await journal.recordAll();
  const { unreadable } = await journal.recordNext();
  expect(unreadable).toEqual([
    { ids: [], reason: 'Of note 1 only 2 of 3 messages can be read.' },
    { ids: [], reason: 'Of note 2 only 1 of 2 messages can be read.' },
    { ids: [], reason: 'Of note 3 only 0 of 1 messages can be read.' },
    { ids: [], reason: 'Of note 4 only 0 of 1 messages can be read.' },
  ]);
  expect(await messages()).toEqual(['first', 'third', 'fourth', 'eighth']);
  expect(await store.journal.list()).toEqual([]);
});

test('what was noted before a crash is recorded by the next process, secrets masked, and its bytes are gone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'journal-'));
  const path = join(dir, 'work-logs.db');
  try {
    const first = await openTestStore({ path });
    await first.workspaces.map(mapping(), START, null);
    const noting = new Journal(first.journal, new Recorder(first, RULES));
    await noting.note(0, batchOf([said(1, `the key is ${TOKEN}`), said(2, 'quite unusual words')]));
    const files = () => readdirSync(dir).map((name) => readFileSync(join(dir, name)).toString('latin1'));
    expect(files().join('')).toContain('quite unusual words');
    expect(files().join('')).not.toContain(TOKEN);
    await first.close();

    const second = await openTestStore({ path });
    const recovering = new Journal(second.journal, new Recorder(second, RULES));
    expect(await recovering.recover()).toEqual({ unreadable: [] });
    expect(await messages(second)).toEqual(['the key is [masked:github-token]', 'quite unusual words']);
    await second.entries.erase(['2000002'], START);
    await second.close();
    expect(files().join('')).not.toContain('quite unusual words');
  } finally {
    rmSync(dir, { recursive: true });
  }
});
