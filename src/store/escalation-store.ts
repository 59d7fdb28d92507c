import type { Author } from '../domain/author.ts';
import type { Draft } from '../domain/entry.ts';
import type {
  Escalation,
  EscalationAction,
  EscalationActor,
  EscalationEvent,
  EscalationOutcome,
} from '../domain/escalation.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { Posted } from './outbox-store.ts';
import type { Place } from './session-store.ts';

/**
 * Decisions that agents need from people. They are raised, changed and cancelled with the entries they come from, in the same
 * transaction; so are the messages that tell people of them.
 */
export interface EscalationStore {
  get(id: number): Promise<Escalation | null>;
  byStep(sessionId: string, step: number): Promise<Escalation | null>;
  /** All that has happened to it, in order. */
  events(id: number): Promise<EscalationEvent[]>;
  /** To whom else the answer goes: those who asked the same while it waited, each once. */
  othersAsking(id: number): Promise<Author[]>;
  /** Those that wait for a person, the oldest first, and how many there are in all. */
  waiting(query: {
    workspaceIds: number[];
    offset: number;
    limit: number;
  }): Promise<{ escalations: Escalation[]; total: number }>;
  /** Those that waited at any time from `from` to before `to`, the oldest first. */
  during(query: { workspaceId: number; from: number; to: number; limit: number }): Promise<Escalation[]>;
  /**
   * A person raises one: the draft is added as a step of theirs, and what follows from it is queued, in one transaction. Null when that
   * interaction has raised one already, or the workspace is not recorded any more.
   */
  raise(raised: RaisedByPerson, rules: RecordingRules): Promise<Escalation | null>;
  /**
   * Does what a person asks for, if its state still allows that. A decision adds the person's entry to the session of the step, saves
   * an artifact for the agent, and queues the answer and the change of the card, all in one transaction.
   */
  act(
    id: number,
    action: EscalationAction,
    actor: EscalationActor,
    at: number,
  ): Promise<EscalationOutcome | null>;
  /** How many wait in a workspace without a card, and this hour's message that tells so; null: there is none. */
  digest(workspaceId: number, now: number): Promise<{ more: number; message: Posted | null }>;
  /** Does what time asks for: reminders, time-outs, ends of snoozes. Returns how many changed; less than `limit`: it is done. */
  advance(now: number, limit: number): Promise<number>;
}

/** What a person wants decided, by a command: there is no message of theirs. */
export interface RaisedByPerson extends Place {
  privateThread: boolean;
  /** The message id is the interaction's; what is asked for is in the details, under the names of a block. */
  draft: Draft;
  /**
   * The step it is about, whose session it becomes a step of, whether that runs or has ended; the answer goes to its author, as a
   * reply to its message. Null: it is about nothing that was said, and the answer goes to the person.
   */
  about: { sessionId: string; step: number } | null;
}
