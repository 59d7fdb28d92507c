import type { PlacedDraft } from '../store/store.ts';

/** A message as it was read. */
export interface Read {
  /** As they may be stored. */
  drafts: PlacedDraft[];
  /** What the last of them says, unmasked. */
  text: string;
}
