import type { Db } from './sqlite.ts';

/** A batch that is kept. */
export interface KeptBatch {
  /** Higher than those of the batches before. */
  id: number;
  /** How many it was given as. */
  messages: number;
}

/** What is durable already and not recorded yet, in the order it came. */
export interface JournalStore {
  /** Keeps a batch until it is taken out. */
  add(batch: Uint8Array, messages: number): Promise<KeptBatch>;
  /** What is kept, the oldest first. */
  list(): Promise<KeptBatch[]>;
  /** Null for one that is not there. */
  read(id: number): Promise<Uint8Array | null>;
  remove(id: number): Promise<void>;
}

export function createJournal(db: Db): JournalStore {
  const add = db.prepare<[number, Uint8Array]>('INSERT INTO journal (messages, batch) VALUES (?, ?)');
  const list = db.prepare<[], KeptBatch>('SELECT id, messages FROM journal ORDER BY id');
  const read = db.prepare<[number], Uint8Array>('SELECT batch FROM journal WHERE id = ?').pluck();
  const remove = db.prepare<[number]>('DELETE FROM journal WHERE id = ?');
  return {
    async add(batch, messages) {
      return { id: Number(add.run(messages, batch).lastInsertRowid), messages };
    },
    async list() {
      return list.all();
    },
    async read(id) {
      return read.get(id) ?? null;
    },
    async remove(id) {
      remove.run(id);
    },
  };
}
