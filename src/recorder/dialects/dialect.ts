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
  /** Whatever else is known, as JSON in snake_case. */
  details?: Record<string, unknown> | undefined;
  /** It waits for a person to decide. */
  escalation?: boolean | undefined;
  /** Bots that it hands work to, by name, when the format says so. */
  handoffTo?: string[] | undefined;
  /** Bots that it mentions, by name, besides those that `message` mentions. */
  mentions?: string[] | undefined;
  /** The step of the session that it answers, as the agent counts. */
  responseTo?: number | undefined;
  /** `user` or the name of the bot that caused it, as the agent says. */
  triggeredBy?: string | undefined;
  coordinatorMode?: boolean | undefined;
  /** What other bots may learn from it, as the agent says. */
  insight?: Insight | undefined;
  /** The name of the person who acted through the bot: the entry is theirs, not the bot's. */
  person?: string | undefined;
  /** It opens or ends the session; the part itself is recorded as a step of it. */
  session?: 'start' | 'end' | undefined;
  /** What it says about the session as a whole. */
  log?: LogTexts | undefined;
  /** Data for another agent. */
  artifact?: HandedArtifact | undefined;
}

export interface Insight {
  /** Null: the part's own category. */
  category: string | null;
  /** It should not wait for the end of the session. */
  shareNow: boolean;
  /** Names of bots; empty: whom it concerns is not said. */
  applicableTo: string[];
}

export interface LogTexts {
  query?: string | undefined;
  finalOutput?: string | undefined;
  summary?: string | undefined;
  nextActions?: string[] | undefined;
}

export interface HandedArtifact {
  content: Record<string, unknown>;
  /** The bot that should take it; null: whoever needs it. */
  consumer: string | null;
  workflowId: string | null;
}

/** How a known agent writes in Discord. Pure: the same message always reads the same. */
export interface Dialect {
  name: string;
  /** True when a message has the format's unmistakable marks. Asked over a bot's own last messages, never to read one. */
  recognises(observation: Observation): boolean;
  /**
   * One of these stands in each text of Latin letters alone that has the marks and asks a person for something, or tells how that
   * ended. Absent: no such text does.
   */
  prompting?: readonly string[];
  /**
   * What the message says, at least one part. What the format does not know is one `inferred` part of level `info` in category
   * `general`: nothing is dropped. Never throws, whatever the text.
   */
  read(observation: Observation): Part[];
  /**
   * True when an edited message is the same message growing, or its state changing as this format does it, so that the edit
   * corrects nothing. Asked beside the rule for all messages (`isGrowth`); absent: that rule alone counts.
   */
  grows?(before: readonly Said[], after: readonly Said[]): boolean;
}

/** What was read from a message before an edit or is read after it, as a {@link Part} or as the entry that became of one. */
export interface Said extends Pick<Part, 'level' | 'message' | 'origin' | 'escalation'> {
  tool?: ToolRun | null | undefined;
  details?: Record<string, unknown> | null | undefined;
}
