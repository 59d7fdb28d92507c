import type { Draft, Entry } from '../domain/entry.ts';
import type { RecordingRules } from '../domain/policy.ts';
import type { Handed } from '../domain/stored-artifact.ts';
import type { Mark } from './coverage-store.ts';
import type { Place, SessionTexts } from './session-store.ts';

/** A draft and where it was written. */
export interface PlacedDraft extends Place {
  privateThread: boolean;
  draft: Draft;
  /**
   * A message of the answer that this one goes on with: all are one entry. The draft's text starts with a line break where one
   * stands between it and the message before. Where there is no such step in the session, the draft is one of its own; what sampling
   * leaves out of an answer, it leaves out as a whole.
   */
  continues?: string | undefined;
  /** What the chunks before and after this one say from now on, when something to hide reaches from one into the other. */
  beside?: { before?: string | undefined; after?: string | undefined } | undefined;
  /**
   * Of the conversations that programs have in a place at the same time, the one that it belongs to, each of them a session of its own:
   * a digest. Absent: it belongs to what is said in the place itself.
   */
  conversation?: string | null | undefined;
  /** The draft opens a new session, or is the last step of the one that runs. */
  session?: 'start' | 'end' | undefined;
  /** What the draft says about its session as a whole. */
  log?: SessionTexts | undefined;
  /** Data that it hands over. It is saved whether or not the policy keeps the step: somebody waits for it. */
  artifact?: Handed | undefined;
}

export interface EntryFilter {
  sessionId: string;
  /** Only entries of this author. */
  authorKey?: string | undefined;
  /** Only what was written in coordinator mode. */
  coordinatorMode?: boolean | undefined;
  /** Only later steps; not together with the others. */
  afterStep?: number | undefined;
}

/**
 * What to look for: any of the words in the text, whatever their form, or any of the tags: a level, a category, `escalation`, the
 * whole name of a bot or a tool. Nobody needs to quote anything.
 */
export interface SearchQuery {
  workspaceId: number;
  sessionId?: string | undefined;
  words: string[];
  tags: string[];
  /** The newest so many matches are returned; the caller ranks them. */
  limit: number;
}

export interface Appended {
  recorded: number;
  duplicates: number;
  dropped: number;
}

export interface EntryStore {
  /**
   * Gives each draft its session and step by the rules of domain/session.ts and adds it, in the order given, in one
   * transaction. A message that is already recorded is passed over and changes nothing. So is one of a workspace that was
   * unmapped meanwhile; it counts as neither. What the policy does not keep is counted for its session and has no step. Artifacts
   * are saved in the same transaction. `seen`: how far the places of these drafts have been read with them.
   */
  append(drafts: PlacedDraft[], rules: RecordingRules, seen?: Mark[]): Promise<Appended>;
  /** Entries in the order of their steps, and how many the filter lets through in all. */
  page(filter: EntryFilter, offset: number, limit: number): Promise<{ entries: Entry[]; total: number }>;
  /** The entry that a message became, or became a part of. */
  byMessage(messageId: string): Promise<Entry | null>;
  /**
   * All that a message said, corrections included, in the order of their parts. Of an answer that was posted in several messages, only
   * what this one says.
   */
  ofMessage(messageId: string): Promise<Entry[]>;
  /**
   * Puts what an edited message says now in the place of what it said: part by part the same steps, further parts as new ones.
   * Parts that it has no longer stay as they are. Messages that are not recorded, or were deleted, are passed over.
   */
  rewrite(drafts: PlacedDraft[], editedAt: number, rules: RecordingRules): Promise<void>;
  /** Removes all that these messages said, also from the search index; their steps stay, marked. Returns how many steps. */
  erase(messageIds: string[], at: number): Promise<number>;
  /** Up to `radius` steps on either side of `step`, with that step itself. */
  around(sessionId: string, step: number, radius: number): Promise<Entry[]>;
  byStep(sessionId: string, step: number): Promise<Entry | null>;
  /** What a bot said last in the session that runs in a place, if that is among its latest steps: the last message of it. */
  lastOf(place: Place, authorKey: string): Promise<Entry | null>;
  /** What the messages before and after this one say, when all are one answer. */
  beside(messageId: string): Promise<{ before: string | null; after: string | null }>;
  /** Matches of one workspace, newest first. Its cost does not grow with the database. */
  search(query: SearchQuery): Promise<Entry[]>;
}
