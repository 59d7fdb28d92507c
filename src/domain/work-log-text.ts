import type { Entry } from './entry.ts';

/** `summary`: who did what; `detailed`: how sure, how long, what came out; `debug`: all that is known. */
export type TextMode = 'summary' | 'detailed' | 'debug';

export interface TitledLog {
  workspaceId: string;
  query: string;
  summary: string | null;
  finalOutput: string | null;
}

/** A log as plain text, for terminals and prompts: a line per step and, below it, as much more as the mode asks for. */
export function logText(log: TitledLog, entries: readonly Entry[], mode: TextMode): string {
  const { workspaceId, query, summary, finalOutput } = log;
  return [
    `${workspaceId}: ${query}`,
    ...entries.map((entry) =>
      [headline(entry), ...below(entry, mode).map((line) => `   ${line}`)].join('\n'),
    ),
    ...(summary === null ? [] : [summary.trim()]),
    ...(finalOutput === null ? [] : [`→ ${finalOutput}`]),
  ].join('\n');
}

function headline({ step, level, escalation, author, handoffTo, message }: Entry): string {
  const to = handoffTo.length > 0 ? ` → ${handoffTo.join(', ')}` : '';
  return `${step}. [${escalation ? 'escalation' : level}] ${author.name}${to}: ${message}`;
}

function below(entry: Entry, mode: TextMode): string[] {
  if (mode === 'summary') return [];
  if (mode === 'debug') return JSON.stringify(entry, null, 2).split('\n');
  const { confidence, durationMs, responseTo, tool, details } = entry;
  const facts = [
    confidence === null ? '' : `${Math.round(confidence * 100)} % sure`,
    durationMs === null ? '' : `${durationMs} ms`,
    responseTo === null ? '' : `answers step ${responseTo}`,
    tool ? `${tool.name}: ${tool.status}${tool.error === null ? '' : `, ${tool.error}`}` : '',
  ].filter(Boolean);
  const values = { input: tool?.input, output: tool?.output, details };
  const data = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return [
    ...(facts.length > 0 ? [facts.join(' · ')] : []),
    ...data.map(([label, value]) => `${label}: ${JSON.stringify(value)}`),
  ];
}
