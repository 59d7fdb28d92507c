import type { Entry } from './entry.ts';
import { TOOL_VALUE_MAX, cutMessage, cutValue } from './limits.ts';
import { toolOutput } from './tool-schema.ts';

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
      output: cutValue(toolOutput(output), TOOL_VALUE_MAX),
      status: timedOut ? 'timeout' : failed ? 'error' : 'success',
      error: error === null ? null : cutMessage(error),
    },
  };
}
