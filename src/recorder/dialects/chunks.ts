import type { Observation } from '../observation.ts';

/** Parts of one answer follow each other within so many ms. */
export const APART_MS = 2_000;
/** Senders split at 1900 or 2000 characters, looking back for a good place, or after so many lines. */
const FULL_LENGTH = 1_000;
const FULL_LINES = 17;
const LIMIT = 1_900;
/** A message of exactly so many characters was cut where the sender's limit fell. */
const HARD_LIMITS: ReadonlySet<number> = new Set([1_900, 1_990, 2_000, 4_000]);

/**
 * True when `next` goes on with the answer that `before` began, because that one was full: the same bot wrote both in the same
 * place, shortly one after the other, and only the first may reply to somebody. A bot of which nothing is known may just say one
 * thing after another: of its messages, the first must have had no room for what `next` begins with.
 */
export function continues(before: Observation, next: Observation, isKnownBot: boolean): boolean {
  const apart = next.at - before.at;
  return (
    apart >= 0 &&
    apart <= APART_MS &&
    before.author.key === next.author.key &&
    before.author.kind !== 'person' &&
    before.workspaceId === next.workspaceId &&
    before.threadId === next.threadId &&
    (next.replyToMessageId === null || next.replyToMessageId === before.replyToMessageId) &&
    isFull(before) &&
    isText(next) &&
    (isKnownBot || hasNoRoomFor(before.content, next.content))
  );
}

/** True when a message is as long as senders make them, so that another may go on with it. */
export function isFull(message: Observation): boolean {
  const { content } = message;
  const isLong = content.length >= FULL_LENGTH || hasFullLines(content);
  return isLong && isText(message);
}

/** Between what two chunks say: nothing when a word was cut in two, else a line break. */
export function gapBetween(before: string, next: string): '' | '\n' {
  const isCut = HARD_LIMITS.has(before.length) && /\S$/.test(before) && /^\S/.test(next);
  return isCut ? '' : '\n';
}

/** Embeds and components are cards of their own, and files end a message. */
function isText({ content, embeds, componentTexts, attachments }: Observation): boolean {
  return content !== '' && embeds.length === 0 && componentTexts.length === 0 && attachments.length === 0;
}

function hasFullLines(content: string): boolean {
  let lines = 1;
  for (let at = content.indexOf('\n'); at !== -1 && lines < FULL_LINES; at = content.indexOf('\n', at + 1))
    lines += 1;
  return lines === FULL_LINES;
}

/** Senders keep a paragraph or a fence together when they can. */
function hasNoRoomFor(before: string, next: string): boolean {
  const end = next.startsWith('```') ? next.indexOf('```', 3) : next.indexOf('\n\n');
  const block = end === -1 ? next.length : end;
  return before.length + 1 + block > LIMIT || hasFullLines(before);
}
