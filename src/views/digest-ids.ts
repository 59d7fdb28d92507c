/** The custom id of the button that shows all of a report. */
export function moreId(workspaceId: number, { from, to }: { from: number; to: number }): string {
  return `summary:more:${workspaceId}:${from}:${to}`;
}

/** The custom id of the button that shows all decisions that wait there. */
export function decisionsId(workspaceId: number): string {
  return `summary:decisions:${workspaceId}`;
}

export type SummaryPress =
  | { kind: 'more'; workspaceId: number; from: number; to: number }
  | { kind: 'decisions'; workspaceId: number };

/** What a press on a component named `summary` asks for; undefined when it is none of ours. */
export function readSummaryPress([kind, ...numbers]: readonly string[]): SummaryPress | undefined {
  if (numbers.some((text) => !/^\d{1,15}$/.test(text))) return undefined;
  const [workspaceId, from, to] = numbers.map(Number);
  if (kind === 'more' && numbers.length === 3)
    return { kind, workspaceId: workspaceId!, from: from!, to: to! };
  return kind === 'decisions' && numbers.length === 1 ? { kind, workspaceId: workspaceId! } : undefined;
}
