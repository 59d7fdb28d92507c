import type { Author } from '../domain/author.ts';
import { answerOf } from '../domain/escalation-answer.ts';
import type { Answer } from '../domain/escalation-answer.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Post } from './escalation-messages.ts';
import { replyingTo } from './escalation-messages.ts';
import { decisionText } from './escalation-words.ts';
import { fencedBlock } from './fenced-block.ts';
import { ICONS } from './icons.ts';
import { LIMITS } from './limits.ts';
import { shown, shownName, timestamp } from './text.ts';

/** Of a note, so much is in the message; the artifact has all of it. */
const NOTE_MAX = 300;

/** So many are told in the message; the others have their artifacts. */
const TOLD_MAX = 10;

/**
 * The answer to an escalation that was decided or ran out of time: a line for people that mentions who it is for, and the same as a
 * block that a program reads. It pings nobody else. `withReply`: it goes below the message that asked. `others`: they asked the same.
 */
export function answerPost(escalation: Escalation, withReply: boolean, others: readonly Author[] = []): Post {
  const { answerTo, replyToMessageId } = escalation;
  const told = [answerTo, ...others].slice(0, TOLD_MAX);
  const answer = answerOf(escalation);
  const line = `${told.map(addressed).join(' ')} ${humanLine(answer)}`;
  const block = fencedBlock([{ ...answer }], CUTTABLE, LIMITS.content - line.length - 1);
  const users = told.filter(isPingable).map(({ key }) => key);
  const post: Post = {
    content: `${line}\n${block}`,
    allowed_mentions: { parse: [], users, roles: [] },
  };
  return withReply ? replyingTo(post, replyToMessageId) : post;
}

function addressed(author: Author): string {
  return isPingable(author) ? `<@${author.key}>` : `**${shownName(author.name, 40)}**`;
}

function isPingable({ kind }: Author): boolean {
  return kind !== 'persona';
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

/** Words of others, which may be long. */
const CUTTABLE = ['note', 'option', 'dedupe_key', 'decided_by'] as const;
