import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Author } from '../../src/domain/author.ts';
import { QUOTED } from '../../src/domain/quotes.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { Recorder } from '../../src/recorder/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { RULES, START, mapping, memoryStore } from '../store/support.ts';
import { observation } from './support.ts';

const coder: Author = { key: '300', name: 'coder', kind: 'bot' };
const ALEX = '1099000000000000001';

let store: Store;
let recorder: Recorder;
let guildId: string;
beforeEach(async () => {
  ({ store } = memoryStore());
  const workspace = await store.workspaces.map(mapping(), START, null);
  guildId = workspace.guildId;
  recorder = new Recorder(store, RULES);
  recorder.place(workspace);
});
afterEach(() => store.close());

let messages = 0;

/** What is recorded of a message. */
async function recorded(author: Author, content: string, extra: Partial<Observation> = {}) {
  messages += 1;
  const [messageId, at] = [String(2_000_000 + messages), START + messages * 1000];
  await recorder.record([observation({ messageId, author, at, content, ...extra })]);
  return (await store.entries.byMessage(messageId))!;
}

test('somebody else who is called like a person who opted out keeps what they said as theirs', async () => {
  recorder.knowOptedOut({ guildId, userId: ALEX, names: ['Alex'] });
  const other: Author = { key: '1099000000000000002', name: 'Alex', kind: 'person' };
  expect((await recorded(other, 'I decide')).author).toEqual(other);
  const theirs: Author = { key: ALEX, name: 'Alex', kind: 'person' };
  expect((await recorded(theirs, 'said before')).author.key).toBe('opted-out');
});

test.each([
  ['general', 'hello'],
  ['coordination', '```worklog\n{"message": "who does what", "category": "coordination"}\n```'],
])('a step is of the category %s also where somebody is called so', async (category, content) => {
  recorder.knowOptedOut({ guildId, userId: ALEX, names: [category] });
  expect((await recorded(coder, content)).category).toBe(category);
});

test('who opts out and in again is called by name then, under each name they had meanwhile', async () => {
  recorder.knowOptedOut({ guildId, userId: ALEX, names: ['Alex'] });
  expect((await recorded(coder, 'Alex and Lex agree')).message).toBe('someone and Lex agree');
  recorder.knowOptedOut({ guildId, userId: ALEX, names: ['Alex', 'Lex'] });
  expect((await recorded(coder, 'Alex and Lex agree')).message).toBe('someone and someone agree');
  recorder.letGoOptedOut({ guildId, userId: ALEX });
  expect((await recorded(coder, 'Alex and Lex agree')).message).toBe('Alex and Lex agree');
});

test('what was said before they opted in, and is recorded only then, hides nothing later', async () => {
  recorder.knowOptedOut({ guildId, userId: ALEX, names: ['Alex'] });
  recorder.letGoOptedOut({ guildId, userId: ALEX });
  const alex: Author = { key: ALEX, name: 'Alex', kind: 'person' };
  const late = await recorded(alex, 'my secret plan is this', { optedOut: { names: ['Alex'] } });
  expect(late.author.key).toBe('opted-out');
  expect((await recorded(alex, 'hello')).author).toEqual(alex);
  expect((await recorded(coder, 'Alex agrees')).message).toBe('Alex agrees');
});

test('of all that they said, their latest 250 messages are known again, and the oldest are let go', async () => {
  const alex: Author = { key: ALEX, name: 'Alex', kind: 'person' };
  const word = (n: number) => `secret${n} plan${n} number${n} of${n} mine${n}`;
  for (let n = 1; n <= 501; n += 1) await recorded(alex, word(n), { optedOut: { names: ['Alex'] } });
  const quoted = async (n: number) => (await recorded(coder, `It said ${word(n)}, so there`)).message;
  for (const n of [252, 400, 501]) expect(await quoted(n)).toBe(`It said ${QUOTED}, so there`);
  expect(await quoted(1)).toContain(word(1));
});

test('what programs report calls them by no name either, and an agent that is called so keeps its own', async () => {
  recorder.knowOptedOut({ guildId, userId: ALEX, names: ['Alex'] });
  const author: Author = { key: '900:Alex', name: 'Alex', kind: 'persona' };
  const from = { workspaceId: 1, threadId: null, privateThread: false, conversation: null, author };
  const entry = { message: 'Alex asked for it', category: 'Alex', tool_name: 'Alex' };
  const [outcome] = await recorder.report([{ id: 'a1', from, at: START, messageId: null, entry }]);
  const { entries } = await store.entries.page({ sessionId: outcome!.sessionId! }, 0, 1);
  expect(entries[0]).toMatchObject({
    author,
    message: 'someone asked for it',
    category: 'someone',
    tool: { name: 'someone' },
  });
});
