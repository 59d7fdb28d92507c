import { nameless, namelessIn } from '../domain/person-names.ts';
import type { Forgetting } from './forget.ts';
import type { Db } from './sqlite.ts';

/** How many rows of a table are looked through before it is asked whether there is time for more. */
const ROWS = 100;
/** How many of them are written at most. */
export const WRITTEN = 10;

export type Passing = Pick<Forgetting, 'names' | 'askedAt'>;

/** One table, or what is told of its rows. */
export interface Pass {
  /** The last of the next {@link ROWS} rows after that one; null when there is none. */
  upTo(after: number): number | null;
  /** Takes the names off those after the one, up to the other. Returns up to which that is done. */
  unname(person: Passing, after: number, upTo: number): number;
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

/** Texts in columns of their own. */
export function textsPass(
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
export function reasonsPass(
  db: Db,
  { table, of, parents }: { table: string; of: string; parents: string },
): Pass {
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

/** Up to which row of a pass is done, when so many were found. */
export function reached(rows: readonly { id: number }[], upTo: number): number {
  return rows.length < WRITTEN ? upTo : rows.at(-1)!.id;
}

export interface Range {
  names: string;
  askedAt: number;
  after: number;
  upTo: number;
}

/** The names also as JSON has them. */
export function range({ names, askedAt }: Passing, after: number, upTo: number): Range {
  const sought = names.flatMap((name) => [name, JSON.stringify(name).slice(1, -1)]);
  return { names: JSON.stringify([...new Set(sought)]), askedAt, after, upTo };
}

export function rangeOf(alias: string, at: string): string {
  return `${alias}.rowid > CAST(:after AS INTEGER) AND ${alias}.rowid <= CAST(:upTo AS INTEGER) AND ${alias}.${at} <= :askedAt`;
}

export function holdsName(columns: readonly string[]): string {
  const found = columns.map((column) => `instr(${column}, n.value) > 0`);
  return `EXISTS (SELECT 1 FROM json_each(:names) n WHERE ${found.join(' OR ')})`;
}

export function upToOf(db: Db, table: string): Pass['upTo'] {
  const last = db
    .prepare<[number], number | null>(
      `SELECT max(id) FROM (SELECT rowid AS id FROM ${table} WHERE rowid > CAST(? AS INTEGER) ORDER BY rowid LIMIT ${ROWS})`,
    )
    .pluck();
  return (after) => last.get(after) ?? null;
}
