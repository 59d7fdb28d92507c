import { formatTable } from '../../shared/table.ts';

/** What became of a file's runs. */
export interface FileResult {
  file: string;
  agents: number;
  tools: number;
  messages: number;
  /** Of the tool runs, those that failed. */
  errors: number;
  /** In words: what is not as it was reported. */
  wrong: string[];
}

/** What an entry has to be like. */
export interface ExpectedEntry {
  /** For people: which one it is. */
  name: string;
  kind: 'agent' | 'tool' | 'message';
  tool: string | null;
  status: string | null;
  error: string | null;
  durationMs: number | null;
}

export function resultOf(file: string, expected: readonly ExpectedEntry[], wrong: string[]): FileResult {
  const count = (kind: ExpectedEntry['kind']) => expected.filter((entry) => entry.kind === kind).length;
  const errors = expected.filter(({ status }) => status === 'error' || status === 'timeout').length;
  return { file, agents: count('agent'), tools: count('tool'), messages: count('message'), errors, wrong };
}

/** How many differences are shown. */
const SHOWN = 5;

export function formatResults(results: readonly FileResult[]): string {
  const row = ({ file, agents, tools, messages, errors, wrong }: FileResult) => [
    file,
    agents,
    tools,
    errors,
    messages,
    wrong.length,
  ];
  const table = formatTable(['file', 'agents', 'tool runs', 'failed', 'messages', 'wrong'], results.map(row));
  const differences = results.flatMap(({ file, wrong }) => wrong.map((words) => `✗ ${file}: ${words}`));
  return [table, ...differences.slice(0, SHOWN)].join('\n');
}
