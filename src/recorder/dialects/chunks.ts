import type { Observation } from '../observation.ts';

/** Parts of one answer follow each other within so many ms. */
const APART_MS = 2_000;
/** Senders split at 1900 or 2000 characters, looking back for a good place, or after so many lines. */
const FULL_LENGTH = 1_000;
const FULL_LINES = 17;

/**
 * True when `next` goes on with the answer that `before` began, because that one was full: the same bot wrote both in the same
 * place, one right after the other, and only the first may reply to somebody.
 */
export function continues(before: Observation, next: Observation): boolean {
  const apart = next.at - before.at;
  return (
    apart >= 0 &&
    apart <= APART_MS &&
    before.author.key === next.author.key &&
    before.author.kind !== 'person' &&
    before.workspaceId === next.workspaceId &&
    before.threadId === next.threadId &&
    (next.replyToMessageId === null || next.replyToMessageId === before.replyToMessageId) &&
    isText(before) &&
    isText(next) &&
    isFull(before.content)
  );
}

/** Embeds and components are cards of their own, and files end a message. */
function isText({ content, embeds, componentTexts, attachments }: Observation): boolean {
  return content !== '' && embeds.length === 0 && componentTexts.length === 0 && attachments.length === 0;
}

function isFull(content: string): boolean {
  return content.length >= FULL_LENGTH || content.split('\n', FULL_LINES).length === FULL_LINES;
}
