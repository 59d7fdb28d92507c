import type { Draft } from '../domain/entry.ts';
import { ARTIFACT_MAX, artifactSize, tooLargeText } from '../domain/stored-artifact.ts';
import type { PlacedDraft } from '../store/store.ts';

/** The drafts of a message, with a warning in the place of each artifact that is too large to be kept. */
export function withinSize(drafts: PlacedDraft[]): PlacedDraft[] {
  const warnings: PlacedDraft[] = [];
  const kept = drafts.map((placed) => {
    const size = placed.artifact ? artifactSize(placed.artifact.content) : 0;
    if (size <= ARTIFACT_MAX) return placed;
    const part = drafts.length + warnings.length;
    warnings.push({ ...placed, artifact: undefined, draft: warningOf(placed.draft, part, size) });
    return { ...placed, artifact: undefined };
  });
  return warnings.length === 0 ? drafts : [...kept, ...warnings];
}

function warningOf(draft: Draft, part: number, size: number): Draft {
  const { messageId, replyToMessageId, at, author } = draft;
  return {
    messageId,
    part,
    replyToMessageId,
    at,
    author,
    level: 'warning',
    category: 'general',
    message: tooLargeText(size),
    origin: 'inferred',
    mentions: [],
    addressed: [],
    escalation: false,
    confidence: null,
    durationMs: null,
    tool: null,
    details: { artifact_bytes: size },
    masked: 0,
  };
}
