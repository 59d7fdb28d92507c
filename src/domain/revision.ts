import type { Draft, Entry, ToolRun } from './entry.ts';

/**
 * What a message says after an edit that leaves the earlier steps standing has part numbers of its own: a generation. So the parts of
 * one generation may still grow in number.
 */
const GENERATION = 1_000;

/** What to do about an edited message. */
export type Revision =
  /** It still says the same. */
  | { kind: 'none' }
  /** It grew: the drafts take the place of the steps with their part numbers. */
  | { kind: 'rewrite'; drafts: Draft[] }
  /** Something came after what it said before, which stays: a correction, an answer to a request, the result of a run. */
  | { kind: 'append'; drafts: Draft[] };

export interface Edit {
  /** All steps that the message has, in the order of their parts, at least one. */
  entries: readonly Entry[];
  /** What it says now, at least one. */
  drafts: readonly Draft[];
  /** ms UTC. */
  editedAt: number;
  /** The same message going on, rather than something else in its place. */
  isGrowth: boolean;
}

export function revisionOf({ entries, drafts, editedAt, isGrowth }: Edit): Revision {
  const latest = latestOf(entries);
  const generation = generationOf(latest[0]!);
  const now = inGeneration(drafts, generation);
  if (saysTheSame(latest, now)) return { kind: 'none' };
  const next = { replyToMessageId: entries[0]!.messageId, at: editedAt };
  if (!isGrowth) {
    const correction = correctionOf(entries[0]!, textOf(latest), drafts);
    return { kind: 'append', drafts: inGeneration([{ ...correction, ...next }], generation + 1) };
  }
  if (isCorrection(latest)) {
    const before = String(latest[0]!.details?.['before']);
    return { kind: 'rewrite', drafts: inGeneration([correctionOf(entries[0]!, before, drafts)], generation) };
  }
  if (!losesRequest(latest, now)) return { kind: 'rewrite', drafts: now };
  const further = drafts.map((draft) => ({ ...draft, ...next }));
  return { kind: 'append', drafts: inGeneration(further, generation + 1) };
}

/** What a message says by now: the steps of its latest generation. */
export function latestOf(entries: readonly Entry[]): readonly Entry[] {
  const generation = Math.max(...entries.map(generationOf));
  return entries.filter((entry) => generationOf(entry) === generation);
}

/** When a message was last seen to change, in ms. */
export function lastChangeAt(entries: readonly Entry[]): number {
  return Math.max(...entries.map(({ at, editedAt }) => editedAt ?? at));
}

function generationOf({ part }: Pick<Entry, 'part'>): number {
  return Math.floor(part / GENERATION);
}

function inGeneration(drafts: readonly Draft[], generation: number): Draft[] {
  return drafts.map((draft, index) => ({ ...draft, part: generation * GENERATION + index }));
}

type Said = Pick<Draft, 'message' | 'level' | 'tool' | 'escalation' | 'details'>;

function saysTheSame(before: readonly Said[], after: readonly Said[]): boolean {
  if (isCorrection(before)) return folded(textOf(before)) === folded(textOf(after));
  return (
    before.length === after.length &&
    after.every(({ message, tool, escalation }, index) => {
      const was = before[index]!;
      const isSame = JSON.stringify(was.tool) === JSON.stringify(tool) && was.escalation === escalation;
      return isSame && folded(was.message) === folded(message);
    })
  );
}

/** White space says nothing. */
function folded(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}

function isCorrection(said: readonly Said[]): boolean {
  const [first] = said;
  return first?.level === 'correction' && first.details?.['corrects'] !== undefined;
}

/** True when a request to a person or a tool run is there no longer: that it was made is not to be forgotten. */
function losesRequest(before: readonly Said[], after: readonly Said[]): boolean {
  if (before.length === 1 && after.length === 1 && isAnotherRun(before[0]!.tool, after[0]!.tool)) return true;
  return before.some(
    ({ escalation, tool }, index) =>
      (escalation && !after[index]?.escalation) || (tool !== null && (after[index]?.tool ?? null) === null),
  );
}

/** Some agents have one message for all their runs, one after the other. The input of one run may still grow. */
function isAnotherRun(before: ToolRun | null, after: ToolRun | null): boolean {
  if (before === null || after === null) return false;
  if (before.name !== after.name) return true;
  if (before.input === null || after.input === null) return false;
  return !JSON.stringify(after.input).startsWith(JSON.stringify(before.input).replace(/["\]}]+$/, ''));
}

/** The step that says what an edit has changed: it names the step it corrects, and keeps before and after. */
function correctionOf(corrected: Entry, before: string, drafts: readonly Draft[]): Draft {
  const after = textOf(drafts);
  return {
    ...drafts[0]!,
    level: 'correction',
    category: 'correction',
    message: after,
    escalation: false,
    addressed: [],
    confidence: null,
    durationMs: null,
    tool: null,
    details: { corrects: corrected.step, before, after },
  };
}

function textOf(said: readonly Pick<Said, 'message'>[]): string {
  return said.map(({ message }) => message).join('\n');
}
