import type { Author } from './author.ts';
import type { ON_TIMEOUT, SEVERITIES } from './block.ts';
import type { WorkspaceType } from './workspace.ts';

export type Severity = (typeof SEVERITIES)[number];
export type OnTimeout = (typeof ON_TIMEOUT)[number];

/**
 * How a decision that an agent needs stands. `open`: nobody has taken it on. `acknowledged`: somebody has. `snoozed`: an owner
 * wants to be asked again later. `decided`: it is answered, and the answer is on its way to the agent. `resolved`: the agent has it.
 * `expired`: its time ran out, and the agent was told what follows. `cancelled`: nobody needs it any more. `merged`: it is part of
 * another one that asks the same.
 */
export const ESCALATION_STATES = [
  'open',
  'acknowledged',
  'snoozed',
  'decided',
  'resolved',
  'expired',
  'cancelled',
  'merged',
] as const;
export type EscalationState = (typeof ESCALATION_STATES)[number];

/** Those that wait for a person. */
export const WAITING: readonly EscalationState[] = ['open', 'acknowledged', 'snoozed'];

/**
 * What somebody wants: an answer (`question`), a permission that the agent's own buttons can give too (`approval`, `turn_limit`), or
 * just the owner's attention (`mention`). `person`: a person raised it.
 */
export const ESCALATION_KINDS = ['question', 'approval', 'turn_limit', 'mention', 'person'] as const;
export type EscalationKind = (typeof ESCALATION_KINDS)[number];

/** What was decided: an option, words of the person's own, or an option with a note. */
export interface Decision {
  option: string | null;
  note: string | null;
}

/** A decision that somebody needs from a person, as it stands now. Its texts are masked. */
export interface Escalation {
  id: number;
  workspaceId: number;
  /** The step that raised it. */
  sessionId: string;
  step: number;
  /** The message it was raised in; an interaction's id when a person raised it by command. */
  messageId: string;
  part: number;
  /** The message in Discord that the answer replies to; null where there is none, or where it was deleted. */
  replyToMessageId: string | null;
  threadId: string | null;
  privateThread: boolean;
  kind: EscalationKind;
  /** Who asks. */
  by: Author;
  /** Whom the answer is for: who asks or, when a person raised it about somebody's step, the author of that step. */
  answerTo: Author;
  /** Of the step, 0–1; null when nobody said. */
  confidence: number | null;
  /** Empty only once its message was deleted. */
  reason: string;
  /** At most 25, distinct, none empty, up to 100 characters each. */
  options: string[];
  /** One of the options, or words of its own. */
  default: string | null;
  severity: Severity;
  dedupeKey: string | null;
  /** The name of the request in the agent's own words, by which it tells how that ended. */
  requestId: string | null;
  /** What could not be taken as it was asked for, in words for a person. */
  remark: string | null;
  /** ms UTC. */
  raisedAt: number;
  /** ms UTC; null: it waits for as long as it takes. */
  timeoutAt: number | null;
  onTimeout: OnTimeout;
  state: EscalationState;
  /** How many events it has had: what a change is based on. */
  version: number;
  /** When the state was reached, ms UTC. */
  stateAt: number;
  /** Who brought it into this state, and once it is resolved who decided; null: nobody but time. */
  stateBy: Author | null;
  /** When its card was posted; null: it was not. */
  announcedAt: number | null;
  /** Its card is on its way or posted. False: nothing is said of it, or people were told of enough others for now. */
  carded: boolean;
  /** When people were last asked anew: by the card, at the end of a snooze, when it was open again. Reminders count from then. */
  askedAt: number | null;
  /** When its time-out passed without an answer, and it went on waiting. */
  heldAt: number | null;
  /** When it ceased to wait. */
  closedAt: number | null;
  /** When its state asks for something by itself: a reminder, the end of a snooze, or to be open again; null: never. */
  wakeAt: number | null;
  /** When it is next looked at: `wakeAt` or the time-out, whichever is first. */
  nextAt: number | null;
  /** How often people were pinged for it. */
  pings: number;
  decision: Decision | null;
  /** The escalation that it is part of. */
  mergedInto: number | null;
  /** How many others are part of it. */
  merged: number;
  /** Its card in Discord; null: none is posted. */
  card: { channelId: string; messageId: string } | null;
}

/** What happens to an escalation, in the order of its `version`. Append-only. */
export const ESCALATION_EVENTS = [
  'raised',
  'appended',
  'announced',
  'reminded',
  'acknowledged',
  'snoozed',
  'woken',
  'reopened',
  'held',
  'decided',
  'resolved',
  'expired',
  'cancelled',
  'merged',
] as const;
export type EscalationEventKind = (typeof ESCALATION_EVENTS)[number];

export interface EscalationEvent {
  version: number;
  kind: EscalationEventKind;
  at: number;
  /** Null: time, or the bot. */
  by: Author | null;
  /** In words for a person; null where the kind says it all. */
  reason: string | null;
}

/** What a person, an agent or time wants to happen. */
export type EscalationAction =
  | { kind: 'acknowledge' }
  | { kind: 'snooze'; until: number }
  | { kind: 'decide'; decision: Decision }
  | { kind: 'cancel'; reason: string }
  | { kind: 'reopen'; reason: string };

/** Who acts, and the interaction by which: the same one never counts twice. */
export interface EscalationActor {
  author: Author;
  interactionId: string;
}

/** `done`: it is as asked for now. `refused`: somebody or time was first, or its state does not allow it; it is as it was. */
export interface EscalationOutcome {
  kind: 'done' | 'refused';
  escalation: Escalation;
}

/** When people are told of escalations, and how often. Plain data; durations in ms. */
export interface EscalationRules {
  /** False: escalations of this type of workspace are recorded and listed, and nothing is posted for them. */
  alerts: Record<WorkspaceType, boolean>;
  /** IANA name; quiet hours are of this zone. */
  timezone: string;
  /** Nobody is pinged from the first minute of the day to the other, unless it is critical; null: there are none. */
  quietHours: { fromMinute: number; toMinute: number } | null;
  /** In each workspace; what is beyond is told in one line. */
  maxPingsPerHour: number;
  /** Reminders after so long each, counted from the announcement; then one each `remindEvery`. */
  remindAfter: number[];
  remindEvery: number;
  /** An acknowledged one that nobody decides is open again after so long. */
  reopenAfter: number;
}
