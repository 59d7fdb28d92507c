import type { Db } from './sqlite.ts';

/** What is durable already and not recorded yet, in the order it came. */
export interface JournalStore {
  /** Keeps a batch until it is taken out. Returns its number, which is higher than those before. */
  add(batch: Uint8Array, messages: number): Promise<number>;
  /** The numbers of the batches that are kept, the oldest first. */
  list(): Promise<number[]>;
  /** Null for one that is not there. */
  read(id: number): Promise<Uint8Array | null>;
  remove(id: number): Promise<void>;
}

export function createJournal(db: Db): JournalStore {
  const add = db.prepare<[number, Uint8Array]>('INSERT INTO journal (messages, batch) VALUES (?, ?)');
  const list = db.prepare<[], number>('SELECT id FROM journal ORDER BY id').pluck();
  const read = db.prepare<[number], Uint8Array>('SELECT batch FROM journal WHERE id = ?').pluck();
  const remove = db.prepare<[number]>('DELETE FROM journal WHERE id = ?');
  return {
    async add(batch, messages) {
      return Number(add.run(messages, batch).lastInsertRowid);
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
