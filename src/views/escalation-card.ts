import { WAITING } from '../domain/escalation.ts';
import type { Escalation, EscalationEvent } from '../domain/escalation.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { escalationControls } from './escalation-controls.ts';
import { stateLine, titleOf } from './escalation-words.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { queryLine, workspaceName } from './log-header.ts';
import { container, text } from './parts.ts';
import { count, link, messageUrl, percent, quoted, shown, timestamp } from './text.ts';

export interface EscalationFacts {
  escalation: Escalation;
  /** All that has happened to it, in order. */
  events: readonly EscalationEvent[];
  workspace: Workspace;
  /** The session of its step; null when that is gone. */
  log: Pick<WorkLog, 'query'> | null;
  /** Who decides, as mentions of Discord, or in words. */
  owners: string;
  /** What the reader should know of how it came to be told here, to them. */
  notes: readonly string[];
  /** It is told outside the workspace's channel. */
  elsewhere: boolean;
  now: number;
}

const REASON_MAX = 1500;

/** An escalation with all that one needs to decide it and, once that is done, with what became of it. */
export function escalationCard(facts: EscalationFacts): View {
  const { escalation, events, owners, notes, now } = facts;
  const waits = WAITING.includes(escalation.state);
  const state = stateLine(escalation, events);
  return view([
    container(
      text(
        `${titleOf(escalation)} · ${waits ? `${owners} · ` : ''}asked ${timestamp(escalation.raisedAt, 'R')}`,
      ),
      text(...reasonLines(escalation)),
      text(
        state,
        contextLine(facts),
        ...(waits ? waitingLines(escalation, now) : []),
        ...(escalation.remark === null ? [] : [`-# ${shown(escalation.remark, 300)}`]),
        ...notes.map((note) => `-# ${note}`),
      ),
    ),
    ...escalationControls(escalation, askedUrl(facts)),
  ]);
}

/** The link to the message that asked; null where there is none. */
export function askedUrl({ escalation, workspace }: Pick<EscalationFacts, 'escalation' | 'workspace'>) {
  const { replyToMessageId, threadId } = escalation;
  if (replyToMessageId === null) return null;
  return messageUrl(workspace.guildId, threadId ?? workspace.channelId, replyToMessageId);
}

function reasonLines({ reason }: Escalation): string[] {
  const [first, ...rest] = quoted(reason, REASON_MAX);
  if (first === undefined) return ['*The text is deleted.*'];
  return rest.length > 0 ? [first, '-# It goes on: open the message, or see the log.'] : [first];
}

function contextLine({ escalation, log, workspace, elsewhere }: EscalationFacts): string {
  const { step, confidence, merged } = escalation;
  const url = askedUrl({ escalation, workspace });
  return [
    `Step ${url === null ? step : link(String(step), url)}${log === null ? '' : ` of ${queryLine(log, 80)}`}`,
    elsewhere ? workspaceName(workspace) : '',
    confidence === null ? '' : `${percent(confidence)} sure`,
    merged > 0 ? `asked again, ${count(merged + 1, 'time')} in all` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The default, and what happens when nobody decides in time. */
function waitingLines({ timeoutAt, onTimeout, default: usual }: Escalation, now: number): string[] {
  const chosen = usual === null ? null : `**${shown(usual, 120)}**`;
  if (timeoutAt === null) return chosen === null ? [] : [`Default: ${chosen}`];
  const by = timestamp(timeoutAt, 'f');
  if (now >= timeoutAt) return [`Nobody decided by ${by}: it waits`];
  const outcome = {
    hold: `it waits${chosen === null ? '' : ` · default: ${chosen}`}`,
    proceed: `the agent goes on ${chosen === null ? 'without an answer' : `with ${chosen}`}`,
    cancel: 'it is cancelled',
  }[onTimeout];
  return [`Nobody decides by ${by}: ${outcome}`];
}
