/** What is said in one channel, as data. */
export interface Conversation {
  /** The channel's name, without `#`. */
  channel: string;
  lines: Line[];
}

export interface Line {
  /** Who says it: a user name of the cast. */
  from: string;
  /** `@name` becomes a real mention of that member, `#name` one of that channel. */
  say: string;
  /** What later lines of this conversation call it. */
  id?: string;
  /** The `id` of an earlier line that it replies to. */
  replyTo?: string;
  /** Said in a thread; the first line that names a thread opens it on the message `on`. */
  thread?: { name: string; on: string };
}
