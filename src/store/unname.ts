import type { Author } from '../domain/author.ts';
import { isOwnCategory } from '../domain/entry.ts';
import type { Entry } from '../domain/entry.ts';
import { nameless, namelessIn } from '../domain/person-names.ts';
import { ENTRY_COLUMNS, toEntry } from './entry-row.ts';
import type { EntryRow } from './entry-row.ts';
import type { Forget } from './forget.ts';
import type { Revise } from './revise.ts';
import type { Db } from './sqlite.ts';
import {
  holdsName,
  range,
  rangeOf,
  reached,
  reasonsPass,
  textsPass,
  upToOf,
  WRITTEN,
} from './unname-rows.ts';
import type { Pass, Range } from './unname-rows.ts';

/** Takes the names of somebody who is forgotten off all that others said before: what they wrote, ran, asked and handed over. */
export function prepareUnname(db: Db, writeAnew: Revise['writeAnew']): Forget {
  const passes = [
    entriesPass(db, writeAnew),
    textsPass(db, { table: 'sessions', at: 'started_at', texts: ['query', 'final_output', 'summary'] }),
    // What waits is asked anew by its step; this is for what is over.
    textsPass(db, {
      table: 'escalations',
      at: 'raised_at',
      texts: ['reason', 'default_option', 'remark', 'dedupe_key', 'request_id'],
      data: ['options', 'decision'],
      clear: ['same_key'],
      only: 'closed_at IS NOT NULL',
    }),
    textsPass(db, { table: 'artifacts', at: 'created_at', texts: ['workflow_id'], data: ['content'] }),
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

/** Where an entry may have a name. */
const SAID = ['message', 'tool', 'details', 'triggered_by', 'handoff_to', 'category'].map(
  (column) => `e.${column}`,
);

function entriesPass(db: Db, writeAnew: Revise['writeAnew']): Pass {
  const naming = db.prepare<[Range], EntryRow & { id: number; session: number }>(`
    SELECT e.id, e.session, ${ENTRY_COLUMNS}
    FROM entries e JOIN sessions s ON s.id = e.session JOIN authors a ON a.id = e.author_id
    WHERE ${rangeOf('e', 'at')} AND e.deleted_at IS NULL AND ${holdsName(SAID)}
    ORDER BY e.id LIMIT ${WRITTEN}`);
  const bot = db
    .prepare<[string], 1>("SELECT 1 FROM authors WHERE kind <> 'person' AND '@' || name = ?")
    .pluck();
  const isBot = (name: string) => bot.get(name) === 1;
  return {
    upTo: upToOf(db, 'entries'),
    unname(person, after, upTo) {
      const rows = naming.all(range(person, after, upTo));
      for (const row of rows) {
        const entry = toEntry(row);
        const mentions = row.mentions === null ? [] : (JSON.parse(row.mentions) as Author[]);
        const rest = withoutNames(entry, person.names, isBot);
        if (JSON.stringify(rest) === JSON.stringify(entry)) continue;
        writeAnew({ id: row.id, session: row.session, entry, mentions }, { entry: rest, mentions });
      }
      return reached(rows, upTo);
    },
  };
}

/** A bot may be called like them: what was handed to it still was. */
function withoutNames(entry: Entry, names: readonly string[], isBot: (name: string) => boolean): Entry {
  const { message, tool, details, triggeredBy, handoffTo, category } = entry;
  const isNamed = (text: string) => nameless(text, names) !== text;
  return {
    ...entry,
    ...namelessIn({ message, tool, details }, names),
    triggeredBy: isNamed(triggeredBy) ? 'user' : triggeredBy,
    handoffTo: handoffTo.map((name) => (isBot(name) ? name : nameless(name, names))),
    category: isNamed(category) && !isOwnCategory(category) ? 'general' : category,
  };
}
