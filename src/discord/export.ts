import type { Config } from '../config.ts';
import { ArtifactFold, decisionOf } from '../domain/artifact.ts';
import type { Decision } from '../domain/artifact.ts';
import { isToolEntry } from '../domain/entry.ts';
import type { Entry } from '../domain/entry.ts';
import { toRecord } from '../domain/entry-record.ts';
import { recordSetting } from '../domain/session-record.ts';
import { metaOfSession } from '../domain/stored-artifact.ts';
import type { Participant, WorkLog } from '../domain/work-log.ts';
import type { StoreReader } from '../store/read-only.ts';
import { EXPORT_MAX } from '../views/export.ts';
import type { Exported, ExportFormat } from '../views/export.ts';
import type { Readable } from './reader.ts';

interface From {
  store: Pick<StoreReader, 'sessions' | 'entries' | 'artifacts'>;
  config: Pick<Config, 'workLogs'>;
  /** ms UTC. */
  now(): number;
}

/**
 * A session as a file that programs read, of at most `most` bytes. Its steps pass through a page at a time, so the longest needs no
 * more than the file.
 */
export async function exportOf(
  app: From,
  readable: Readable,
  format: ExportFormat,
  most = EXPORT_MAX,
): Promise<Exported> {
  const participants = await app.store.sessions.participants(readable.log.sessionId);
  return format === 'json'
    ? artifactFile(app, readable.log, participants, most)
    : entriesFile(app, readable, participants, most);
}

/** Room for all of an artifact but its decisions: a query, a final output and recommendations of the greatest length, escaped. */
const HEAD_MAX = 128 * 1024;

async function artifactFile(
  app: From,
  log: WorkLog,
  participants: readonly Participant[],
  most: number,
): Promise<Exported> {
  const fold = new ArtifactFold(app.config.workLogs.confidenceThreshold);
  const decisions: Decision[] = [];
  const room = new Room(most - HEAD_MAX);
  let left = 0;
  for await (const entry of stepsOf(app, log.sessionId)) {
    fold.add(entry);
    if (!isToolEntry(entry)) continue;
    const decision = decisionOf(entry);
    // Within two lists it is indented as in the file.
    if (room.takes(JSON.stringify([[decision]], null, 2))) decisions.push(decision);
    else left += 1;
  }
  const [handedOver] = await app.store.artifacts.ofSession(log.sessionId, 1);
  const artifact = {
    ...fold.artifact(log, decisions, handedOver?.workflowId),
    _meta: { ...metaOfSession(log, participants, app.now()), ...(left > 0 && { decisions_left_out: left }) },
  };
  return {
    format: 'json',
    log,
    body: `${JSON.stringify(artifact, null, 2)}\n`,
    held: decisions.length,
    left,
  };
}

async function entriesFile(
  app: From,
  { workspace, log }: Readable,
  participants: readonly Participant[],
  most: number,
): Promise<Exported> {
  const lines: string[] = [];
  const setting = recordSetting(workspace, participants);
  const room = new Room(most);
  for await (const entry of stepsOf(app, log.sessionId)) {
    const line = `${JSON.stringify(toRecord(entry, setting))}\n`;
    if (!room.takes(line)) break;
    lines.push(line);
  }
  const { total } = await app.store.entries.page({ sessionId: log.sessionId }, 0, 1);
  const left = room.isFull ? total - lines.length : 0;
  return { format: 'ndjson', log, body: lines.join(''), held: lines.length, left };
}

/** Takes texts until one does not fit; after that none, so that what is left out is the end. */
class Room {
  isFull = false;
  #bytes: number;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  takes(text: string): boolean {
    this.#bytes -= Buffer.byteLength(text);
    this.isFull ||= this.#bytes < 0;
    return !this.isFull;
  }
}

const PAGE = 500;

/** A session's steps in order, read as they are asked for. */
async function* stepsOf({ store }: From, sessionId: string): AsyncGenerator<Entry> {
  for (let offset = 0; ; offset += PAGE) {
    const { entries } = await store.entries.page({ sessionId }, offset, PAGE);
    yield* entries;
    if (entries.length < PAGE) return;
  }
}
