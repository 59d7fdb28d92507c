import { exportOf } from '../discord/export.ts';
import type { Readable } from '../discord/reader.ts';
import { toRecord } from '../domain/entry-record.ts';
import { recordSetting, sessionRecord } from '../domain/session-record.ts';
import type { App } from '../app.ts';

/** How many steps are in memory at a time. */
const PAGE = 100;
/** Most bytes of the artifact, which is made in one piece: what has no room in it is among the entries. */
const ARTIFACT_MAX = 2 * 1024 * 1024;

/**
 * All that is known of a session as JSON for people: the session, its `entries`, and its `artifact` for other agents (schema
 * `work-log-v1`). It comes in pieces, so that the longest session needs no more memory than a page of it.
 */
export async function* sessionFileText(
  app: Pick<App, 'store' | 'config' | 'now'>,
  readable: Readable,
): AsyncGenerator<string> {
  const { store } = app;
  const { workspace, log } = readable;
  const setting = recordSetting(workspace, await store.sessions.participants(log.sessionId));
  const head = JSON.stringify(sessionRecord(log, setting), null, 2);
  yield `${head.slice(0, -'\n}'.length)},\n  "entries": [`;
  for (let offset = 0, more = true; more; offset += PAGE) {
    const { entries } = await store.entries.page({ sessionId: log.sessionId }, offset, PAGE);
    const records = entries.map((entry) => `\n    ${indented(toRecord(entry, setting), 4)}`);
    if (records.length > 0) yield `${offset > 0 ? ',' : ''}${records.join(',')}`;
    more = entries.length === PAGE;
  }
  const { body } = await exportOf(app, readable, 'json', ARTIFACT_MAX);
  yield `\n  ],\n  "artifact": ${indented(JSON.parse(body), 2)}\n}\n`;
}

/** Strings have no line breaks in JSON, so each one is the layout's. */
function indented(value: unknown, by: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(by)}`);
}
