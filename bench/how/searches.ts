import Database from 'better-sqlite3';
import { Reader } from '../../src/discord/reader.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { wordsOf } from '../../src/domain/words.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import type { Store } from '../../src/store/store.ts';
import { allowAll, fixed } from '../shared/open-to-all.ts';
import type { Recording } from './recording.ts';

/** A way to find the steps of a workspace that answer a question: the ids of their messages, best first. */
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

/**
 * FTS5's own ranking of the steps that have any of the question's words, by the tokenizer of the bot's index. Each workspace has a
 * table of its own, so that a word's rarity is that among the steps to choose from.
 */
export async function bm25Search(recording: Recording): Promise<Search> {
  const db = new Database(':memory:');
  for (const { workspace } of recording.recorded) {
    const table = `steps_${workspace.id}`;
    db.exec(
      `CREATE VIRTUAL TABLE ${table} USING fts5 (message, id UNINDEXED, tokenize = 'porter unicode61')`,
    );
    const insert = db.prepare(`INSERT INTO ${table} (message, id) VALUES (?, ?)`);
    for (const { message, messageId } of await entriesOf(recording.backend.store, workspace)) {
      insert.run(message, messageId);
    }
  }
  return async (question, { id }) => {
    const match = wordsOf(question)
      .map((word) => `"${word}"`)
      .join(' OR ');
    if (match === '') return [];
    const table = `steps_${id}`;
    const found = db
      .prepare<[string], { id: string }>(
        `SELECT id FROM ${table} WHERE ${table} MATCH ? ORDER BY bm25(${table})`,
      )
      .all(match);
    return found.map((row) => row.id);
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
