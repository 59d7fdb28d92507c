import type { Db } from './sqlite.ts';

/** One message of an answer that was posted in several. */
export interface Chunk {
  messageId: string;
  /** The id of the answer's entry. */
  entry: number;
  /** 0 for the message that the entry is known by, then 1, 2, 3 … */
  n: number;
  /** ms UTC. */
  at: number;
  /** Starts with a line break where one stands between it and the one before. Empty once it was deleted. */
  text: string;
  masked: number;
  deletedAt: number | null;
}

const COLUMNS = 'message_id AS messageId, entry, n, at, text, masked, deleted_at AS deletedAt';

/** The rows of chunks. Used inside the transactions that change their entries. */
export class Chunks {
  /** The highest id of a message that is a chunk; messages that come now have higher ones. */
  #newest: string;
  readonly #find;
  readonly #of;
  readonly #add;
  readonly #update;
  readonly #forget;

  constructor(db: Db) {
    this.#find = db.prepare<[string], Chunk>(`SELECT ${COLUMNS} FROM chunks WHERE message_id = ?`);
    this.#of = db.prepare<[number], Chunk>(
      `SELECT ${COLUMNS} FROM chunks WHERE entry = CAST(? AS INTEGER) ORDER BY n`,
    );
    this.#add = db.prepare<[Chunk]>(`
      INSERT INTO chunks VALUES (:messageId, CAST(:entry AS INTEGER), :n, :at, :text, :masked, :deletedAt)`);
    this.#update = db.prepare<[string, number, string]>(
      'UPDATE chunks SET text = ?, masked = ? WHERE message_id = ?',
    );
    this.#forget = db.prepare<[number, string]>(
      "UPDATE chunks SET text = '', masked = 0, deleted_at = ? WHERE message_id = ? AND deleted_at IS NULL",
    );
    const newest = db
      .prepare<[], string>(
        'SELECT message_id FROM chunks ORDER BY length(message_id) DESC, message_id DESC LIMIT 1',
      )
      .pluck();
    this.#newest = newest.get() ?? '';
  }

  /** Costs nothing for a message that is newer than every chunk. */
  find(messageId: string): Chunk | undefined {
    return isNewer(messageId, this.#newest) ? undefined : this.#find.get(messageId);
  }

  /** All chunks of an entry in their order; none when it was posted in one message. */
  of(entry: number): Chunk[] {
    return this.#of.all(entry);
  }

  add(chunk: Chunk): void {
    this.#add.run(chunk);
    if (isNewer(chunk.messageId, this.#newest)) this.#newest = chunk.messageId;
  }

  say(messageId: string, text: string, masked: number): void {
    this.#update.run(text, masked, messageId);
  }

  forget(messageId: string, at: number): void {
    this.#forget.run(at, messageId);
  }
}

/** Ids of Discord grow with time; they are decimal numbers without leading zeros. */
function isNewer(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}
