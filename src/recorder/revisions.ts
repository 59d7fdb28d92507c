import { correctionOf, lastChangeAt, latestText, saysTheSame } from '../domain/revision.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { PlacedDraft, Store } from '../store/store.ts';
import { STREAMING_MS, grew } from './dialects/growth.ts';
import type { Observation } from './observation.ts';

/**
 * Records that a message was edited into what `observation` says now. A message that still grows is rewritten; one that says
 * something else is corrected, and what it said before stays to be seen. What is not recorded is passed over, and an edit that is
 * delivered twice changes nothing the second time.
 *
 * @param drafts what the message says now
 */
export async function recordEdit(
  store: Store,
  observation: Observation,
  drafts: PlacedDraft[],
  rules: RecordingRules,
): Promise<void> {
  const entries = await store.entries.ofMessage(observation.messageId);
  if (entries.length === 0 || entries.some(({ deletedAt }) => deletedAt !== null)) return;
  const editedAt = observation.editedAt!;
  const before = latestText(entries);
  const after = drafts.map(({ draft }) => draft.message).join('\n');
  if (saysTheSame(before, after)) return;
  if (editedAt - lastChangeAt(entries) <= STREAMING_MS || grew(before, after)) {
    await store.entries.rewrite(drafts, editedAt, rules);
    return;
  }
  const correction = correctionOf(
    entries,
    drafts.map(({ draft }) => draft),
    editedAt,
  );
  await store.entries.append([{ ...drafts[0]!, draft: correction }], rules);
}
