import { z } from 'zod';
import type { Line } from '../demo/conversation.ts';
import { textOf } from '../demo/conversation.ts';
import { Accounts } from './accounts.ts';
import type { Account } from './accounts.ts';
import { conversation, readAs } from './conversations.ts';
import { MESSAGE_LIMIT, splitMessage } from './split.ts';

const tool = z.object({
  name: z.string(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  status: z.string().nullish(),
  error: z.string().nullish(),
  duration_ms: z.number().nullish(),
});
type Tool = z.output<typeof tool>;

const message = conversation.shape.messages.element.extend({ tool: tool.nullish() });
const withTools = conversation.extend({ messages: z.array(message) });
type Said = z.output<typeof message>;

/** A conversation of a file as it is played. */
export interface Replayed {
  id: string;
  lines: Line[];
}

/**
 * Reads the conversations of a file as lines that Discord takes: long messages in pieces, tool runs as `worklog` blocks.
 * @throws InputError for a file that holds none
 */
export function readReplay(file: string): { accounts: Account[]; conversations: Replayed[] } {
  const accounts = new Accounts();
  const conversations = readAs(withTools, file).map(({ id, messages }) => {
    const bots = new Set(messages.filter(({ role }) => role === 'bot').map(({ author }) => author));
    return { id, lines: messages.flatMap((said) => linesOf(said, bots, accounts)) };
  });
  return { accounts: accounts.all(), conversations };
}

/** Room for `<@`, the longest id and `> `. */
const MENTION_LENGTH = 24;

function linesOf(said: Said, bots: ReadonlySet<string>, accounts: Accounts): Line[] {
  const from = accounts.of(said.author, said.role).name;
  const isForBot = said.to !== undefined && bots.has(said.to) && said.to !== said.author;
  const to = isForBot ? accounts.of(said.to!, 'bot').name : undefined;
  const pieces = splitMessage(said.content.toWellFormed(), {
    reserve: to === undefined ? 0 : MENTION_LENGTH,
  });
  const lines: Line[] = pieces.map((say, index) => ({ from, say, ...(index === 0 && to && { to }) }));
  return said.tool ? [...lines, { from, say: '', report: reportOf(said.tool) }] : lines;
}

/** As much of a tool run as one message holds. */
function reportOf({ name, input, output, status, error, duration_ms: duration }: Tool): object {
  const ran = {
    type: 'tool',
    message: [name, aboutWhat(input)].filter(Boolean).join(' '),
    tool_name: name,
    ...(status && STATUSES.has(status) && { tool_status: status }),
    ...(error && { tool_error: shortened(error) }),
    ...(typeof duration === 'number' && { duration_ms: duration }),
  };
  const whole = { ...ran, ...present('tool_input', input), ...present('tool_output', output) };
  const short = {
    ...ran,
    ...present('tool_input', input && shortened(input)),
    ...present('tool_output', output && shortened(output)),
  };
  return [whole, short].find((report) => textOf({ say: '', report }).length <= MESSAGE_LIMIT) ?? ran;
}

/** What most tools are given first says what they are about. */
function aboutWhat(input: unknown): string | undefined {
  const values = typeof input === 'object' && input !== null ? Object.values(input) : [input];
  const text = values.find((value) => typeof value === 'string');
  return text && shortened(text);
}

const STATUSES = new Set(['success', 'error', 'timeout', 'unknown']);

function present(key: string, value: unknown): object {
  return value === undefined || value === null ? {} : { [key]: value };
}

const SHORT = 300;

function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= SHORT ? text : `${text.slice(0, SHORT).toWellFormed()}…`;
}
