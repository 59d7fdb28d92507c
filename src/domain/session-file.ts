import type { WorkLog } from './work-log.ts';
import type { Workspace } from './workspace.ts';

/** Of a channel's name, in code points: with four bytes each, the file's name stays below the 255 bytes that file systems take. */
const SLUG_MAX = 40;

/**
 * The name of a session's file: where it was, on which day (UTC) it began, and which it is. People choose the names of channels, so
 * only letters, digits, `-` and `_` of them are left, whatever the script: no path, no hidden file, nothing for a shell to expand.
 */
export function sessionFileName(
  { name }: Pick<Workspace, 'name'>,
  { startedAt, sessionId }: Pick<WorkLog, 'startedAt' | 'sessionId'>,
): string {
  const day = new Date(startedAt).toISOString().slice(0, 10);
  return `${slugOf(name)}-${day}-${slugOf(sessionId)}.json`;
}

function slugOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-');
  const short = [...plain].slice(0, SLUG_MAX).join('');
  return short.replace(/^[-_\p{M}]+|[-_]+$/gu, '') || 'workspace';
}
