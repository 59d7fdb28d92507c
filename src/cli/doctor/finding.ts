/** `broken`: something does not work. `warning`: it may be meant so. */
export type Status = 'ok' | 'warning' | 'broken';

/** What one check found. */
export interface Finding {
  /** What was looked at, in a word or two. */
  check: string;
  status: Status;
  detail: string;
  /** What to do about it; null when it is well. */
  mend: string | null;
}

export function ok(check: string, detail: string): Finding {
  return { check, status: 'ok', detail, mend: null };
}

export function warning(check: string, detail: string, mend: string): Finding {
  return { check, status: 'warning', detail, mend };
}

export function broken(check: string, detail: string, mend: string): Finding {
  return { check, status: 'broken', detail, mend };
}

/** Something that went wrong, in one line. No message of ours, of SQLite or of discord.js holds the token. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message || error.name}${cause}`.replaceAll(/\s+/g, ' ');
}
