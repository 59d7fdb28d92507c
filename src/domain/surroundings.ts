import type { Entry } from './entry.ts';

/** What one author said at once: one step, or several where it was too long for one message of Discord. */
export interface WholeText {
  /** Indexes of the candidates, in the order of their steps. */
  pieces: number[];
  /** The texts right before and right after it, where they are candidates, too, and say something else. */
  neighbours: WholeText[];
}

/**
 * Bots cut a text that is too long at the end of a line or between words before Discord's 2000 characters: when as much as this is
 * said and the same author goes on, the text does.
 */
const CUT_FROM = 1500;

/** For each of the candidates the text that it is a piece of, or all of. */
export function wholeTextsOf(candidates: readonly Entry[]): WholeText[] {
  const inOrder = [...candidates.keys()].toSorted((a, b) => compare(candidates[a]!, candidates[b]!));
  const texts = candidates.map((): WholeText => ({ pieces: [], neighbours: [] }));
  let [last, text]: [Entry?, WholeText?] = [];
  for (const index of inOrder) {
    const entry = candidates[index]!;
    const next = last && isNext(last, entry);
    if (text && next && goesOn(last!, entry)) {
      text.pieces.push(index);
    } else {
      // What is said again tells nothing new about it.
      const before: WholeText | undefined = next && last!.message !== entry.message ? text : undefined;
      text = { pieces: [index], neighbours: before ? [before] : [] };
      before?.neighbours.push(text);
    }
    texts[index] = text;
    last = entry;
  }
  return texts;
}

function compare(a: Entry, b: Entry): number {
  if (a.sessionId !== b.sessionId) return a.sessionId < b.sessionId ? -1 : 1;
  return a.step - b.step;
}

function isNext(before: Entry, entry: Entry): boolean {
  return before.sessionId === entry.sessionId && before.step + 1 === entry.step;
}

function goesOn(before: Entry, entry: Entry): boolean {
  return before.author.key === entry.author.key && before.message.length >= CUT_FROM;
}
