import type { RecordingRules } from '../domain/policy.ts';
import { lastChangeAt, latestOf, revisionOf } from '../domain/revision.ts';
import { artifactOf } from '../domain/stored-artifact.ts';
import type { NewArtifact, PlacedDraft, Store } from '../store/store.ts';
import type { Dialect } from './dialects/dialect.ts';
import { isGrowth } from './dialects/growth.ts';
import type { Observation } from './observation.ts';

interface EditedMessage {
  observation: Observation;
  /** What the message says now, at least one. */
  drafts: PlacedDraft[];
  /** Of its bot. */
  dialect: Dialect | null;
}

/**
 * Records that a message was edited into what `observation` says now. A message that still grows is rewritten; one that says
 * something else is corrected, and what it said before stays to be seen. What is not recorded is passed over, as is
 * what the bot reported as data, and an edit that is delivered twice, or after a later one, changes nothing. Returns false when nothing of
 * the message is recorded.
 */
export async function recordEdit(
  store: Store,
  { observation, drafts, dialect }: EditedMessage,
  rules: RecordingRules,
): Promise<boolean> {
  if (await store.reported.isOf(observation.messageId)) return true;
  const entries = await store.entries.ofMessage(observation.messageId);
  if (entries.some(({ deletedAt }) => deletedAt !== null)) return true;
  const editedAt = observation.editedAt!;
  if (entries.length > 0 && editedAt < lastChangeAt(entries)) return true;
  const handed = handedBy(drafts, entries[0]?.sessionId ?? null);
  await store.artifacts.revise(observation.messageId, handed, editedAt);
  if (entries.length === 0) return false;
  const now = drafts.map(({ draft }) => draft);
  const revision = revisionOf({
    entries,
    drafts: now,
    editedAt,
    isGrowth: isGrowth(latestOf(entries), now, editedAt - lastChangeAt(entries), dialect),
  });
  if (revision.kind === 'none') return true;
  const { workspaceId, threadId, privateThread } = drafts[0]!;
  const placed = revision.drafts.map((draft, index) => {
    const said = drafts[index];
    const beside = draft.part === index ? said?.beside : undefined;
    // A message that has its place in a session opens no other.
    const session = said?.session === 'end' ? said.session : undefined;
    return { workspaceId, threadId, privateThread, draft, beside, session, log: said?.log };
  });
  if (revision.kind === 'rewrite') await store.entries.rewrite(placed, editedAt, rules);
  else await store.entries.append(placed, rules);
  return true;
}

/** What the message hands over by now, from a step of this session; null when none of its steps was kept. */
function handedBy(drafts: readonly PlacedDraft[], sessionId: string | null): NewArtifact[] {
  return drafts.flatMap((placed) =>
    placed.artifact ? [artifactOf(placed, placed.artifact, sessionId)] : [],
  );
}
