import type { Author } from './author.ts';
import { readTimeout } from './block.ts';
import type { Draft } from './entry.ts';
import type { Severity } from './escalation.ts';

/** What a person wants decided, as they typed it. */
export interface Wanted {
  reason: string;
  /** Separated by `|`, else by commas or line breaks. */
  options?: string | null | undefined;
  severity?: Severity | null | undefined;
  /** A duration (`2h`), or an instant in ISO 8601. */
  timeout?: string | null | undefined;
}

/** As many as a select of Discord holds (https://discord.com/developers/docs/components/reference#string-select). */
const OPTIONS_MAX = 25;
/** As many characters as one of its options has. */
const OPTION_MAX = 100;

/** What is amiss with what a person typed, in words for them; null when all is well. `now` is ms UTC. */
export function faultOf(wanted: Wanted, now: number): string | null {
  const options = optionsIn(wanted.options);
  const long = options.find((option) => option.length > OPTION_MAX);
  if (wanted.reason.trim() === '') return 'Say in `reason` what is to be decided.';
  if (options.length > OPTIONS_MAX)
    return `These are ${options.length} options; Discord shows at most ${OPTIONS_MAX}. Leave some out, or ask an open question.`;
  if (long !== undefined)
    return `An option has at most ${OPTION_MAX} characters, and one of these has ${long.length}. Explain it in \`reason\`.`;
  return timeoutFault(wanted.timeout, now);
}

function timeoutFault(timeout: Wanted['timeout'], now: number): string | null {
  if (timeout === null || timeout === undefined) return null;
  const read = readTimeout(timeout.trim());
  if (read === null)
    return '`timeout` is a duration such as `30m`, `4h` or `2d`, or an instant such as `2030-01-31T18:00:00Z`.';
  return 'at' in read && read.at <= now ? 'That `timeout` is over already. Name a later one.' : null;
}

/** The distinct options in a text. */
export function optionsIn(text: string | null | undefined): string[] {
  const between = text?.includes('|') ? '|' : /[,\n]/;
  const options = (text ?? '').split(between).map((option) => option.replace(/\s+/g, ' ').trim());
  return [...new Set(options.filter((option) => option !== ''))];
}

export interface Raised extends Wanted {
  /** The interaction by which it was said: there is no message. */
  interactionId: string;
  by: Author;
  /** The message that it is about. */
  replyToMessageId: string | null;
  /** The step that it is about. */
  about: number | null;
  /** Values that were masked in its texts. */
  masked: number;
  at: number;
}

/** The step by which a person asks for a decision. Its texts are masked, and without fault. */
export function raisingDraft(raised: Raised): Draft {
  const { interactionId, by, replyToMessageId, about, masked, at, reason } = raised;
  return {
    messageId: interactionId,
    part: 0,
    replyToMessageId,
    at,
    author: by,
    level: 'coordination',
    category: 'escalation',
    message: reason.trim(),
    origin: 'reported',
    mentions: [],
    addressed: [],
    escalation: true,
    confidence: null,
    durationMs: null,
    tool: null,
    details: detailsOf(raised),
    masked,
    ...(about !== null && { claims: { responseTo: about } }),
  };
}

/** In the names of a block. */
function detailsOf({ options, severity, timeout, about }: Raised): Record<string, unknown> {
  const list = optionsIn(options);
  const read = readTimeout(timeout?.trim());
  return {
    kind: 'person',
    ...(list.length > 0 && { options: list }),
    ...(severity && { severity }),
    ...(read && 'afterMs' in read && { timeout_ms: read.afterMs }),
    ...(read && 'at' in read && { expires_at: new Date(read.at).toISOString() }),
    ...(about !== null && { about }),
  };
}
