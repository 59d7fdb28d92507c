import type { Masked, Masker } from '../masking/mask.ts';
import type { PlacedDraft } from '../store/store.ts';
import type { Read } from './read.ts';

/** What two chunks of an answer say once they were masked together, and how much more was hidden so. */
export interface Sealed {
  before: string;
  /** With the line break that stands before it, if any. */
  after: string;
  masked: number;
}

/** A chunk, as it was posted or as it is masked already. */
export interface Half {
  text: string;
  /** Nothing was found in it when it was read for itself, so that it need not be read so again. */
  isClean: boolean;
}

/**
 * Masks two chunks together, for what reaches from one into the next is only half to be seen in each of them. A sender may cut a
 * secret in two and break the line there, so both ways to read it are tried. Null when each may be masked for itself: the marker of
 * what was found stays with the first. Either may be masked already.
 */
export function sealed(before: Half, gap: string, after: Half, masker: Masker | null): Sealed | null {
  if (!masker) return null;
  const [first, second] = [maskedAlone(before, masker), maskedAlone(after, masker)];
  for (const between of new Set(['', gap])) {
    const { text, masked } = masker.mask(before.text + between + after.text);
    if (text === first.text + between + second.text) continue;
    const kept = commonEnd(text, second.text);
    const more = Math.max(0, masked - first.masked - second.masked);
    return { before: text.slice(0, text.length - kept), after: text.slice(text.length - kept), masked: more };
  }
  return null;
}

function maskedAlone({ text, isClean }: Half, masker: Masker): Masked {
  return isClean ? { text, masked: 0 } : masker.mask(text);
}

/** What an edited chunk says between the chunks that stand before and after it; null where there is none. */
export function sealedBetween(
  before: string | null,
  { drafts, text }: Read,
  after: string | null,
  masker: Masker | null,
): PlacedDraft[] {
  // Of the message that an answer begins with, what comes last goes on in the next one.
  const index = before === null ? drafts.length - 1 : 0;
  const placed = drafts[index]!;
  const { draft } = placed;
  const raw = index === drafts.length - 1 ? text : draft.message;
  const head = before === null ? null : sealed(unread(before), '\n', unread(raw), masker);
  const said = head?.after.replace(/^\n/, '');
  const next = after?.replace(/^\n/, '');
  const tail = next === undefined ? null : sealed(unread(said ?? raw), gapOf(after!), unread(next), masker);
  const masked = draft.masked + (head?.masked ?? 0) + (tail?.masked ?? 0);
  const beside = { before: head?.before, after: tail?.after };
  const message = tail?.before ?? said ?? draft.message;
  return drafts.with(index, { ...placed, draft: { ...draft, message, masked }, beside });
}

function unread(text: string): Half {
  return { text, isClean: false };
}

function gapOf(chunk: string): string {
  return chunk.startsWith('\n') ? '\n' : '';
}

/** How many UTF-16 units two texts have in common at their ends. */
function commonEnd(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}
