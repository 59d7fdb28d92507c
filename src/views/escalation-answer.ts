import { answerOf } from '../domain/escalation-answer.ts';
import type { Answer } from '../domain/escalation-answer.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Post } from './escalation-messages.ts';
import { replyingTo } from './escalation-messages.ts';
import { decisionText } from './escalation-words.ts';
import { ICONS } from './icons.ts';
import { LIMITS } from './limits.ts';
import { shown, shownName, timestamp } from './text.ts';

/** Of a note, so much is in the message; the artifact has all of it. */
const NOTE_MAX = 300;

/**
 * The answer to an escalation that was decided or ran out of time: a line for people that mentions who it is for, and the same as a
 * block that a program reads. It pings nobody else. `withReply`: it goes below the message that asked.
 */
export function answerPost(escalation: Escalation, withReply: boolean): Post {
  const { answerTo, replyToMessageId } = escalation;
  const answer = answerOf(escalation);
  const pingable = answerTo.kind !== 'persona';
  const addressed = pingable ? `<@${answerTo.key}>` : `**${shownName(answerTo.name, 80)}**`;
  const line = `${addressed} ${humanLine(answer)}`;
  const block = fenced({ ...answer }, LIMITS.content - line.length - 1);
  const post: Post = {
    content: `${line}\n${block}`,
    allowed_mentions: { parse: [], users: pingable ? [answerTo.key] : [], roles: [] },
  };
  return withReply ? replyingTo(post, replyToMessageId) : post;
}

function humanLine({ outcome, option, note, decided_by: by, at }: Answer): string {
  if (outcome === 'decided')
    return `${ICONS.decision} **${shownName(by ?? '', 40)}** decided: ${decisionText({ option, note }, NOTE_MAX)}`;
  const late = `${ICONS.ended} Nobody decided by ${timestamp(Date.parse(at), 'f')}:`;
  if (outcome === 'cancel') return `${late} it is cancelled.`;
  return option === null
    ? `${late} go on without an answer.`
    : `${late} go on with **${shown(option, 120)}**.`;
}

const OPEN = '```worklog\n';
const CLOSE = '\n```';

/** As a fenced block of at most `max` characters. What had to be cut is named in `cut`. */
function fenced(block: Record<string, unknown>, max: number): string {
  const room = max - OPEN.length - CLOSE.length;
  const fitted = { ...block };
  for (let json = plainJson(fitted); ; json = plainJson(fitted)) {
    if (json.length <= room) return `${OPEN}${json}${CLOSE}`;
    const longest = CUTTABLE.reduce((a, b) => (sizeOf(fitted[b]) > sizeOf(fitted[a]) ? b : a));
    const value = String(fitted[longest]);
    // A character that goes may take up to twelve of JSON with it; going too far would lose more than needed.
    const excess = Math.max(1, Math.ceil((json.length - room) / 12));
    fitted[longest] = value.slice(0, Math.max(0, value.length - excess)).toWellFormed();
    fitted['cut'] = [...new Set([...((fitted['cut'] as string[] | undefined) ?? []), longest])];
  }
}

/** Words of others, which may be long. */
const CUTTABLE = ['note', 'option', 'dedupe_key', 'decided_by'] as const;

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? plainJson(value).length : 0;
}

/** JSON in which nothing ends the fence, looks like a mention or is drawn as nothing: what could is written as an escape. */
function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/[`<]|[\p{C}[\p{Z}--[ ]]]/gv, escaped);
}

function escaped(character: string): string {
  const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
