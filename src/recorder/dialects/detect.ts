import type { Observation } from '../observation.ts';
import type { Dialect, Part } from './dialect.ts';

/** What is known so far of how a bot writes. Plain data. */
export interface Detection {
  /** The dialect that was found; kept from then on. */
  chosen: string | null;
  /** For each of the bot's last messages that any dialect knows: the names of those that do. */
  marked: string[][];
}

/** So many marked messages are remembered, and so many of them a dialect must know. */
const REMEMBERED = 10;
const NEEDED = 2;

export function noDetection(): Detection {
  return { chosen: null, marked: [] };
}

/**
 * Takes one more message of a bot into account. A dialect is chosen when it knows two or more of the bot's last messages with marks,
 * more than half of them, and more than twice as many as any other; then the state stays as it is.
 */
export function detect(
  state: Detection,
  observation: Observation,
  dialects: ReadonlyMap<string, Dialect>,
): Detection {
  if (state.chosen !== null) return state;
  const knowing = [...dialects.values()]
    .filter((dialect) => dialect.recognises(observation))
    .map(({ name }) => name);
  if (knowing.length === 0) return state;
  const marked = [...state.marked, knowing].slice(-REMEMBERED);
  return { chosen: choose(marked), marked };
}

function choose(marked: readonly string[][]): string | null {
  const counts = new Map<string, number>();
  for (const name of marked.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  const [name, count] = first!;
  const isEnough = count >= NEEDED && count * 2 > marked.length;
  return isEnough && count > 2 * (second?.[1] ?? 0) ? name : null;
}

/**
 * The one dialect in which a message asks a person for something, or tells how that ended; null when there is none, or several might
 * be meant. A person is waited for whether or not the bot has shown how it writes before.
 */
export function dialectOfPrompt(
  observation: Observation,
  dialects: ReadonlyMap<string, Dialect>,
): Dialect | null {
  const asking = [...dialects.values()].filter(
    (dialect) => dialect.recognises(observation) && dialect.read(observation).some(isPrompt),
  );
  return asking.length === 1 ? asking[0]! : null;
}

function isPrompt({ escalation, details }: Part): boolean {
  return escalation === true || details?.['outcome'] !== undefined;
}
