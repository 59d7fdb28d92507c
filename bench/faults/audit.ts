import Database from 'better-sqlite3';
import type { Ledger, Posted } from './ledger.ts';

/** What a recording and the truth have that they should not: ids of messages, or words for people. */
export interface Findings {
  /** Neither recorded nor in a gap that is told of. */
  lost: string[];
  doubled: string[];
  /** Recorded, but not as it reads now. */
  stale: string[];
  /** Not recorded, and lying in a gap that is told of. */
  inGaps: string[];
  /** Sessions with a step that is missing or there twice, or miscounted; decisions likewise; and what SQLite says of a damaged file. */
  broken: string[];
}

export interface Reminded {
  due: number;
  sent: number;
}

/** Reads the database of a running bot and compares it with the truth. */
export class Audit {
  readonly #db: Database.Database;
  readonly #dbPath: string;
  readonly #ledger: Ledger;

  readonly #parentOf: (channelId: string) => string;
  /** What was deleted before anything of it was recorded: the bot may hear of both later. */
  readonly #unheard = new Set<Posted>();

  /** `parentOf` names the channel that a channel or thread belongs to. */
  constructor(dbPath: string, ledger: Ledger, parentOf: (channelId: string) => string) {
    this.#dbPath = dbPath;
    this.#db = open(dbPath);
    this.#ledger = ledger;
    this.#parentOf = parentOf;
  }

  close(): void {
    this.#db.close();
  }

  /** Those of which it is not recorded yet how they are now. Cheap: only what is news is looked at. */
  pending(): Posted[] {
    const says = this.#db.prepare<[Record<string, string>], SaidRow>(SAID);
    const saidOf = ({ id }: Posted) => says.all({ id });
    const heard = [...this.#unheard].filter((posted) => !isForgotten(saidOf(posted)));
    const news = this.#ledger.news().filter((posted) => {
      const rows = saidOf(posted);
      const isSettled = posted.isDeleted ? isForgotten(rows) : isAsSaid(posted, rows);
      if (!isSettled && (rows.length > 0 || !this.#isInGap(posted))) return true;
      this.#ledger.settle(posted);
      if (rows.length === 0 && posted.isDeleted) this.#unheard.add(posted);
      return false;
    });
    return [...news, ...heard];
  }

  /** Looks at everything; nothing is news any more. */
  findings(): Findings {
    const rows = this.#said();
    const findings: Findings = { lost: [], doubled: [], stale: [], inGaps: [], broken: this.#broken() };
    for (const posted of this.#ledger.all()) {
      const { id, parts, isDeleted } = posted;
      const said = rows.get(id) ?? [];
      if (said.filter(isFirstSaid).length > parts) findings.doubled.push(id);
      this.#ledger.settle(posted);
      if (said.length === 0 && isDeleted) continue;
      if (said.length === 0) (this.#isInGap(posted) ? findings.inGaps : findings.lost).push(id);
      else if (isDeleted ? !isForgotten(said) : !isAsSaid(posted, said))
        findings.stale.push(staleness(posted, said));
    }
    for (const id of rows.keys()) if (!this.#ledger.get(id)) findings.doubled.push(id);
    return findings;
  }

  /** How many messages the bot is yet to post or edit at this moment. */
  toBePosted(): number {
    return this.#db
      .prepare<[number], number>(TO_BE_POSTED)
      .pluck()
      .get(Date.now() + BACKED_OFF_MS)!;
  }

  /** How many reminders of each escalation, by its key, people were to get, and how many they got as far as the bot knows. */
  reminded(): Map<string, Reminded> {
    const rows = this.#db.prepare<[], Reminded & { key: string }>(REMINDED).all();
    return new Map(rows.map(({ key, ...times }) => [key, times]));
  }

  #said(): Map<string, SaidRow[]> {
    const rows = new Map<string, SaidRow[]>();
    for (const row of this.#db.prepare<[], SaidRow>(ALL_SAID).iterate()) {
      const known = rows.get(row.messageId);
      if (known) known.push(row);
      else rows.set(row.messageId, [row]);
    }
    return rows;
  }

  #isInGap({ id, channelId }: Posted): boolean {
    const at = Number((BigInt(id) >> 22n) + DISCORD_EPOCH);
    const workspaceChannelId = this.#parentOf(channelId);
    return this.#db.prepare(GAP).get({ at, channelId, workspaceChannelId }) !== undefined;
  }

  #broken(): string[] {
    const ask = (sql: string) => this.#db.prepare<[], string>(sql).pluck().all();
    return [...damageOf(this.#dbPath), ...ask(BROKEN_SESSIONS), ...ask(BROKEN_DECISIONS)];
  }
}

function open(dbPath: string): Database.Database {
  return new Database(dbPath, { readonly: true, fileMustExist: true });
}

/** On a connection of its own: FTS5 checks a file that was written meanwhile against what the connection knew of it before. */
function damageOf(dbPath: string): string[] {
  const db = open(dbPath);
  const says = db.pragma('integrity_check') as { integrity_check: string }[];
  db.close();
  return says.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}

/** A step that a message became, or the part of an answer in several messages that it is. */
interface SaidRow {
  messageId: string;
  part: number;
  text: string;
  isDeleted: number;
}

/** What an edit has added has part numbers from here on. */
const LATER_PARTS = 1000;
/** https://docs.discord.com/developers/reference#snowflakes */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** What it should say, and how what it says ends, for whoever looks for the cause. */
function staleness({ id, word, isDeleted }: Posted, rows: readonly SaidRow[]): string {
  const ends = rows.map(({ part, text }) => `${part}: …${text.slice(-ENDS)}`);
  return `${id} ${isDeleted ? 'is deleted' : `says ${word}`}; recorded ${ends.join(' | ')}`;
}

const ENDS = 60;

function isFirstSaid({ part }: SaidRow): boolean {
  return part < LATER_PARTS;
}

function isForgotten(rows: readonly SaidRow[]): boolean {
  return rows.every(({ isDeleted, text }) => isDeleted === 1 && text === '');
}

function isAsSaid({ parts, word }: Posted, rows: readonly SaidRow[]): boolean {
  return rows.filter(isFirstSaid).length >= parts && rows.some(({ text }) => text.includes(word));
}

/**
 * A message that goes on with another is no step of its own. What people told the bot by its own buttons is a step, but no message: its
 * id is the interaction's.
 */
const ALL_SAID = `
  SELECT message_id AS messageId, part, message AS text, deleted_at IS NOT NULL AS isDeleted
  FROM entries WHERE NOT (category = 'escalation' AND level = 'decision')
  UNION ALL
  SELECT message_id, n, text, deleted_at IS NOT NULL FROM chunks WHERE n > 0`;
const SAID = `SELECT * FROM (${ALL_SAID}) WHERE messageId = :id`;

const GAP = `
  SELECT 1 FROM gaps g JOIN workspaces w ON w.id = g.workspace_id
  WHERE g.from_at <= :at AND (g.to_at IS NULL OR g.to_at >= :at)
    AND (g.thread_id = :channelId OR (g.thread_id IS NULL AND w.channel_id = :channelId)
      OR (g.whole AND w.channel_id = :workspaceChannelId))`;

/** Decisions that are not there, or more than once, as steps of the person who made them. */
const BROKEN_DECISIONS = `
  SELECT 'escalation ' || x.id || ' (' || x.state || '): ' || count(e.id) || ' decisions'
  FROM escalations x LEFT JOIN entries e
    ON e.session = x.session AND e.category = 'escalation' AND e.level = 'decision' AND e.details ->> 'escalation' = x.id
  GROUP BY x.id HAVING count(e.id) <> (x.decision IS NOT NULL)`;

/** What failed is tried again within so long; what waits for longer waits for its time. */
const BACKED_OFF_MS = 5 * 60_000;

const TO_BE_POSTED = 'SELECT count(*) FROM outbox WHERE due_at <= ?';

const REMINDED = `
  SELECT e.dedupe_key AS key, count(*) AS due, count(o.sent_at) AS sent
  FROM outbox o JOIN escalations e ON e.id = o.subject ->> 'id'
  WHERE o.subject ->> 'kind' = 'escalation-reminder' AND o.error IS NULL
  GROUP BY e.id`;

const BROKEN_SESSIONS = `
  SELECT 'session ' || s.session_id || ': ' || s.steps || ' steps, ' || count(e.id) || ' rows up to ' || max(e.step)
  FROM sessions s LEFT JOIN entries e ON e.session = s.id
  GROUP BY s.id HAVING count(e.id) <> s.steps OR max(e.step) <> s.steps OR min(e.step) <> 1`;
