import { formatTable } from '../shared/table.ts';
import type { Checked, CheckedConversation } from './check.ts';
import { DIFFERENCES } from './compare.ts';
import type { Difference, DifferenceKind } from './compare.ts';

/** The figures of one source file, or of what was recorded where nothing was played. */
export interface FileReport {
  file: string;
  conversations: number;
  messages: number;
  /** Messages of nothing but white space: Discord does not take them. */
  notPostable: number;
  /** Long messages are several. */
  discordMessages: number;
  recorded: number;
  /** Recorded with a secret or personal data hidden, which is no difference. */
  masked: number;
  differences: Record<DifferenceKind, number>;
  /** Conversations without any difference. */
  identical: number;
}

/** One line per source file, in the order in which they first appear. */
export function summarizeFiles({ conversations, strays }: Checked): FileReport[] {
  const byFile = Map.groupBy(conversations, ({ played }) => played.part.conversation.file);
  const reports = [...byFile].map(([file, checked]) => summarizeFile(file, checked));
  if (strays.length === 0) return reports;
  const elsewhere = summarizeFile('(where nothing was said)', []);
  return [...reports, { ...elsewhere, recorded: strays.length, differences: count(strays.map(stray)) }];
}

function summarizeFile(file: string, checked: readonly CheckedConversation[]): FileReport {
  const sum = (valueOf: (one: CheckedConversation) => number) =>
    checked.reduce((total, one) => total + valueOf(one), 0);
  return {
    file,
    conversations: checked.length,
    messages: sum(({ played }) => played.part.conversation.messages.length),
    notPostable: sum(({ played }) => played.part.notPostable),
    discordMessages: sum(({ played }) => played.expected.length),
    recorded: sum(({ recorded }) => recorded),
    masked: sum(({ masked }) => masked),
    differences: count(checked.flatMap(({ differences }) => differences)),
    identical: sum(({ differences }) => Number(differences.length === 0)),
  };
}

/** True when everything was recorded as it was said. */
export function isIdentical(reports: readonly FileReport[]): boolean {
  return reports.every(({ differences }) => Object.values(differences).every((number) => number === 0));
}

export function formatReports(reports: readonly FileReport[]): string {
  const head = ['file', 'conversations', 'messages', 'not postable', 'on Discord', 'recorded', 'masked'];
  const rows = reports.map((one) => [
    one.file,
    one.conversations,
    one.messages,
    one.notPostable,
    one.discordMessages,
    one.recorded,
    one.masked,
    ...DIFFERENCES.map((kind) => one.differences[kind]),
    one.identical,
  ]);
  return formatTable([...head, ...DIFFERENCES, 'identical'], rows);
}

/** A difference and where it is, for people. */
export interface LocatedDifference extends Difference {
  where: string;
}

/** The first differences, with all that was expected and all that is recorded. */
export function firstDifferences({ conversations, strays }: Checked, limit: number): LocatedDifference[] {
  const located = conversations.flatMap(({ played, differences }) => {
    const { file, line, id } = played.part.conversation;
    return differences.map((one) => ({ where: `${file}:${line} (${id})`, ...one }));
  });
  const elsewhere = strays.map((one) => ({ where: '(where nothing was said)', ...stray(one) }));
  return [...located, ...elsewhere].slice(0, limit);
}

export function formatDifference({ where, kind, about, expected, recorded }: LocatedDifference): string {
  const show = (value: unknown) => JSON.stringify(value);
  return `${where}, ${about}: ${kind}\n  expected ${show(expected)}\n  recorded ${show(recorded)}`;
}

function stray(recorded: Checked['strays'][number]): Difference {
  return { kind: 'extra', about: `step ${recorded.step}`, expected: null, recorded };
}

function count(differences: readonly Difference[]): Record<DifferenceKind, number> {
  const counts = Object.fromEntries(DIFFERENCES.map((kind) => [kind, 0])) as Record<DifferenceKind, number>;
  for (const { kind } of differences) counts[kind] += 1;
  return counts;
}
