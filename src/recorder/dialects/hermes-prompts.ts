import type { Observation } from '../observation.ts';
import { outcomePart, requestPart } from './approval.ts';
import type { Outcome, Request } from './approval.ts';
import type { Part } from './dialect.ts';
import { fenceAt } from './lines.ts';
import { nameIn } from './text.ts';

const APPROVAL = /^⚠\uFE0F? (?:\*\*)?Command Approval Required(?:\*\*)?/mu;
const QUESTION = /^❓ (?:\*\*)?Hermes needs your input(?:\*\*)?/mu;

/**
 * A prompt for a person. The same stands in the content and in an embed; how it ended stands in the embed's footer. Either is
 * enough to read it, and together they are one.
 */
export function readPrompt(observation: Observation): Part[] | null {
  const { content, embeds } = observation;
  const embed = embeds.find(({ title }) => title !== null && (APPROVAL.test(title) || QUESTION.test(title)));
  const isApproval = APPROVAL.test(content) || APPROVAL.test(embed?.title ?? '');
  if (!isApproval && !QUESTION.test(content) && !embed) return null;
  const request = isApproval ? approvalOf(content, embed) : questionOf(content, embed);
  const about = isApproval
    ? `Command approval required: ${request.command ?? ''}`
    : (request['question'] as string) || 'Hermes needs your input';
  const footer = embed?.footer ?? null;
  return [footer === null ? requestPart(about, request) : ended(about, footer, request, observation)];
}

type Embed = Observation['embeds'][number];

function approvalOf(content: string, embed: Embed | undefined): Request {
  const reason = /\*\*Reason:\*\* (.+)$/m.exec(content)?.[1];
  return {
    kind: 'approval',
    tool: 'terminal',
    command: codeIn(content) ?? codeIn(embed?.description ?? ''),
    reason: reason ?? embed?.fields.find(({ name }) => name === 'Reason')?.value,
  };
}

function questionOf(content: string, embed: Embed | undefined): Request {
  const [before] = content
    .replace(QUESTION, '')
    .trim()
    .split(/\n\n(?=Pick one below|Reply in this channel)/);
  const question = embed?.description ?? before!;
  const isOpen = embed?.fields.some(({ name }) => name === 'Reply');
  return { kind: 'question', question, free_text: isOpen === true ? true : undefined };
}

function codeIn(text: string): string | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('```'));
  return at === -1 ? undefined : fenceAt(lines, at)?.body;
}

/** `Approved once by Ana`, `Denied by Ana`, `⏱ Prompt expired — no action taken`. Other footers leave the prompt open. */
function ended(about: string, footer: string, request: Request, observation: Observation): Part {
  const message = `${about}\n${footer}`;
  if (/^[⏱⌛]\uFE0F? .*expired/u.test(footer)) return outcomePart(message, 'expired', request);
  const [, verdict, by] = /^(?:\p{Extended_Pictographic}\uFE0F? )?(.{1,60}?) by (.+)$/u.exec(footer) ?? [];
  if (verdict === undefined) return requestPart(about, request);
  // An answer stands behind the name of who gave it.
  const [who, ...answer] = request.kind === 'question' ? by!.split(': ') : [by!];
  return outcomePart(message, outcomeOf(verdict, request), request, {
    person: nameIn(who!, observation),
    scope: /^Approved (?:for )?(.+)$/.exec(verdict)?.[1],
    answer: answer.length > 0 ? answer.join(': ') : undefined,
  });
}

function outcomeOf(verdict: string, request: Request): Outcome {
  if (/^(?:Denied|Rejected|Cancelled)/.test(verdict)) return 'denied';
  return request.kind === 'question' ? 'answered' : 'allowed';
}
