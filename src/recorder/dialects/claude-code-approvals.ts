import type { EmbedText, Observation } from '../observation.ts';
import { outcomePart, requestPart } from './approval.ts';
import type { Request } from './approval.ts';
import { codeIn } from './claude-code-tools.ts';
import type { Part } from './dialect.ts';
import { detailsOf, jsonOrText, nameIn } from './text.ts';

/** A permission request or a question, open or ended; `title` is without its emoji. Null for any other embed. */
export function readApprovalEmbed(title: string, embed: EmbedText, observation: Observation): Part | null {
  const [, asked] = /^Permission Request(?:ed)?: (.+)$/.exec(title) ?? [];
  if (asked !== undefined) return withVerdict(title, requestOf(asked, embed), embed, observation);
  const [, verdict, tool] =
    /^Permission (Allowed|Granted|Approved|Denied|Rejected)(?:: (.+))?$/.exec(title) ?? [];
  if (verdict !== undefined) return decided(title, verdict, requestOf(tool, embed), embed, observation);
  const [, header] = /^Claude needs your input(?: — (.+))?$/u.exec(title) ?? [];
  return title.startsWith('Claude needs your input') ? readQuestion(header, embed, observation) : null;
}

function requestOf(tool: string | undefined, embed: EmbedText): Request {
  const input = embed.fields.find(({ name }) => name === 'Input' || name === 'Input Preview')?.value;
  return {
    kind: 'approval',
    tool,
    command: /Run command: `([^`]+)`/.exec(embed.description ?? '')?.[1],
    input: input === undefined ? undefined : jsonOrText(codeIn(input)),
  };
}

const DECISION = /\b(Allowed|Granted|Approved|Denied|Rejected) by (.{1,100})$/m;

function withVerdict(title: string, request: Request, embed: EmbedText, observation: Observation): Part {
  const verdict = DECISION.exec(`${embed.description ?? ''}\n${embed.footer ?? ''}`)?.[1];
  if (verdict !== undefined) return decided(title, verdict, request, embed, observation);
  const subject = request.command === undefined ? '' : `: ${request.command}`;
  return requestPart(`${title}${subject}`, request);
}

/** Where nobody is named and the mode refused by itself, there was no decision: the embed says so. */
function decided(
  title: string,
  verdict: string,
  request: Request,
  embed: EmbedText,
  observation: Observation,
): Part {
  const said = embed.description ?? '';
  const by = DECISION.exec(`${said}\n${embed.footer ?? ''}`)?.[2];
  const message = said === '' ? title : `${title}\n${said}`;
  if (by === undefined && /permission mode/.test(said))
    return {
      ...outcomePart(message, 'dismissed', request),
      details: detailsOf({ ...request, outcome: 'denied' }),
    };
  const outcome = /^(?:Denied|Rejected)$/.test(verdict) ? 'denied' : 'allowed';
  return outcomePart(message, outcome, request, {
    person: by && nameIn(by.replaceAll('*', ''), observation),
  });
}

function readQuestion(header: string | undefined, embed: EmbedText, observation: Observation): Part {
  const question = embed.description ?? '';
  const options = embed.fields.map(({ name }) => name.replace(/^\d+\. /, ''));
  const request: Request = {
    kind: 'question',
    header,
    question,
    options: options.length > 0 ? options : undefined,
  };
  const [, by, answer] = /^(?:✅ )?Answered by (.{1,100}?)(?:: (.+))?$/u.exec(embed.footer ?? '') ?? [];
  if (by === undefined) return requestPart(question, request);
  const message = `${question}\n${embed.footer}`;
  return outcomePart(message, 'answered', request, { person: nameIn(by, observation), answer });
}
