import { WAITING } from '../domain/escalation.ts';
import type { Decision, Escalation, EscalationEvent, EscalationKind } from '../domain/escalation.ts';
import type { EscalationPress } from './escalation-ids.ts';
import { ICONS } from './icons.ts';
import { shown, shownName, timestamp } from './text.ts';

/** What an escalation wants, as said of the one who asks. */
export const WANTS: Record<EscalationKind, string> = {
  question: 'needs a decision',
  approval: 'asks for permission',
  turn_limit: 'asks whether to go on',
  mention: 'asks for you',
  person: 'asks for a decision',
};

/** The same once it is over. */
const WANTED: Record<EscalationKind, string> = {
  question: 'needed a decision',
  approval: 'asked for permission',
  turn_limit: 'asked whether to go on',
  mention: 'asked for you',
  person: 'asked for a decision',
};

/** `🚨 **nanobot needs a decision** · critical`; once it is over, in a calmer voice. */
export function titleOf({ by, kind, severity, state }: Escalation): string {
  const name = shownName(by.name, 40);
  if (!WAITING.includes(state))
    return `${state === 'decided' || state === 'resolved' ? ICONS.done : ICONS.ended} **${name} ${WANTED[kind]}**`;
  const grave = severity === 'medium' ? '' : ` · ${severity}`;
  return `${ICONS.escalation} **${name} ${WANTS[kind]}**${grave}`;
}

/** An option, a note, or both, in one line. */
export function decisionText({ option, note }: Decision, max = 300): string {
  const chosen = option === null ? '' : `**${shown(option, 120) || '…'}**`;
  const said = note === null ? '' : `“${shown(note, max) || '…'}”`;
  return [chosen, said].filter(Boolean).join(' ');
}

/** The latest event of one of these kinds. */
export function lastOf(
  events: readonly EscalationEvent[],
  ...kinds: EscalationEvent['kind'][]
): EscalationEvent | undefined {
  return events.findLast(({ kind }) => kinds.includes(kind));
}

/** How it stands, in one line; null while it is open and nobody has done anything. */
export function stateLine(escalation: Escalation, events: readonly EscalationEvent[]): string | null {
  const { state, stateAt, stateBy, nextAt, decision } = escalation;
  const who = stateBy ? `**${shownName(stateBy.name, 40)}**` : null;
  switch (state) {
    case 'open':
      return reopenedLine(lastOf(events, 'reopened', 'acknowledged', 'woken', 'snoozed'));
    case 'acknowledged':
      return `${ICONS.active} ${who ?? 'Somebody'} is on it, since ${timestamp(stateAt, 'R')}`;
    case 'snoozed':
      return `${ICONS.snoozed} ${who ?? 'Somebody'} put it off${nextAt === null ? '' : ` until ${timestamp(nextAt, 'f')}`}`;
    case 'decided':
    case 'resolved':
      return decidedLine(lastOf(events, 'decided'), decision);
    case 'expired':
      return expiredLine(escalation);
    case 'cancelled':
      return cancelledLine(lastOf(events, 'cancelled'));
    case 'merged':
      return `${ICONS.ended} It is part of another one that asks the same`;
  }
}

function reopenedLine(last: EscalationEvent | undefined): string | null {
  if (last?.kind !== 'reopened') return null;
  return `${ICONS.warning} Open again since ${timestamp(last.at, 'R')}${reasonOf(last)}`;
}

function decidedLine(event: EscalationEvent | undefined, decision: Decision | null): string {
  const who = event?.by ? shownName(event.by.name, 40) : 'Somebody';
  const what = decision && decisionText(decision);
  const when = event ? ` · ${timestamp(event.at, 'f')}` : '';
  const how = event?.reason ? shown(event.reason, 200) : '';
  const said = [what, how].filter(Boolean).join(' · ');
  return `${ICONS.decision} **${who}** decided${said ? `: ${said}` : ''}${when}`;
}

function expiredLine({ onTimeout, default: usual, stateAt }: Escalation): string {
  const chosen = usual === null ? 'goes on without an answer' : `goes on with **${shown(usual, 120)}**`;
  const outcome = onTimeout === 'proceed' ? `the agent ${chosen}` : 'it is over';
  return `${ICONS.ended} Nobody decided by ${timestamp(stateAt, 'f')}: ${outcome}`;
}

function cancelledLine(event: EscalationEvent | undefined): string {
  const by = event?.by ? ` by **${shownName(event.by.name, 40)}**` : '';
  return `${ICONS.ended} Not needed any more${by}${reasonOf(event)}`;
}

function reasonOf(event: EscalationEvent | undefined): string {
  return event?.reason ? `: ${shown(event.reason, 200)}` : '';
}

/** What a person is told of what they did. */
export function doneLine(kind: EscalationPress['kind'], escalation: Escalation): string {
  const { decision, nextAt, answerTo } = escalation;
  if (kind === 'acknowledge')
    return `${ICONS.active} It is yours: nobody is reminded for now. Undecided, it is open again ${whenOf(nextAt)}.`;
  if (kind === 'snooze') return `${ICONS.snoozed} Put off: you are asked again ${whenOf(nextAt)}.`;
  if (kind === 'dismiss') return `${ICONS.ended} Closed, without an answer.`;
  if (kind === 'reopen') return `${ICONS.escalation} It waits for a decision again.`;
  const what = decision ? `: ${decisionText(decision, 200)}` : '';
  return `${ICONS.decision} Decided${what}. **${shownName(answerTo.name, 40)}** is told.`;
}

/** What a person is told who asked for a decision. */
export function raisedLine({ carded, step, state, remark }: Escalation): string {
  const told = carded
    ? 'The owners are asked here; the answer comes here too.'
    : 'It is listed in `/escalations`; here nobody is pinged for it at the moment.';
  const what = state === 'merged' ? 'The same is asked already, and waits. It is' : 'Asked:';
  return [`${ICONS.escalation} ${what} step ${step} of the log. ${told}`, remark].filter(Boolean).join('\n');
}

function whenOf(at: number | null): string {
  return at === null ? 'later' : timestamp(at, 'R');
}

/** What the second of two is told: who was first, and with what. */
export function tooLate(escalation: Escalation, events: readonly EscalationEvent[]): string {
  const last = stateLine(escalation, events);
  return last === null
    ? 'It has changed in the meantime: look at it again.'
    : `You come second; nothing of yours was done.\n${last}`;
}
