/**
 * What the bot says of something that may change until it is said: it is composed when it is sent, from what is true then. One that
 * needs not be said any more is withdrawn.
 */
export type OutboxSubject =
  /** The card of an escalation. */
  | { kind: 'escalation-card'; id: number; ping: boolean }
  /** It still waits, or waits again: `version` is its event. `second`: it has waited for so long that the second owner is told, too. */
  | { kind: 'escalation-reminder'; id: number; version: number; second: boolean }
  /** What was decided, or what follows because nobody did, for the agent. */
  | { kind: 'escalation-answer'; id: number; version: number }
  /** The card says how it stands now. */
  | { kind: 'escalation-update'; id: number }
  /** How many more wait in a workspace than people were pinged for. */
  | { kind: 'escalation-digest'; workspaceId: number }
  /** The report of a workspace up to an instant (ms UTC): see {@link DayReport}. */
  | { kind: 'report'; workspaceId: number; to: number }
  /** Tells a person that Discord does not let the bot write in a channel, and with which of its codes it says so. */
  | { kind: 'refusal'; workspaceId: number; channelId: string; code: number; userId: string }
  /** Insights for bots, or what became of them. */
  | { kind: 'insight-post'; id: number; workspaceId: number }
  /** An insight does not hold any more: `version` is its event. `part`: which of those who had it are told, from 0. */
  | { kind: 'insight-recall'; id: number; version: number; workspaceId: number; part: number }
  /**
   * How many insights wait for a person in a workspace. `told`: all up to that number are counted by then. `isNews`: people should see
   * it, also where the message that tells so is old.
   */
  | { kind: 'insights-waiting'; workspaceId: number; told: number; isNews: boolean }
  /** A message that told so is followed by a newer one, and has nothing to say any more. */
  | ({ kind: 'insights-former'; workspaceId: number } & Posted);

/** Something the bot says unprompted. Sent exactly once, also when the bot restarts in between. */
export interface OutboxMessage {
  channelId: string;
  /** The body of Discord's Create Message. */
  payload: Record<string, unknown>;
}

/** What is to be said: a message as it is, or something to compose when it is sent. */
export type OutboxItem = OutboxMessage | { subject: OutboxSubject };

export type OutboxRow = OutboxItem & {
  id: number;
  /** Stable per row, ≤ 25 characters: with `enforce_nonce`, Discord answers a repeated send with the first message. */
  nonce: string;
  attempts: number;
  /** The workspace it is about. */
  workspaceId: number | null;
  /** Rows of one lane are sent one after the other. */
  lane: string;
  /** The last send, when nobody knows how it ended: the message may be in Discord. */
  tried: Attempt | null;
  /** It needs not be said any more, but may have been. */
  withdrawn: boolean;
};

/** A send to a channel. */
export interface Attempt {
  channelId: string;
  /** By it the message is known again. */
  print: string;
  /** ms UTC. */
  at: number;
}

/** Messages that were given up, of one workspace and channel and for one reason. */
export interface GivenUp {
  workspaceId: number | null;
  /** Null: it was never known where it would have gone. */
  channelId: string | null;
  /** In Discord's words. */
  error: string;
  /** When the first of them was given up, ms UTC. */
  since: number;
  count: number;
}

/** How the outbox stands for some workspaces. */
export interface OutboxState {
  /** Messages whose time has come and that are not sent yet. */
  waiting: number;
  /** Since when the first of them waits, ms UTC. */
  oldestAt: number | null;
  givenUp: GivenUp[];
}

/** Why and where a message is given up. */
export interface Refusal {
  /** Null: it was never known where it would have gone. */
  channelId: string | null;
  /** Discord's code; null where it has none. */
  code: number | null;
  /** In Discord's words. */
  error: string;
  /** It is not in Discord for certain. */
  isKnown: boolean;
  /** Ids of the people who are told, each of them once for a channel and code. */
  tell: readonly string[];
}

/** A message of ours in Discord. */
export interface Posted {
  /** The channel or thread. */
  channelId: string;
  messageId: string;
}

export interface OutboxStore {
  add(item: OutboxItem, at: number): Promise<void>;
  /**
   * Those whose time has come, oldest first, but for those of `busy` lanes and those behind one of their lane that waits to be tried
   * again.
   */
  due(now: number, limit: number, busy?: readonly string[]): Promise<OutboxRow[]>;
  /** To be called before each send of a new message: whatever happens then, it is known that it may be in Discord. */
  trying(id: number, attempt: Attempt): Promise<void>;
  /** Notes what was posted, or edited, and what follows from it for its subject, in one transaction. */
  sent(id: number, posted: Posted, at: number): Promise<void>;
  /** Those of these messages that a row was sent as. */
  known(messageIds: readonly string[]): Promise<string[]>;
  /** It needs not be said any more, and is not in Discord. */
  withdraw(id: number): Promise<void>;
  /** Tries again at `retryAt`. `isKnown`: the message is not in Discord for certain. */
  failed(id: number, error: string, retryAt: number, isKnown: boolean): Promise<void>;
  /** Discord refuses it: it is not tried again, and people are told, in one transaction. */
  giveUp(id: number, refusal: Refusal, at: number): Promise<void>;
  /** Channels in which messages were given up that would still matter. */
  refusedChannels(): Promise<string[]>;
  /** Tries once more what was given up in a channel and still matters; the rest stays given up. */
  revive(channelId: string, at: number): Promise<void>;
  /** Tries once more what was given up in a channel, still matters and was said after `since`, ms UTC; until then it stays given up. */
  retry(channelId: string, since: number, at: number): Promise<void>;
  state(workspaceIds: readonly number[], now: number): Promise<OutboxState>;
}
