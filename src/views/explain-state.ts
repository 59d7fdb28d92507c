import { MODES } from './entry-block.ts';
import type { Mode } from './entry-block.ts';
import { FIRST_PAGE, PAGE_ENTRIES, readCursor, writeCursor } from './pages.ts';
import type { Cursor } from './pages.ts';

/** All that decides what an explanation shows. Its buttons carry it, so that they keep working after a restart. */
export interface ExplainState {
  sessionId: string;
  mode: Mode;
  /** Which of the session's participants alone is shown, in the order of their first step; null for all. */
  bot: number | null;
  cursor: Cursor;
}

/** What a press on a component named `explain` asks for. */
export type ExplainPress =
  /** Show this instead of what is shown now. */
  | { kind: 'turn'; state: ExplainState }
  /** Show this beside what is shown now. */
  | { kind: 'open'; state: ExplainState }
  /** Give the whole log as a file. */
  | { kind: 'file'; sessionId: string; bot: number | null };

/** A session from its beginning, or the page that holds the entry at index `entry`. */
export function newState(sessionId: string, entry = 0): ExplainState {
  const at = { entry: entry - (entry % PAGE_ENTRIES), block: 0 };
  return { sessionId, mode: 'summary', bot: null, cursor: { side: 'from', at } };
}

/** Custom id of a button that turns to `state`. */
export function turnId(state: ExplainState): string {
  return `explain:${state.sessionId}:${state.mode}:${state.bot ?? ALL}:${writeCursor(state.cursor)}`;
}

/** Custom id of a select whose values are {@link botValue}s. */
export function botSelectId(state: ExplainState): string {
  return `explain:${state.sessionId}:${state.mode}:${SELECTED}`;
}

export function botValue(bot: number | null): string {
  return String(bot ?? ALL);
}

export function fileId(state: Pick<ExplainState, 'sessionId' | 'bot'>): string {
  return `explain:${state.sessionId}:file:${state.bot ?? ALL}`;
}

/** Custom id of a select that opens a session; its values are {@link openValue}s. */
export const OPEN_ID = 'explain:open';

export function openValue(sessionId: string, entry = 0): string {
  return `${sessionId}:${entry}`;
}

/** Custom id of a button that does the same. */
export function openId(sessionId: string, entry = 0): string {
  return `${OPEN_ID}:${openValue(sessionId, entry)}`;
}

/**
 * Reads a custom id, split at its colons and without its first part, and what was selected, if anything. Undefined when it is
 * none of the above: buttons of an older version may still be around.
 */
export function readPress(args: readonly string[], values: readonly string[]): ExplainPress | undefined {
  const [first, kind, bot, cursor] = args;
  if (first === 'open') return readOpen(values[0] ?? args.slice(1).join(':'));
  if (first === undefined || !SNOWFLAKE.test(first)) return undefined;
  if (kind === 'file') return { kind, sessionId: first, bot: readBot(bot) };
  const mode = MODES.find((mode) => mode === kind);
  if (!mode) return undefined;
  if (bot === SELECTED) {
    return { kind: 'turn', state: { sessionId: first, mode, bot: readBot(values[0]), cursor: FIRST_PAGE } };
  }
  return { kind: 'turn', state: { sessionId: first, mode, bot: readBot(bot), cursor: readCursor(cursor) } };
}

const ALL = 'all';
const SELECTED = 'select';
const SNOWFLAKE = /^\d{1,20}$/;

function readOpen(value: string): ExplainPress | undefined {
  const [sessionId = '', entry = ''] = value.split(':');
  if (!SNOWFLAKE.test(sessionId) || !/^\d{1,9}$/.test(entry)) return undefined;
  return { kind: 'open', state: newState(sessionId, Number(entry)) };
}

function readBot(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
