import { gatherDigest } from '../../src/discord/digest.ts';
import { sameName } from '../../src/domain/author.ts';
import type { DigestLine, DigestSection } from '../../src/domain/digest-line.ts';
import { foldedLines } from '../../src/domain/digest-short.ts';
import type { ShownSection } from '../../src/domain/digest-short.ts';
import { digestLine } from '../../src/views/digest.ts';
import type { Annotated } from '../how/questions.ts';
import type { Recorded, Recording } from '../how/recording.ts';

/** All of a report, or what of it stands before the fold. */
export const EXTENTS = ['whole', 'folded'] as const;
export type Extent = (typeof EXTENTS)[number];

/** What the report of one annotated conversation says. */
export interface Told {
  conversation: string;
  extents: Record<Extent, ToldExtent>;
  /** The agent at fault is named in “Went wrong” or “Unsure”, and would be if as many of the agents were named by chance. */
  agentNamed: boolean;
  agentByChance: number;
}

export interface ToldExtent {
  /** The message at fault is one that a line tells of. */
  found: boolean;
  /** The probability of that when as many of the conversation's messages are picked at random. */
  byChance: number;
  lines: number;
  words: number;
}

/** What was done and what came of it; what waits for a decision, what was learned and what comes next are told apart. */
const TELLING = new Set<DigestSection>(['completed', 'went_wrong', 'changed_course', 'unsure', 'pending']);

/** Gives each annotated conversation its report. */
export async function reportAll(
  conversations: readonly Annotated[],
  { backend, recorded }: Recording,
): Promise<Told[]> {
  const told: Told[] = [];
  const source = { store: backend.store, config: { workLogs: { confidenceThreshold: 0.7 } } };
  for (const [index, conversation] of conversations.entries()) {
    if (!conversation.failure) continue;
    const { workspace } = recorded[index]!;
    const { digest } = await gatherDigest(source, workspace, { from: 0, to: Date.UTC(2100, 0) });
    const sections = digest.sections.filter(({ section }) => TELLING.has(section));
    told.push({
      conversation: conversation.id,
      extents: {
        whole: extentOf(sections, conversation, recorded[index]!),
        folded: extentOf(foldedLines({ sections }), conversation, recorded[index]!),
      },
      ...namesOf(sections, conversation, recorded[index]!),
    });
  }
  return told;
}

function extentOf(
  sections: readonly ShownSection[],
  { messages, failure }: Annotated,
  { workspace, entryIds }: Recorded,
): ToldExtent {
  const lines = sections.flatMap((section) => section.lines);
  const told = new Set(lines.flatMap(({ source, answered }) => [source?.messageId, answered?.messageId]));
  const isTold = (ids: ReadonlySet<string>) => [...ids].some((id) => told.has(id));
  return {
    found: isTold(entryIds[failure!.step]!),
    byChance: entryIds.filter(isTold).length / messages.length,
    lines: lines.length,
    words: lines.reduce((sum, line) => sum + wordsOf(digestLine(line, workspace)), 0),
  };
}

/** As they are read: a link is its text. */
function wordsOf(markdown: string): number {
  const plain = markdown.replace(/\]\([^)]*\)/g, ']');
  return plain.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function namesOf(
  sections: readonly ShownSection[],
  { messages, failure }: Annotated,
  { names: shown }: Recorded,
) {
  const nameOf = (author: string) => shown.get(author) ?? author;
  const agents = new Set(messages.filter(({ role }) => role === 'bot').map(({ author }) => nameOf(author)));
  const faulty = nameOf(failure!.agent ?? messages[failure!.step]!.author);
  const lines = sections
    .filter(({ section }) => section === 'went_wrong' || section === 'unsure')
    .flatMap((section) => section.lines);
  const isNamed = (name: string) => lines.some((line) => names(line).some((each) => sameName(each, name)));
  return {
    agentNamed: isNamed(faulty),
    agentByChance: [...agents].filter(isNamed).length / Math.max(1, agents.size),
  };
}

function names({ who, to }: DigestLine): string[] {
  return [who, to].filter((name) => name !== null);
}
