import { ARTIFACT_SCHEMA } from './artifact.ts';
import { isBot } from './author.ts';
import type { Draft } from './entry.ts';
import { cutMessage } from './limits.ts';
import type { Participant, WorkLog } from './work-log.ts';

/** Of an artifact's content, in bytes of UTF-8 JSON. */
export const ARTIFACT_MAX = 256 * 1024;

/** In bytes of UTF-8 JSON. */
export function artifactSize(content: Record<string, unknown>): number {
  return new TextEncoder().encode(JSON.stringify(content)).length;
}

/** That an artifact is larger than {@link ARTIFACT_MAX}, and what to do instead. */
export function tooLargeText(size: number): string {
  const [is, most] = [Math.ceil(size / 1024), ARTIFACT_MAX / 1024];
  return `The artifact is ${is} KiB large; at most ${most} KiB are kept. Hand over where the data is instead of the data.`;
}

/** What the author of a step hands over with it. */
export interface Handed {
  content: Record<string, unknown>;
  /** Name of a bot; null for any. */
  consumer: string | null;
  workflowId: string | null;
}

/** The artifact that a step of a session hands over, as it is to be saved. */
export function artifactOf(
  { draft, workspaceId }: { draft: Draft; workspaceId: number },
  handed: Handed,
  sessionId: string | null,
) {
  const { messageId, part, author } = draft;
  const schema = schemaOf(handed.content);
  return { ...handed, workspaceId, sessionId, source: { messageId, part }, schema, producer: author.name };
}

/** What the content says it follows, as whoever made it names it. */
function schemaOf({ schema }: Record<string, unknown>): string {
  return typeof schema === 'string' && schema.trim() !== '' ? cutMessage(schema, SCHEMA_MAX) : 'unknown';
}

/** In UTF-16 units. */
const SCHEMA_MAX = 100;

/** Who handed it to whom, and when. */
export interface ArtifactMeta {
  id: string;
  producer: string;
  /** Null: whoever is interested. */
  consumer: string | null;
  /** ISO 8601, UTC. */
  created_at: string;
  schema: string;
}

/** An artifact in the store, as it was handed over. */
export interface StoredArtifact {
  id: string;
  workspaceId: number;
  /** The session that it came from. */
  sessionId: string | null;
  workflowId: string | null;
  schema: string;
  /** Name of the bot that made it, without `@`. */
  producer: string;
  /** Name of the bot that it is for; null for any. */
  consumer: string | null;
  /** Null once it has expired, or its message was deleted. */
  content: Record<string, unknown> | null;
  /** ms UTC, as are those below. */
  createdAt: number;
  takenAt: number | null;
  /** Name of the bot that took it. */
  takenBy: string | null;
  expiredAt: number | null;
}

export type ArtifactState = 'waiting' | 'taken' | 'expired';

/** What became of it. One that was taken stays so, also when its content has gone since. */
export function stateOf({
  takenAt,
  expiredAt,
}: Pick<StoredArtifact, 'takenAt' | 'expiredAt'>): ArtifactState {
  if (takenAt !== null) return 'taken';
  return expiredAt === null ? 'waiting' : 'expired';
}

/** What its consumer gets: the content, with `_meta` beside it. */
export function withMeta(artifact: StoredArtifact): Record<string, unknown> & { _meta: ArtifactMeta } {
  const { id, producer, consumer, createdAt, schema } = artifact;
  const created_at = new Date(createdAt).toISOString();
  return { ...artifact.content, _meta: { id, producer, consumer, created_at, schema } };
}

/** The same for a session that is given as an artifact without being handed to anyone: whoever led it made it. */
export function metaOfSession(
  { sessionId, coordinator, endedAt }: Pick<WorkLog, 'sessionId' | 'coordinator' | 'endedAt'>,
  participants: readonly Participant[],
  now: number,
): ArtifactMeta {
  const firstBot = participants.find(({ author }) => isBot(author))?.author.name;
  return {
    id: sessionId,
    producer: coordinator ?? firstBot ?? 'work-logs',
    consumer: null,
    created_at: new Date(endedAt ?? now).toISOString(),
    schema: ARTIFACT_SCHEMA,
  };
}
