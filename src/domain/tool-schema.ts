import { cutMessage } from './limits.ts';

/** How agents write down what went into a tool and what came out of it, as the next agent reads it. Names in JSON are public. */

/** A call as a program made it. */
export interface ToolCall {
  /** By position. */
  args?: unknown[] | undefined;
  /** By name. */
  kwargs?: Record<string, unknown> | undefined;
  /** Where it was made. */
  context?: Record<string, unknown> | undefined;
}

/** Of each named argument, in UTF-16 units of its text. */
const ARGUMENT_MAX = 500;

/** The input of a call: `args`, `kwargs`, `timestamp`, `caller`, `context`. `at` in ms UTC. */
export function inputOf({ args = [], kwargs = {}, context }: ToolCall, caller: string, at: number): unknown {
  const input = { args, kwargs, timestamp: new Date(at).toISOString(), caller };
  return toolInput(context === undefined ? input : { ...input, context });
}

/**
 * A tool's input in the shape of {@link inputOf}, as far as it is none of its own: what is no object are arguments by position. Of long
 * named arguments the beginning is kept. Null where there is none.
 */
export function toolInput(input: unknown): unknown {
  const value = plain(input);
  if (value === null) return null;
  if (!isObject(value)) return { args: Array.isArray(value) ? value : [value] };
  const { args, kwargs } = value;
  return {
    ...value,
    ...(args !== undefined && args !== null && { args: Array.isArray(args) ? args : [args] }),
    ...(isObject(kwargs) && { kwargs: shortened(kwargs) }),
  };
}

/**
 * A tool's output as data: objects and lists are it already, whether or not they have `_raw`, `_type`, `_summary`, `status`, `error` and
 * `metadata`. All else has its text in `_value` and its type in `_type`, and itself in `_raw` where that is not the text. Null where
 * there is none.
 */
export function toolOutput(output: unknown): unknown {
  const value = plain(output);
  if (value === null || typeof value === 'object') return value;
  const raw = typeof value === 'string' ? {} : { _raw: value };
  return { _value: String(value), _type: typeof output, ...raw };
}

/** What of a value JSON can say; its text where that is nothing. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  try {
    const json = JSON.stringify(value) as string | undefined;
    const data: unknown = json === undefined ? null : JSON.parse(json);
    return data ?? String(value);
  } catch {
    return String(value);
  }
}

function shortened(kwargs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(kwargs).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [name, text.length > ARGUMENT_MAX ? cutMessage(text, ARGUMENT_MAX) : value];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
