import type { Dialect, Said } from './dialect.ts';

/** Agents stream by editing: an edit so soon after the last one, in ms, continues it. */
export const STREAMING_MS = 5_000;

/**
 * True when an edit shows the same message growing, and so corrects nothing: it came within five seconds of the message's last
 * change, or it only adds to the text, or the bot's own format changes in this way.
 */
export function isGrowth(
  before: readonly Said[],
  after: readonly Said[],
  sinceLastChangeMs: number,
  dialect: Dialect | null,
): boolean {
  return (
    sinceLastChangeMs <= STREAMING_MS ||
    grew(textOf(before), textOf(after)) ||
    (dialect?.grows?.(before, after) ?? false)
  );
}

function textOf(said: readonly Said[]): string {
  return said.map(({ message }) => message).join('\n');
}

/** True when `after` says all that `before` said, and perhaps more behind it. */
export function grew(before: string, after: string): boolean {
  return after.startsWith(before.trimEnd().replace(STREAM_END, '').trimEnd());
}

/** What stands at the end of a text that is still being written: dots, or a cursor. */
const STREAM_END = /(?:\.{3}|…|[▉▌█▍])$/u;
