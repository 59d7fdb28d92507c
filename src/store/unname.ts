import type { Author } from '../domain/author.ts';
import { nameless, namelessIn } from '../domain/person-names.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import type { Forget, Forgetting } from './forget.ts';
import type { Revise } from './revise.ts';
import type { Db } from './sqlite.ts';

/** How many rows of a table are looked through before it is asked whether there is time for more. */
const ROWS = 100;
/** How many of them are written at most. */
const WRITTEN = 10;

type Passing = Pick<Forgetting, 'names' | 'askedAt'>;

/** One table, or what is told of its rows. */
interface Pass {
  /** The last of the next {@link ROWS} rows after that one; null when there is none. */
  upTo(after: number): number | null;
  /** Takes the names off those after the one, up to the other. Returns up to which that is done. */
  unname(person: Passing, after: number, upTo: number): number;
}

/** Takes the names of somebody who is forgotten off all that others said before: what they wrote, ran, asked and handed over. */
export function prepareUnname(db: Db, writeAnew: Revise['writeAnew']): Forget {
  const passes = [
    entriesPass(db, writeAnew),
    textsPass(db, { table: 'sessions', at: 'started_at', texts: ['query', 'final_output', 'summary'] }),
    // What waits is asked anew by its step; this is for what is over.
    textsPass(db, {
      table: 'escalations',
      at: 'raised_at',
      texts: ['reason', 'default_option', 'remark'],
      data: ['options', 'decision'],
      clear: ['same_key'],
      only: 'closed_at IS NOT NULL',
    }),
    textsPass(db, { table: 'artifacts', at: 'created_at', texts: [], data: ['content'] }),
    // The messages of an answer that was posted in several.
    textsPass(db, { table: 'chunks', at: 'at', texts: ['text'] }),
    textsPass(db, {
      table: 'insights',
      at: 'created_at',
      texts: ['content'],
      clear: ['same_key'],
      empty: ['about', 'denies'],
    }),
    reasonsPass(db, { table: 'insight_events', of: 'insight', parents: 'insights' }),
    reasonsPass(db, { table: 'escalation_events', of: 'escalation', parents: 'escalations' }),
  ];
  return ({ looked, ...person }, hasRoom) => {
    for (; looked.passes < passes.length; looked.passes += 1, looked.row = 0) {
      const pass = passes[looked.passes]!;
      for (let upTo = pass.upTo(looked.row); upTo !== null; upTo = pass.upTo(looked.row)) {
        if (!hasRoom()) return true;
        looked.row = pass.unname(person, looked.row, upTo);
      }
    }
    return false;
  };
}

function entriesPass(db: Db, writeAnew: Revise['writeAnew']): Pass {
  const naming = db.prepare<[Range], EntryRow & { id: number; session: number }>(`
    SELECT e.id, e.session, ${ENTRY_COLUMNS}
    FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
    WHERE ${rangeOf('e', 'at')} AND e.deleted_at IS NULL AND ${holdsName(['e.message', 'e.tool', 'e.details', 'e.triggered_by'])}
    ORDER BY e.id LIMIT ${WRITTEN}`);
  return {
    upTo: upToOf(db, 'entries'),
    unname(person, after, upTo) {
      const rows = naming.all(range(person, after, upTo));
      for (const row of rows) {
        const entry = toEntry(row);
        const mentions = row.mentions === null ? [] : (JSON.parse(row.mentions) as Author[]);
        const { message, tool, details, triggeredBy } = entry;
        const said = { message, tool, details };
        const without = namelessIn(said, person.names);
        const isCause = nameless(triggeredBy, person.names) !== triggeredBy;
        if (!isCause && JSON.stringify(without) === JSON.stringify(said)) continue;
        const rest = { ...entry, ...without, ...(isCause && { triggeredBy: 'user' }) };
        writeAnew({ id: row.id, session: row.session, entry, mentions }, { entry: rest, mentions });
      }
      return reached(rows, upTo);
    },
  };
}

interface Texts {
  table: string;
  /** Since when a row is there. */
  at: string;
  texts: readonly string[];
  /** Columns that hold JSON. */
  data?: readonly string[];
  /** Columns that are only there to find the same again. */
  clear?: readonly string[];
  /** The same where they have to hold something. */
  empty?: readonly string[];
  /** Which rows. */
  only?: string;
}

type Cells = Record<string, string | null>;

function textsPass(
  db: Db,
  { table, at, texts, data = [], clear = [], empty = [], only = 'TRUE' }: Texts,
): Pass {
  const columns = [...texts, ...data];
  const naming = db.prepare<[Range], Cells & { id: number }>(`
    SELECT t.rowid AS id, ${columns.map((column) => `t.${column}`).join(', ')} FROM ${table} t
    WHERE ${rangeOf('t', at)} AND ${only} AND ${holdsName(columns.map((column) => `t.${column}`))}
    ORDER BY t.rowid LIMIT ${WRITTEN}`);
  const set = [
    ...columns.map((column) => `${column} = :${column}`),
    ...clear.map((column) => `${column} = NULL`),
    ...empty.map((column) => `${column} = ''`),
  ];
  const write = db.prepare<[Cells & { id: number }]>(
    `UPDATE ${table} SET ${set.join(', ')} WHERE rowid = :id`,
  );
  return {
    upTo: upToOf(db, table),
    unname(person, after, upTo) {
      const rows = naming.all(range(person, after, upTo));
      for (const row of rows) {
        const without = columns.map((column): [string, string | null] => {
          const cell = row[column] ?? null;
          if (cell === null) return [column, null];
          const isData = data.includes(column);
          return [
            column,
            isData
              ? JSON.stringify(namelessIn(JSON.parse(cell), person.names))
              : nameless(cell, person.names),
          ];
        });
        write.run({ ...Object.fromEntries(without), id: row.id } as Cells & { id: number });
      }
      return reached(rows, upTo);
    },
  };
}

/** Why people did what they did with an insight or an escalation. */
function reasonsPass(db: Db, { table, of, parents }: { table: string; of: string; parents: string }): Pass {
  const naming = db.prepare<[Range], { id: number; version: number; reason: string }>(`
    SELECT t.${of} AS id, t.version, t.reason FROM ${table} t
    WHERE t.${of} > CAST(:after AS INTEGER) AND t.${of} <= CAST(:upTo AS INTEGER) AND t.at <= :askedAt AND ${holdsName(['t.reason'])}`);
  const write = db.prepare<[string, number, number]>(
    `UPDATE ${table} SET reason = ? WHERE ${of} = ? AND version = ?`,
  );
  return {
    upTo: upToOf(db, parents),
    unname(person, after, upTo) {
      for (const { id, version, reason } of naming.all(range(person, after, upTo)))
        write.run(nameless(reason, person.names), id, version);
      return upTo;
    },
  };
}

function reached(rows: readonly { id: number }[], upTo: number): number {
  return rows.length < WRITTEN ? upTo : rows.at(-1)!.id;
}

interface Range {
  names: string;
  askedAt: number;
  after: number;
  upTo: number;
}

/** The names also as JSON has them. */
function range({ names, askedAt }: Passing, after: number, upTo: number): Range {
  const sought = names.flatMap((name) => [name, JSON.stringify(name).slice(1, -1)]);
  return { names: JSON.stringify([...new Set(sought)]), askedAt, after, upTo };
}

function rangeOf(alias: string, at: string): string {
  return `${alias}.rowid > CAST(:after AS INTEGER) AND ${alias}.rowid <= CAST(:upTo AS INTEGER) AND ${alias}.${at} <= :askedAt`;
}

function holdsName(columns: readonly string[]): string {
  const found = columns.map((column) => `instr(${column}, n.value) > 0`);
  return `EXISTS (SELECT 1 FROM json_each(:names) n WHERE ${found.join(' OR ')})`;
}

function upToOf(db: Db, table: string): Pass['upTo'] {
  const last = db
    .prepare<[number], number | null>(
      `SELECT max(id) FROM (SELECT rowid AS id FROM ${table} WHERE rowid > CAST(? AS INTEGER) ORDER BY rowid LIMIT ${ROWS})`,
    )
    .pluck();
  return (after) => last.get(after) ?? null;
}
