import type { Entry } from './entry.ts';
import { TOOL_VALUE_MAX, cutMessage, cutValue } from './limits.ts';

/** How a tool run came out. With an error it has failed. */
export interface ToolOutcome {
  output?: unknown;
  error?: string | undefined;
  /** It was not waited for any longer. */
  timedOut?: boolean | undefined;
  /** What a person reads of it; without one, that it is done and how long it took. */
  message?: string | undefined;
}

/** The step of a tool run, once the tool has come back at `at`. What failed is an error. */
export function finished(entry: Entry, outcome: ToolOutcome, at: number): Entry {
  const { name, input } = entry.tool!;
  const { output, error = null, timedOut = false } = outcome;
  const durationMs = Math.max(0, at - entry.at);
  const failed = timedOut || error !== null;
  const said = failed
    ? `✗ ${name} ${timedOut ? 'timed out' : 'failed'}${error === null ? '' : `: ${error}`}`
    : `✓ ${name} completed in ${durationMs}ms`;
  return {
    ...entry,
    level: failed ? 'error' : entry.level,
    message: cutMessage(outcome.message ?? said),
    durationMs,
    tool: {
      name,
      input,
      output: output === undefined ? null : forArtifact(output),
      status: timedOut ? 'timeout' : failed ? 'error' : 'success',
      error: error === null ? null : cutMessage(error),
    },
  };
}

/** A tool's value as the next agent reads it: objects and lists as they are, all else with its type beside it. */
export function forArtifact(value: unknown): unknown {
  const json = JSON.stringify(value) as string | undefined;
  const isData = json !== undefined && typeof value === 'object' && value !== null;
  const plain: unknown = isData ? JSON.parse(json) : { _value: String(value), _type: typeOf(value) };
  return cutValue(plain, TOOL_VALUE_MAX);
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
