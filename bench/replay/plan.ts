import { Accounts } from '../../sandbox/replay/accounts.ts';
import type { Account } from '../../sandbox/replay/accounts.ts';
import type { Conversation, Line } from '../../sandbox/replay/conversations.ts';
import { splitMessage } from '../../sandbox/replay/split.ts';

/** One Discord message to be sent: a message of the data, or a piece of one. */
export interface Post {
  author: Account;
  /** The bot that it addresses with a mention at its start. */
  to: Account | null;
  /** Without the mention. */
  text: string;
  /** Which message of the conversation it is of, from 0, and which piece of that, from 0. */
  message: number;
  piece: number;
}

/** A conversation as it is played: in a channel of its own, or in a thread of that channel. */
export interface Part {
  conversation: Conversation;
  channel: number;
  inThread: boolean;
  posts: Post[];
  /** Messages of nothing but white space, which Discord does not take. */
  notPostable: number;
}

export interface Plan {
  accounts: Account[];
  /** How many channels there are. */
  channels: number;
  parts: Part[];
}

/** One conversation in the channel itself, the others in its threads: the bot must keep them apart. */
const PARTS_PER_CHANNEL = 4;

/** Room for `<@`, the longest id and `> `. */
const MENTION_LENGTH = 24;

/** Decides who says what where. The same conversations always give the same plan. */
export function planReplay(conversations: readonly Conversation[]): Plan {
  const accounts = new Accounts();
  const parts = conversations.map((conversation, index) => {
    const posts = planPosts(conversation, accounts);
    return {
      conversation,
      channel: Math.floor(index / PARTS_PER_CHANNEL),
      inThread: index % PARTS_PER_CHANNEL !== 0,
      posts,
      notPostable: conversation.messages.length - new Set(posts.map((post) => post.message)).size,
    };
  });
  return { accounts: accounts.all(), channels: Math.ceil(parts.length / PARTS_PER_CHANNEL), parts };
}

function planPosts({ messages }: Conversation, accounts: Accounts): Post[] {
  const bots = new Set(messages.filter((line) => line.role === 'bot').map((line) => line.author));
  return messages.flatMap((line, message) => {
    const author = accounts.of(line.author, line.role);
    const to = addressee(line, bots, accounts);
    const pieces = splitMessage(line.content.toWellFormed(), { reserve: to ? MENTION_LENGTH : 0 });
    return pieces.map((text, piece) => ({ author, to: piece === 0 ? to : null, text, message, piece }));
  });
}

/** Only bots that take part are mentioned, and nobody mentions themselves. */
function addressee(line: Line, bots: ReadonlySet<string>, accounts: Accounts): Account | null {
  if (line.to === undefined || !bots.has(line.to)) return null;
  if (line.role === 'bot' && line.author === line.to) return null;
  return accounts.of(line.to, 'bot');
}
