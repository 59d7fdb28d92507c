import type { Author, AuthorKind } from '../domain/author.ts';
import type { Decision, Escalation, EscalationEvent, EscalationEventKind } from '../domain/escalation.ts';

/** A row of escalations with its session and authors; see {@link ESCALATIONS}. */
export interface EscalationRow {
  id: number;
  workspace_id: number;
  session_id: string;
  thread_id: string | null;
  private_thread: number;
  step: number;
  message_id: string;
  part: number;
  reply_to: string | null;
  kind: Escalation['kind'];
  by_key: string;
  by_name: string;
  by_kind: AuthorKind;
  to_key: string;
  to_name: string;
  to_kind: AuthorKind;
  confidence: number | null;
  reason: string;
  options: string;
  default_option: string | null;
  severity: Escalation['severity'];
  dedupe_key: string | null;
  request_id: string | null;
  remark: string | null;
  raised_at: number;
  timeout_at: number | null;
  on_timeout: Escalation['onTimeout'];
  state: Escalation['state'];
  version: number;
  state_at: number;
  state_key: string | null;
  state_name: string | null;
  state_kind: AuthorKind | null;
  carded: number;
  announced_at: number | null;
  asked_at: number | null;
  held_at: number | null;
  closed_at: number | null;
  wake_at: number | null;
  next_at: number | null;
  pings: number;
  decision: string | null;
  merged_into: number | null;
  merged: number;
  card_channel_id: string | null;
  card_message_id: string | null;
}

export const ESCALATIONS = `
  SELECT x.*, s.session_id, s.thread_id, s.private_thread, a.key AS by_key, a.name AS by_name, a.kind AS by_kind,
    b.key AS to_key, b.name AS to_name, b.kind AS to_kind, c.key AS state_key, c.name AS state_name, c.kind AS state_kind
  FROM escalations x JOIN sessions s ON s.id = x.session JOIN authors a ON a.id = x.author_id
    JOIN authors b ON b.id = x.answer_to LEFT JOIN authors c ON c.id = x.state_by`;

export function toEscalation(row: EscalationRow): Escalation {
  return {
    ...askedIn(row),
    state: row.state,
    version: row.version,
    stateAt: row.state_at,
    stateBy: maybeAuthor(row.state_key, row.state_name, row.state_kind),
    carded: row.carded === 1,
    announcedAt: row.announced_at,
    askedAt: row.asked_at,
    heldAt: row.held_at,
    closedAt: row.closed_at,
    wakeAt: row.wake_at,
    nextAt: row.next_at,
    pings: row.pings,
    decision: row.decision === null ? null : (JSON.parse(row.decision) as Decision),
    mergedInto: row.merged_into,
    merged: row.merged,
    card:
      row.card_channel_id === null || row.card_message_id === null
        ? null
        : { channelId: row.card_channel_id, messageId: row.card_message_id },
  };
}

/** Where it was raised, by whom, and what it asks for. */
function askedIn(row: EscalationRow) {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    sessionId: row.session_id,
    step: row.step,
    messageId: row.message_id,
    part: row.part,
    replyToMessageId: row.reply_to,
    threadId: row.thread_id,
    privateThread: row.private_thread === 1,
    kind: row.kind,
    by: { key: row.by_key, name: row.by_name, kind: row.by_kind },
    answerTo: { key: row.to_key, name: row.to_name, kind: row.to_kind },
    confidence: row.confidence,
    reason: row.reason,
    options: JSON.parse(row.options) as string[],
    default: row.default_option,
    severity: row.severity,
    dedupeKey: row.dedupe_key,
    requestId: row.request_id,
    remark: row.remark,
    raisedAt: row.raised_at,
    timeoutAt: row.timeout_at,
    onTimeout: row.on_timeout,
  };
}

export interface EventRow {
  version: number;
  kind: EscalationEventKind;
  at: number;
  key: string | null;
  name: string | null;
  author_kind: AuthorKind | null;
  reason: string | null;
}

export function toEvent({ version, kind, at, key, name, author_kind, reason }: EventRow): EscalationEvent {
  return { version, kind, at, by: maybeAuthor(key, name, author_kind), reason };
}

function maybeAuthor(key: string | null, name: string | null, kind: AuthorKind | null): Author | null {
  return key === null || name === null || kind === null ? null : { key, name, kind };
}

/** What may change of an escalation, by column; who brought it into its state is apart. */
export function changingValues(escalation: Escalation): Record<string, string | number | null> {
  return {
    reply_to: escalation.replyToMessageId,
    reason: escalation.reason,
    options: JSON.stringify(escalation.options),
    default_option: escalation.default,
    severity: escalation.severity,
    dedupe_key: escalation.dedupeKey,
    request_id: escalation.requestId,
    remark: escalation.remark,
    timeout_at: escalation.timeoutAt,
    on_timeout: escalation.onTimeout,
    state: escalation.state,
    version: escalation.version,
    state_at: escalation.stateAt,
    carded: Number(escalation.carded),
    announced_at: escalation.announcedAt,
    asked_at: escalation.askedAt,
    held_at: escalation.heldAt,
    closed_at: escalation.closedAt,
    wake_at: escalation.wakeAt,
    next_at: escalation.nextAt,
    pings: escalation.pings,
    decision: escalation.decision && JSON.stringify(escalation.decision),
    merged_into: escalation.mergedInto,
    merged: escalation.merged,
    card_channel_id: escalation.card?.channelId ?? null,
    card_message_id: escalation.card?.messageId ?? null,
  };
}

export const CHANGING_COLUMNS: readonly string[] = [
  'reply_to',
  'reason',
  'options',
  'default_option',
  'severity',
  'dedupe_key',
  'request_id',
  'remark',
  'timeout_at',
  'on_timeout',
  'state',
  'version',
  'state_at',
  'carded',
  'announced_at',
  'asked_at',
  'held_at',
  'closed_at',
  'wake_at',
  'next_at',
  'pings',
  'decision',
  'merged_into',
  'merged',
  'card_channel_id',
  'card_message_id',
];
