import { randomUUID } from 'node:crypto';
import { ARTIFACT_MAX, artifactSize, tooLargeText } from '../domain/stored-artifact.ts';
import type { StoredArtifact } from '../domain/stored-artifact.ts';
import { plainName } from '../domain/author.ts';
import { DECISION_SCHEMA } from '../domain/escalation-answer.ts';
import { UserError } from '../errors.ts';
import type { Db } from './sqlite.ts';
import type { ArtifactStore, NewArtifact } from './store.ts';

interface Row {
  id: string;
  workspace_id: number;
  session_id: string | null;
  workflow_id: string | null;
  schema: string;
  producer: string;
  consumer: string | null;
  content: string | null;
  created_at: number;
  taken_at: number | null;
  taken_by: string | null;
  expired_at: number | null;
}

type Values = Record<string, string | number | null>;

const IN_WORKSPACES = 'workspace_id IN (SELECT value FROM json_each(:workspaceIds))';
const WAITING = 'taken_at IS NULL AND expired_at IS NULL';

export function createArtifacts(db: Db): ArtifactStore {
  const get = db.prepare<[Values], Row>(`SELECT * FROM artifacts WHERE id = :id AND ${IN_WORKSPACES}`);
  const ofSession = db.prepare<[string, number], Row>(
    'SELECT * FROM artifacts WHERE session_id = ? ORDER BY created_at, rowid LIMIT ?',
  );
  const waiting = db.prepare<[Values], Row>(`
    SELECT * FROM artifacts WHERE consumer_key = :consumer AND ${IN_WORKSPACES} AND ${WAITING}
    ORDER BY created_at, rowid LIMIT :limit`);
  const take = db.prepare<[Values], Row>(`
    UPDATE artifacts SET taken_at = :at, taken_by = :by
    WHERE id = :id AND ${IN_WORKSPACES} AND ${WAITING} AND (consumer_key IS NULL OR consumer_key = :key)
    RETURNING *`);
  const seen = db.prepare<[number, string]>(
    'UPDATE insight_deliveries SET seen_at = ? WHERE artifact_id = ? AND seen_at IS NULL',
  );
  // Whoever takes what holds an insight has seen that.
  const takeIt = db.transaction((values: Values & { at: number }) => {
    const row = take.get(values);
    if (row) seen.run(values.at, row.id);
    return row;
  });
  const expire = db.prepare<[number, number]>(
    'UPDATE artifacts SET expired_at = ?, content = NULL WHERE expired_at IS NULL AND created_at < ?',
  );
  const save = prepareSave(db);
  const revise = prepareReviseArtifacts(db);
  return {
    async save(artifact, at) {
      return toArtifact(save(artifact, at));
    },
    async revise(messageId, artifacts, at) {
      revise.immediate(messageId, artifacts, at);
    },
    async get(id, workspaceIds) {
      return maybe(get.get({ id, workspaceIds: JSON.stringify(workspaceIds) }));
    },
    async ofSession(sessionId, limit) {
      return ofSession.all(sessionId, limit).map(toArtifact);
    },
    async waiting({ consumer, workspaceIds, limit }) {
      const among = { consumer: plainName(consumer), workspaceIds: JSON.stringify(workspaceIds), limit };
      return waiting.all(among).map(toArtifact);
    },
    async take({ id, by, workspaceIds }, at) {
      const of = { id, workspaceIds: JSON.stringify(workspaceIds) };
      return maybe(takeIt({ ...of, by: withoutAt(by), key: plainName(by), at }));
    },
    async expire(before, at) {
      return expire.run(at, before).changes;
    },
  };
}

/** What {@link ArtifactStore.save} does, to be called inside a transaction as well. */
export function prepareSave(db: Db): (artifact: NewArtifact, at: number) => Row {
  const insert = db.prepare<[Values], Row>(`
    INSERT INTO artifacts (id, workspace_id, session_id, message_id, part, workflow_id, schema, producer, consumer, consumer_key,
      content, created_at)
    VALUES (:id, :workspaceId, :sessionId, :messageId, :part, :workflowId, :schema, :producer, :consumer, :consumerKey, :content, :at)
    ON CONFLICT (message_id, part) DO UPDATE SET workflow_id = excluded.workflow_id, schema = excluded.schema,
      consumer = excluded.consumer, consumer_key = excluded.consumer_key, content = excluded.content
    WHERE taken_at IS NULL AND expired_at IS NULL
    RETURNING *`);
  const known = db.prepare<[string, number], Row>(
    'SELECT * FROM artifacts WHERE message_id = ? AND part = ?',
  );
  return ({ content, source, ...artifact }, at) => {
    const producer = withoutAt(artifact.producer);
    const consumer = artifact.consumer === null ? null : withoutAt(artifact.consumer);
    const { messageId = null, part = 0 } = source ?? {};
    const row = insert.get({
      ...artifact,
      id: randomUUID(),
      messageId,
      part,
      producer,
      consumer,
      consumerKey: consumer === null ? null : plainName(consumer),
      content: contentJson(content),
      at,
    });
    // Only what a message said can be there already; once taken or expired it stays as it was.
    return row ?? known.get(messageId!, part)!;
  };
}

function prepareReviseArtifacts(db: Db) {
  const save = prepareSave(db);
  // An answer to an agent is known by the message that gave it, which says nothing of it.
  const withdraw = db.prepare<[string, string, string]>(`
    DELETE FROM artifacts WHERE message_id = ? AND ${WAITING} AND schema <> ? AND part NOT IN (SELECT value FROM json_each(?))`);
  const isKnown = db.prepare<[string, number], 1>(
    'SELECT 1 FROM artifacts WHERE message_id = ? AND part = ?',
  );
  return db.transaction((messageId: string, artifacts: NewArtifact[], at: number): void => {
    const parts = artifacts.map(({ source }) => source!.part);
    withdraw.run(messageId, DECISION_SCHEMA, JSON.stringify(parts));
    for (const artifact of artifacts) {
      if (artifact.sessionId !== null || isKnown.get(messageId, artifact.source!.part)) save(artifact, at);
    }
  });
}

/** Removes what a message handed over, whether or not it is recorded as a step. Called inside a transaction. */
export function prepareEraseArtifacts(db: Db): (messageId: string, at: number) => void {
  const erase = db.prepare<[number, string]>(
    'UPDATE artifacts SET content = NULL, expired_at = ifnull(expired_at, ?) WHERE message_id = ?',
  );
  return (messageId, at) => erase.run(at, messageId);
}

/** @throws UserError when it is larger than {@link ARTIFACT_MAX} */
function contentJson(content: Record<string, unknown>): string {
  const size = artifactSize(content);
  if (size > ARTIFACT_MAX) throw new UserError(tooLargeText(size));
  return JSON.stringify(content);
}

function withoutAt(name: string): string {
  return name.replace(/^@/, '').trim();
}

function maybe(row: Row | undefined): StoredArtifact | null {
  return row ? toArtifact(row) : null;
}

function toArtifact(row: Row): StoredArtifact {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    sessionId: row.session_id,
    workflowId: row.workflow_id,
    schema: row.schema,
    producer: row.producer,
    consumer: row.consumer,
    content: row.content === null ? null : (JSON.parse(row.content) as Record<string, unknown>),
    createdAt: row.created_at,
    takenAt: row.taken_at,
    takenBy: row.taken_by,
    expiredAt: row.expired_at,
  };
}
