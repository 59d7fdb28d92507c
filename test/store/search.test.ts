import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SearchQuery, Store } from '../../src/store/store.ts';
import { RULES, START, ana, coder, mapping, memoryStore, nanobot, placed } from './support.ts';

let store: Store;

beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  await store.workspaces.map(mapping({ channelId: '11' }), START, null);
  const tool = { name: 'write_file', input: null, output: null, status: 'success', error: null } as const;
  await store.entries.append(
    [
      placed(1, { message: 'Found 2 security issues in rate_limiter.py' }),
      placed(2, { message: 'Rate limits: "NEAR" the OR gate (100/min) * ^ -' }),
      placed(3, { message: 'Decided', level: 'decision', author: nanobot, origin: 'reported' }),
      placed(4, { message: 'Émile says the info is in the issue', escalation: true }),
      placed(5, { message: 'wrote it', tool, author: coder }, { threadId: '77' }),
      placed(6, { message: 'security elsewhere' }, { workspaceId: 2 }),
      placed(7, { message: '👍 done', author: { key: '300', name: 'Excel Expert-2', kind: 'bot' } }),
    ],
    RULES,
  );
});

afterEach(() => store.close());

async function find(query: Partial<SearchQuery>): Promise<number[]> {
  const found = await store.entries.search({ workspaceId: 1, words: [], tags: [], limit: 10, ...query });
  return found.map(({ messageId }) => Number(messageId) - 1_000_000);
}

const QUERIES: [what: string, query: Partial<SearchQuery>, found: number[]][] = [
  ['one word', { words: ['security'] }, [1]],
  ['any of the words, the newest first', { words: ['security', 'rate', 'wrote'] }, [5, 2, 1]],
  ['the newest few', { words: ['security', 'rate', 'wrote'], limit: 2 }, [5, 2]],
  ['another workspace', { words: ['security'], workspaceId: 2 }, [6]],
  ['a workspace without entries', { words: ['security'], workspaceId: 3 }, []],
  ['another form of a word', { words: ['issue', 'limiting'] }, [4, 2, 1]],
  ['accents and case aside', { words: ['EMILE'] }, [4]],
  ['a word with punctuation', { words: ['rate_limiter.py'] }, [1]],
  ['a level', { tags: ['decision'] }, [3]],
  ['a word that is also the name of a level', { words: ['info'] }, [4]],
  ['an escalation', { tags: ['escalation'] }, [4]],
  ['a tool', { tags: ['write_file'] }, [5]],
  ['a bot, as people type it', { tags: ['@NanoBot'] }, [3]],
  ['a bot with a name of several words', { tags: ['excel expert-2'] }, [7]],
  ['a part of a bot’s name', { tags: ['excel'] }, []],
  ['a person, who is no tag', { tags: [ana.name] }, []],
  ['a tag as a word', { words: ['coder', 'write_file'] }, []],
  ['a word or a tag', { words: ['security'], tags: ['decision'] }, [3, 1]],
  ['a session', { words: ['issue', 'wrote', 'security'], sessionId: '1000005' }, [5]],
  ['a session of another workspace', { words: ['security'], sessionId: '1000006' }, []],
  ['a session that does not exist', { words: ['security'], sessionId: '404' }, []],
  ['nothing', {}, []],
  ['blanks', { words: ['', '   '], tags: ['', ' '] }, []],
];

test.each(QUERIES)('search for %s', async (_what, query, found) => {
  expect(await find(query)).toEqual(found);
});

const HOSTILE: [what: string, words: string[], found: number[]][] = [
  ['a quote', ['"'], []],
  ['syntax in one word', ['" OR NEAR('], []],
  ['syntax in several', ['"', 'OR', 'NEAR('], [2]],
  ['a function', ['NEAR(rate limits, 5)'], []],
  ['a star, a column and a caret', ['rate*', 'message:rate', '^rate'], [2, 1]],
  ['operators', ['-security', '+', '*', '^', '(', ')', ':'], [1]],
  ['an emoji', ['👍'], []],
  ['an emoji and a word', ['👍', 'done'], [7]],
  ['half an emoji, and NUL', ['\uD83D', 'done\0gate', 'gate\0'], [2]],
  ['the mark of tags', ['\uE000decision'], []],
  ['SQL', ["'; DROP TABLE entries --"], []],
  ['one very long word', ['x'.repeat(2000)], []],
  ['a thousand words', Array.from({ length: 1000 }, (_, n) => `w${n}`), []],
];

test.each(HOSTILE)('words are taken as text: %s', async (_what, words, found) => {
  expect(await find({ words })).toEqual(found);
  await expect(find({ tags: words })).resolves.toBeInstanceOf(Array);
});
