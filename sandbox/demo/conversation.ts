import type { APIEmbed } from 'discord-api-types/v10';

/** What is said in one channel, as data. */
export interface Conversation {
  /** The channel's name, without `#`. */
  channel: string;
  lines: Line[];
}

export interface Line {
  /** Who says it: a user name of the cast. */
  from: string;
  /** `@name` becomes a real mention of that member, `#name` one of that channel. */
  say: string;
  /** Whom it addresses, by user name: mentioned before all else. */
  to?: string;
  /** What the agent reports beside it, for programs: a `worklog` block. */
  report?: object;
  embeds?: readonly APIEmbed[];
  /** What its own program reports through a door before that, without a message. */
  reported?: readonly Reported[];
  /** When, by the clock of the demo: `23:05`. Without it, right after the line before. */
  at?: string;
  /** What later lines of this conversation call it. */
  id?: string;
  /** Whether nothing more is said before the guest has answered here. */
  isAnswered?: boolean;
  /** The `id` of an earlier line that it replies to. */
  replyTo?: string;
  /** The `id` of an earlier line of the same speaker that it takes the place of. */
  edits?: string;
  /** Said in a thread; the first line that names a thread opens it on the message `on`. */
  thread?: { name: string; on: string };
}

/** A run of a tool that an agent's program reports, in the names of the door. */
export interface Reported {
  /** As {@link Line.at}. */
  at: string;
  /** Through which door: any client of MCP, or the bot's own for HTTP. */
  over: 'mcp' | 'http';
  run: {
    tool_name: string;
    tool_input: Record<string, unknown>;
    tool_output: Record<string, unknown>;
    tool_status: 'success' | 'error' | 'timeout';
    tool_error?: string;
    duration_ms: number;
    message?: string;
  };
}

/** All that a line has to be read. */
export function textOf({ say, report }: Pick<Line, 'say' | 'report'>): string {
  if (report === undefined) return say;
  // A fence in the data would end the block.
  const json = JSON.stringify(report).replaceAll('`', String.raw`\u0060`);
  return `${say}\n\`\`\`worklog\n${json}\n\`\`\``.trim();
}
