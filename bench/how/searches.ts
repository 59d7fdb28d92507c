import Database from 'better-sqlite3';
import { Reader } from '../../src/discord/reader.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { wordsOf } from '../../src/domain/words.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import type { Store } from '../../src/store/store.ts';
import { allowAll, fixed } from '../shared/open-to-all.ts';
import type { Recording } from './recording.ts';

/** A way to find the steps of a workspace that answer a question: the ids of their entries, best first. */
export type Search = (question: string, workspace: Workspace) => Promise<string[]>;

/** Longer than any workspace here: all answers, where a person sees the first five. */
const ALL = 100_000;
const PAGE = 1000;

/** What `/how` answers to someone who may read everything. */
export function howSearch({ backend: { store }, recorded }: Recording): Search {
  const workspaces = recorded.map(({ workspace }) => workspace);
  const app = { store, access: allowAll(workspaces), workspaces: fixed(workspaces) };
  return async (question, workspace) => {
    const reader = new Reader(app, { guildId: workspace.guildId, userId: '1' });
    const { hits } = await reader.ask(question, [workspace], ALL);
    return hits.map(({ entry }) => entry.messageId);
  };
}

/** FTS5's own ranking of the steps that have any of the question's words, by the tokenizer of the bot's index. */
export async function bm25Search({ backend: { store }, recorded }: Recording): Promise<Search> {
  const db = new Database(':memory:');
  db.exec(`
    CREATE VIRTUAL TABLE steps USING fts5 (
      message, id UNINDEXED, workspace UNINDEXED, tokenize = 'porter unicode61')`);
  const insert = db.prepare('INSERT INTO steps (message, id, workspace) VALUES (?, ?, ?)');
  for (const { workspace } of recorded) {
    for (const { message, messageId } of await entriesOf(store, workspace)) {
      insert.run(message, messageId, workspace.id);
    }
  }
  const find = db.prepare<[string, number], { id: string }>(
    'SELECT id FROM steps WHERE steps MATCH ? AND workspace = ? ORDER BY bm25(steps)',
  );
  return async (question, workspace) => {
    const anyWord = wordsOf(question).map((word) => `"${word}"`);
    return anyWord.length === 0 ? [] : find.all(anyWord.join(' OR '), workspace.id).map(({ id }) => id);
  };
}

/** The steps that hold the whole question as it was typed, in any case, the oldest first. */
export function substringSearch({ backend: { store } }: Recording): Search {
  return async (question, workspace) => {
    const entries = await entriesOf(store, workspace);
    const typed = question.toLowerCase();
    return entries
      .filter(({ message }) => message.toLowerCase().includes(typed))
      .map(({ messageId }) => messageId);
  };
}

async function entriesOf({ sessions, entries }: Store, workspace: Workspace): Promise<Entry[]> {
  const logs = await sessions.list({ workspaceIds: [workspace.id], limit: ALL });
  const all: Entry[] = [];
  for (const { sessionId } of logs.toReversed()) {
    for (let offset = 0; ; offset += PAGE) {
      const page = await entries.page({ sessionId }, offset, PAGE);
      all.push(...page.entries);
      if (offset + PAGE >= page.total) break;
    }
  }
  return all;
}
