import type { Level, Origin, ToolRun } from '../../domain/entry.ts';
import type { Observation } from '../observation.ts';

/**
 * One thing that a message says. A message of plain chat has one part; an agent's message may hold several tool runs, a thought
 * and an answer. Parts become entries in their order.
 */
export interface Part {
  level: Level;
  category: string;
  /** What a person reads. Ids in it are replaced by names and bots are looked for in it later, by the recorder. */
  message: string;
  origin: Origin;
  tool?: ToolRun | undefined;
  confidence?: number | undefined;
  durationMs?: number | undefined;
  details?: Record<string, unknown> | undefined;
  /** It waits for a person to decide. */
  escalation?: boolean | undefined;
  /** Bots that it hands work to, by name, when the format says so. */
  handoffTo?: string[] | undefined;
  /** The name of the person who acted through the bot: the entry is theirs, not the bot's. */
  person?: string | undefined;
  /** It opens or ends the session; the part itself is recorded as a step of it. */
  session?: 'start' | 'end' | undefined;
}

/** How a known agent writes in Discord. Pure: the same message always reads the same. */
export interface Dialect {
  name: string;
  /** True when a message has the format's unmistakable marks. Asked over a bot's own last messages, never to read one. */
  recognises(observation: Observation): boolean;
  /**
   * What the message says, at least one part. What the format does not know is one `inferred` part of level `info` in category
   * `general`: nothing is dropped. Never throws, whatever the text.
   */
  read(observation: Observation): Part[];
}
