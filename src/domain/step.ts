import type { Author, BotRole } from './author.ts';
import type { Draft, Level, ToolRun, ToolStatus } from './entry.ts';
import { DETAILS_MAX, TOOL_VALUE_MAX, cutMessage, cutValue } from './limits.ts';
import { toolInput as asInput, toolOutput as asOutput } from './tool-schema.ts';

/** What a step may say. Names of bots are with or without `@`; without a bot it is the coordinator, or else the first participant. */
export interface Step {
  /** Default: `tool` of a tool run, else `info`. */
  level?: Level | undefined;
  category?: string | undefined;
  message?: string | undefined;
  botName?: string | undefined;
  botRole?: BotRole | undefined;
  /** `user` or a bot; default: whoever was answered, or asked this bot last. */
  triggeredBy?: string | undefined;
  details?: Record<string, unknown> | undefined;
  /** 0–1. */
  confidence?: number | undefined;
  durationMs?: number | undefined;
  coordinatorMode?: boolean | undefined;
  escalation?: boolean | undefined;
  toolName?: string | undefined;
  toolInput?: unknown;
  toolOutput?: unknown;
  toolStatus?: ToolStatus | undefined;
  toolError?: string | undefined;
  mentions?: string[] | undefined;
  /** A step of this log. */
  responseTo?: number | null | undefined;
  /** Others may learn from it, under `insightCategory`. */
  shareableInsight?: boolean | undefined;
  /** Default, for an insight: the category. */
  insightCategory?: string | undefined;
}

/**
 * What a program says of a step, within the limits of what is kept.
 *
 * @throws RangeError when the confidence is no number from 0 to 1
 */
export function draftOf(step: Step & { botName: string }, messageId: string, at: number): Draft {
  const { toolName, details, triggeredBy, coordinatorMode, botRole, confidence = null } = step;
  if (confidence !== null && !(confidence >= 0 && confidence <= 1))
    throw new RangeError(`A confidence is a number from 0 to 1, not ${confidence}`);
  const isTool = toolName !== undefined;
  const message = cutMessage(step.message ?? toolName ?? '');
  const category = step.category ?? (isTool ? 'tool' : 'general');
  const mentions = (step.mentions ?? []).map(botOf);
  return {
    messageId,
    part: 0,
    replyToMessageId: null,
    at,
    author: botOf(step.botName),
    level: step.level ?? (isTool ? 'tool' : 'info'),
    category,
    message,
    origin: 'inferred',
    mentions,
    addressed: mentions.filter((bot) => opensALine(message, bot.name)),
    escalation: step.escalation ?? false,
    confidence,
    durationMs: step.durationMs ?? null,
    tool: toolOf(step),
    details: details ? (cutValue(details, DETAILS_MAX) as Record<string, unknown>) : null,
    masked: 0,
    claims: {
      role: botRole,
      triggeredBy,
      responseTo: step.responseTo ?? undefined,
      coordinatorMode,
      insightCategory: insightCategoryOf(step, category),
    },
  };
}

function insightCategoryOf(step: Step, category: string): string | undefined {
  if (step.shareableInsight === false) return undefined;
  return step.insightCategory ?? (step.shareableInsight ? category : undefined);
}

function toolOf({
  toolName,
  toolInput,
  toolOutput,
  toolStatus = 'unknown',
  toolError,
}: Step): ToolRun | null {
  if (toolName === undefined) return null;
  const [input, output] = [asInput(toolInput), asOutput(toolOutput)].map((value) =>
    cutValue(value, TOOL_VALUE_MAX),
  );
  return { name: toolName, input, output, status: toolStatus, error: toolError ?? null };
}

/** In a program's own log a bot is known by its name alone. */
function botOf(name: string): Author {
  return { key: botNameOf(name).toLowerCase(), name: botNameOf(name), kind: 'bot' };
}

/** A bot's name without the `@` that it is mentioned with. */
export function botNameOf(name: string): string {
  return name.replace(/^@/, '').trim();
}

function opensALine(message: string, name: string): boolean {
  const mention = `@${name}`.toLowerCase();
  return message.split('\n').some((line) => {
    const said = line.trim().toLowerCase();
    return said.startsWith(mention) && !/^[\p{L}\p{N}_]/u.test(said.slice(mention.length));
  });
}
