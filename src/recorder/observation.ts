import type { Author } from '../domain/author.ts';

/** Someone or something a message mentions by id, resolved to a name while Discord's data was at hand. */
export interface Mention {
  /** The token in the content, e.g. `<@123>` or `<@&456>` or `<#789>`. */
  token: string;
  /** How a person reads it, e.g. `@researcher` or `#general`. */
  text: string;
  /** The author behind it; null for roles and channels. A bot's own managed role counts as the bot. */
  author: Author | null;
}

/** The text of an embed, in reading order. */
export interface EmbedText {
  title: string | null;
  description: string | null;
  fields: { name: string; value: string }[];
  footer: string | null;
}

/**
 * A Discord message as plain data: all that the recorder needs to know, and nothing that it would have to ask Discord for.
 * It crosses a thread boundary, so it holds only what structured clone can carry.
 */
export interface Observation {
  workspaceId: number;
  messageId: string;
  /** The thread it was posted in; null for the channel itself. */
  threadId: string | null;
  privateThread: boolean;
  author: Author;
  /** ms UTC, when it was first posted. */
  at: number;
  /** ms UTC, when it was edited into what it says here; absent: as it was first posted. */
  editedAt?: number | undefined;
  /** When what it says was changed before it was heard of for the first time, ms UTC. */
  changedAt?: number | undefined;
  replyToMessageId: string | null;
  content: string;
  mentions: Mention[];
  embeds: EmbedText[];
  /** Texts of components v2 in reading order. */
  componentTexts: string[];
  /** What can be pressed or chosen below it, as people read it; absent: nothing. */
  controls?: string[] | undefined;
  /** Names of the attached files. */
  attachments: string[];
  /** Its author opted out: it is not to be recorded what it says, nor by whom. With all that the author is called. */
  optedOut?: { names: string[] } | undefined;
  /** A bot calls in it for an owner of the workspace. */
  asksOwner?: boolean | undefined;
  /** Discord's message flags. */
  flags: number;
}

/** Messages that were deleted in Discord, one or many at once. */
export interface Deletion {
  deleted: string[];
  /** ms UTC, when it was seen. */
  at: number;
}

/** All messages of a place up to this one have been handed over, whatever became of them. */
export interface Reading {
  readUpTo: string;
  workspaceId: number;
  threadId: string | null;
}

/** What the recorder is told of. */
export type Observed = Observation | Deletion | Reading;
