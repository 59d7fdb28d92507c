import { isBot } from '../../domain/author.ts';
import type { Observation } from '../observation.ts';
import type { Part } from './dialect.ts';
import { detailsOf, nameIn, parsedPart } from './text.ts';

const ENVELOPE =
  /^\s*(<@!?\d+>)[ \t]*\r?\n[ \t]*BOT_MSG v1[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*---[ \t]*(?:\r?\n([\s\S]*))?$/;

/** A message from bot to bot: to whom, of what kind, and a body that is nobody else's business to read. */
export function readEnvelope({ content, mentions, ...rest }: Observation): Part[] | null {
  if (!content.includes('BOT_MSG v1')) return null;
  const [, token, head, body] = ENVELOPE.exec(content) ?? [];
  if (head === undefined) return null;
  const fields = new Map(head.split(/\r?\n/).map(fieldOf));
  const kind = fields.get('kind') ?? 'status';
  const recipient = nameIn(token!, { content, mentions, ...rest });
  const details = detailsOf({
    kind,
    correlation_id: fields.get('correlation_id'),
    reply_expected:
      fields.get('reply_expected') === undefined ? undefined : fields.get('reply_expected') === 'true',
  });
  const isPerson = mentions.some(
    (mention) => mention.token === token && mention.author && !isBot(mention.author),
  );
  const asksPerson = isPerson && ASKING.has(kind);
  return [
    parsedPart(LEVELS[kind] ?? 'info', body?.trim() ?? '', {
      category: asksPerson ? 'escalation' : 'bot_conversation',
      escalation: asksPerson || undefined,
      handoffTo: kind === 'handoff' ? [recipient] : undefined,
      mentions: [recipient],
      details,
    }),
  ];
}

const ASKING = new Set(['decision_request', 'approval_request', 'review_request', 'action_required']);

const LEVELS: Readonly<Record<string, Part['level']>> = {
  handoff: 'handoff',
  decision_request: 'coordination',
  approval_request: 'coordination',
  review_request: 'coordination',
  action_required: 'coordination',
  approval_decision: 'decision',
};

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
