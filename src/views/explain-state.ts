import { MODES } from './entry-block.ts';
import type { Mode } from './entry-block.ts';
import { FIRST_PAGE, PAGE_ENTRIES, readCursor, STRETCH_ENTRIES, writeCursor } from './pages.ts';
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
  | { kind: 'file'; sessionId: string; bot: number | null }
  /** Give the session as data for the next agent. */
  | { kind: 'artifact'; sessionId: string }
  /** Show who did what when, as a picture. */
  | { kind: 'timeline'; sessionId: string };

/** A session from its beginning, or the page that holds the entry at index `entry`. */
export function newState(sessionId: string, entry = 0, mode: Mode = 'summary'): ExplainState {
  return { sessionId, mode, bot: null, cursor: cursorAt(mode, entry - (entry % PAGE_ENTRIES)) };
}

/** The same session in another mode, from the step on top of the page on; in the same mode it is read anew. `entry` is its index. */
export function inMode(state: ExplainState, mode: Mode, entry: number): ExplainState {
  if (mode === state.mode) return { ...state, cursor: { side: 'from', at: { entry, block: 0 } } };
  return { ...state, mode, cursor: cursorAt(mode, state.mode === 'coordination' ? 0 : entry) };
}

/** Coordinator mode leaves steps out, so that an index among all means nothing there; conversations put them in another order. */
function cursorAt(mode: Mode, entry: number): Cursor {
  if (mode === 'coordination') return FIRST_PAGE;
  const first = mode === 'conversations' ? entry - (entry % STRETCH_ENTRIES) : entry;
  return { side: 'from', at: { entry: first, block: 0 } };
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

export function artifactId({ sessionId }: Pick<ExplainState, 'sessionId'>): string {
  return `explain:${sessionId}:artifact`;
}

export function timelineId({ sessionId }: Pick<ExplainState, 'sessionId'>): string {
  return `explain:${sessionId}:timeline`;
}

/** Custom id of a select that opens a session; its values are {@link openValue}s. */
export const OPEN_ID = 'explain:open';

export function openValue(sessionId: string, entry = 0): string {
  return `${sessionId}:${entry}`;
}

/** Custom id of a button that does the same, in the usual mode or in a certain one. */
export function openId(sessionId: string, entry = 0, mode: Mode | null = null): string {
  return [OPEN_ID, openValue(sessionId, entry), ...(mode === null ? [] : [mode])].join(':');
}

/**
 * Reads a custom id, split at its colons and without its first part, and what was selected, if anything. Undefined when it is
 * none of the above: buttons of an older version may still be around. What names no mode opens in `usual`.
 */
export function readPress(
  args: readonly string[],
  values: readonly string[],
  usual: Mode = 'summary',
): ExplainPress | undefined {
  const [first, kind, bot, cursor] = args;
  if (first === 'open') return readOpen(values[0] ?? args.slice(1).join(':'), usual);
  if (first === undefined || !SNOWFLAKE.test(first)) return undefined;
  if (kind === 'artifact' || kind === 'timeline') return { kind, sessionId: first };
  if (kind === 'file') return { kind, sessionId: first, bot: readBot(bot) };
  const mode = modeOf(kind);
  if (!mode) return undefined;
  if (bot === SELECTED) {
    return { kind: 'turn', state: { sessionId: first, mode, bot: readBot(values[0]), cursor: FIRST_PAGE } };
  }
  return { kind: 'turn', state: { sessionId: first, mode, bot: readBot(bot), cursor: readCursor(cursor) } };
}

const ALL = 'all';
const SELECTED = 'select';
const SNOWFLAKE = /^\d{1,20}$/;

function readOpen(value: string, usual: Mode): ExplainPress | undefined {
  const [sessionId = '', entry = '', mode] = value.split(':');
  if (!SNOWFLAKE.test(sessionId) || !/^\d{1,9}$/.test(entry)) return undefined;
  return { kind: 'open', state: newState(sessionId, Number(entry), modeOf(mode) ?? usual) };
}

export function modeOf(text: string | null | undefined): Mode | undefined {
  return MODES.find((mode) => mode === text);
}

function readBot(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
