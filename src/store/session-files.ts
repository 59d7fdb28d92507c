import type { Db } from './sqlite.ts';

/** A session whose file does not say what the session says, or is still there although the session is not. */
export interface OutdatedFile {
  id: number;
  /** Null: there is no such session any more, so there is to be no file. */
  sessionId: string | null;
  /** Of the file that there may be; null: there is none. */
  name: string | null;
  /** How many changes the session has seen so far. */
  changes: number;
  /** How often writing has failed since the last time that it did not. */
  attempts: number;
}

/** Which ended sessions have to be written into files. Whatever changes a session makes its file outdated in the same transaction. */
export interface SessionFileStore {
  /** Those that have failed least often first. Without `begin`, only those that have a file already. */
  outdated(query: { now: number; begin: boolean; limit: number }): Promise<OutdatedFile[]>;
  /** Notes what the file will be called, before it is there. False when the session has gone meanwhile. */
  name(id: number, fileName: string): Promise<boolean>;
  /** The file says what the session said after these changes; it stays outdated when there were more since. */
  written(file: OutdatedFile): Promise<void>;
  /** The file is gone, as the session is. */
  removed(file: OutdatedFile): Promise<void>;
  /** Counts a failure. None that is outdated now is tried before `retryAt`: the disk is the same for all. */
  failed(file: OutdatedFile, retryAt: number): Promise<void>;
}

type Values = Record<string, number | string>;

/** Those without a file come last in the index, so that where none is to be begun they are never looked at. */
const OUTDATED = `
  SELECT f.session AS id, s.session_id AS sessionId, f.name, f.changes, f.attempts
  FROM session_files f LEFT JOIN sessions s ON s.id = f.session AND s.ended_at IS NOT NULL
  WHERE f.changes > f.written AND (f.name IS NULL) <= :begin AND f.due_at <= :now
  ORDER BY f.attempts, f.session LIMIT :limit`;

/** The triggers of the table's migration note what changes; here is read what that asks for, and noted what was done. */
export function createSessionFiles(db: Db): SessionFileStore {
  const outdated = db.prepare<[Values], OutdatedFile>(OUTDATED);
  const name = db.prepare<[string, number]>('UPDATE session_files SET name = ? WHERE session = ?');
  const written = db.prepare<[number, number]>(
    'UPDATE session_files SET written = ?, attempts = 0, due_at = 0 WHERE session = ?',
  );
  const removed = db.prepare<[number, number]>('DELETE FROM session_files WHERE session = ? AND changes = ?');
  const failed = db.prepare<[number]>('UPDATE session_files SET attempts = attempts + 1 WHERE session = ?');
  const postpone = db.prepare<[number]>('UPDATE session_files SET due_at = ? WHERE changes > written');
  const fail = db.transaction((id: number, retryAt: number) => {
    failed.run(id);
    postpone.run(retryAt);
  });
  return {
    async outdated({ now, begin, limit }) {
      return outdated.all({ now, begin: Number(begin), limit });
    },
    async name(id, fileName) {
      return name.run(fileName, id).changes > 0;
    },
    async written({ id, changes }) {
      written.run(changes, id);
    },
    async removed({ id, changes }) {
      removed.run(id, changes);
    },
    async failed({ id }, retryAt) {
      fail.immediate(id, retryAt);
    },
  };
}
