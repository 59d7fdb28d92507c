import { parseDuration } from '../../domain/duration.ts';
import { outcomePart, requestPart } from './approval.ts';
import type { Request } from './approval.ts';
import type { Part } from './dialect.ts';
import { one } from './lines.ts';
import type { Taken } from './lines.ts';
import { detailsOf, parsedPart, unmarked } from './text.ts';

/** A card that asks for a permission, also after it was given or refused. */
export function readPermission(text: string): Part[] | null {
  if (OUTCOME.test(text.trim()) && !text.includes('Permission Required'))
    return [resolved(text.trim(), { kind: 'approval' })];
  if (!/^⚠\uFE0F? \*\*Permission Required\*\*/u.test(text)) return null;
  const request: Request = {
    kind: 'approval',
    tool: fieldOf(text, 'Type'),
    pattern: fieldOf(text, 'Pattern'),
    from: fieldOf(text, 'From'),
  };
  const status = text.split('\n').findLast((line) => OUTCOME.test(line) || UNDECIDED.test(line));
  if (status !== undefined) return [resolved(status, request)];
  return [requestPart(withSubject('Permission required', request), request)];
}

const OUTCOME = /^(?:✅|❌) Permission \*\*(accepted|rejected)\*\*(?: \((.+)\))?$/u;
const UNDECIDED = /^_Permission (expired|dismissed)\b.*_$/;

function resolved(status: string, request: Request): Part {
  const [, verdict, scope] = OUTCOME.exec(status) ?? [];
  const message = withSubject(unmarked(status).replaceAll('**', ''), request);
  if (verdict === undefined)
    return outcomePart(message, status.includes('expired') ? 'expired' : 'dismissed', request);
  return outcomePart(message, verdict === 'accepted' ? 'allowed' : 'denied', request, { scope });
}

/** `Permission required: bash: rm *` */
function withSubject(text: string, { tool, pattern }: Request): string {
  return [text, tool, pattern].filter((word) => word !== undefined).join(': ');
}

/** `**Pattern:** \`rm *\`` */
function fieldOf(text: string, field: string): string | undefined {
  const value = new RegExp(`^\\*\\*${field}:\\*\\* (.+)$`, 'm').exec(text)?.[1];
  return value === undefined ? undefined : unmarked(value);
}

/** A bold header over a question; once it is answered the answer stands below: `✓ _yes_`. */
export function readQuestion(text: string): Part[] | null {
  const [first, ...others] = text.trim().split('\n');
  const [, header] = /^\*\*([^*]{1,60})\*\*$/.exec(first!) ?? [];
  if (header === undefined || others.length === 0) return null;
  const [, answer] = /^✓ _(.+)_$/u.exec(others.at(-1)!) ?? [];
  const question = (answer === undefined ? others : others.slice(0, -1)).join('\n').trim();
  const request: Request = { kind: 'question', header, question };
  if (answer !== undefined) return [outcomePart(`${question}\n✓ ${answer}`, 'answered', request, { answer })];
  return question.endsWith('?') ? [requestPart(`${header}: ${question}`, request)] : null;
}

/**
 * `*folder ⋅ branch ⋅ 1m 2s ⋅ 12% ⋅ model ⋅ **agent***`: the end of a run. The session goes on in its thread, so it is not the
 * session's end.
 */
export function readFooter(line: string): Taken | null {
  const [, inner] = /^(?:-# )?\*([^*].{0,500})\*$/u.exec(line) ?? [];
  const segments = inner?.split(' ⋅ ') ?? [];
  if (segments.length < 3) return null;
  const duration = segments.find((segment) => parseDuration(segment) !== null);
  const percent = segments.find((segment) => /^\d+(?:\.\d+)?%$/.test(segment));
  if (duration === undefined && percent === undefined) return null;
  const agent = segments.find((segment) => /^\*\*.+\*\*$/.test(segment));
  const known = new Set([duration, percent, agent]);
  const firstKnown = segments.findIndex((segment) => known.has(segment));
  const place = segments.slice(0, firstKnown);
  const model = segments.slice(firstKnown).find((segment) => !known.has(segment));
  const durationMs = duration === undefined ? undefined : (parseDuration(duration) ?? undefined);
  const details = detailsOf({
    folder: place[0],
    branch: place[1],
    duration,
    context_percent: percent === undefined ? undefined : Number(percent.slice(0, -1)),
    model,
    agent: agent === undefined ? undefined : unmarked(agent),
  });
  return one(parsedPart('info', segments.map(unmarked).join(' ⋅ '), { durationMs, details }));
}
