import type { Statement } from 'better-sqlite3';
import type { Db } from '../../src/store/sqlite.ts';

type Mode = 'pluck' | 'raw';

/**
 * The same connection, which compiles each statement when it is first run: a store prepares hundreds, and most tests run a few. That all
 * of them can be prepared is seen wherever a store is opened by `openStore`.
 */
export function withLateStatements(db: Db): Db {
  const prepare = db.prepare.bind(db);
  return Object.assign(db, { prepare: (sql: string) => lateStatement(() => prepare(sql)) });
}

function lateStatement(prepare: () => Statement) {
  const modes: Mode[] = [];
  let compiled: Statement | null = null;
  const statement = () => (compiled ??= modes.reduce((one, mode) => one[mode](), prepare()));
  const inMode = (mode: Mode) => () => {
    if (compiled) compiled[mode]();
    else modes.push(mode);
    return late;
  };
  const late = {
    pluck: inMode('pluck'),
    raw: inMode('raw'),
    run: (...values: unknown[]) => statement().run(...values),
    get: (...values: unknown[]) => statement().get(...values),
    all: (...values: unknown[]) => statement().all(...values),
    iterate: (...values: unknown[]) => statement().iterate(...values),
  };
  return late;
}
