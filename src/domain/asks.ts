import { plainName } from './author.ts';
import type { Entry } from './entry.ts';

/** What one bot was asked to do. */
export interface Ask {
  /** Name of the bot, without `@`. */
  to: string;
  /** In the asker's words; all of them where they are for all who are asked. */
  task: string;
}

/**
 * Who is asked for what in a handoff. One message may give each bot a task of its own: `@a Draw. @b Build.` Those it only speaks of,
 * in the middle of a sentence, are asked for nothing.
 */
export function asksOf(entry: Pick<Entry, 'message' | 'mentions' | 'handoffTo' | 'level'>): Ask[] {
  if (entry.level !== 'handoff') return [];
  const known = new Map([...entry.handoffTo, ...entry.mentions].map((name) => [plainName(name), bare(name)]));
  const addressed = addressees(entry.message, known);
  const tasks = new Map(addressed.map(({ to, task }) => [plainName(to), task]));
  for (const name of entry.handoffTo) {
    const key = plainName(name);
    if (!tasks.get(key)) tasks.set(key, entry.message.trim());
  }
  return [...tasks].map(([key, task]) => ({ to: known.get(key)!, task }));
}

/** Those addressed at the start of the message, of a line or of a sentence, with what is said until the next one. */
function addressees(message: string, known: ReadonlyMap<string, string>): Ask[] {
  const starts = [...marks(message, known)];
  const asks = starts.map(({ to, end }, index) => ({
    to,
    task: tidy(message.slice(end, starts[index + 1]?.start ?? message.length)),
  }));
  // Of `@a and @b please check`, both are asked what the last one is.
  for (let index = asks.length - 2; index >= 0; index -= 1) {
    if (asks[index]!.task === '') asks[index]!.task = asks[index + 1]!.task;
  }
  return asks;
}

function* marks(
  message: string,
  known: ReadonlyMap<string, string>,
): Generator<{ to: string; start: number; end: number }> {
  // A name may hold spaces, so the longest that fits counts.
  const names = [...known.keys()].sort((a, b) => b.length - a.length);
  const lower = message.toLowerCase();
  let previousEnd = -1;
  for (let start = lower.indexOf('@'); start >= 0; start = lower.indexOf('@', start + 1)) {
    const name = names.find((key) => lower.startsWith(key, start + 1));
    if (name === undefined) continue;
    const before = message.slice(previousEnd < 0 ? 0 : previousEnd, start);
    const begins = /(?:^|[.!?;:\n])[\s*_>-]*$/u.test(message.slice(0, start));
    const goesOn = previousEnd >= 0 && /^\s*(?:,|and|&|\+|\/)*\s*$/iu.test(before);
    if (!begins && !goesOn) continue;
    previousEnd = start + 1 + name.length;
    yield { to: known.get(name)!, start, end: previousEnd };
  }
}

/** What joins the next name to a task stands within so many characters of its end; the expression would try every blank before. */
const JOINING = 32;

function tidy(task: string): string {
  const said = task
    .replace(/^[\s,:;–—-]+/u, '')
    .replace(/^(?:and|please)\s+/iu, '')
    .trimEnd();
  const end = said.slice(-JOINING).replace(/[\s,]*(?:\band\b)?[\s,]*$/iu, '');
  return `${said.slice(0, -JOINING)}${end}`.trim();
}

function bare(name: string): string {
  return name.replace(/^@/, '');
}
