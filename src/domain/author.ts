/**
 * Who wrote a message. `bot` is a bot account, `persona` a name that a webhook posts under, `person` everyone else.
 */
export type AuthorKind = 'person' | 'bot' | 'persona';

/** What a bot does in a workspace. `user-proxy` is a bot that speaks for a person. */
export const BOT_ROLES = ['coordinator', 'specialist', 'user-proxy'] as const;
export type BotRole = (typeof BOT_ROLES)[number];

export interface Author {
  /** Stable identity: the Discord user id, or `webhookId:name` for a persona. */
  key: string;
  /** The name people see in the server, without `@`. */
  name: string;
  kind: AuthorKind;
}

/** True for everything that is not a person: bot accounts and webhook personas. */
export function isBot(author: Pick<Author, 'kind'>): boolean {
  return author.kind !== 'person';
}

/** The identity of a webhook persona: one webhook may speak under many names, each is a bot of its own. */
export function personaKey(webhookId: string, name: string): string {
  return `${webhookId}:${name}`;
}

/** Bot names are compared without case and without a leading `@`, as people type them. */
export function sameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

export function plainName(name: string): string {
  return (name.startsWith('@') ? name.slice(1) : name).trim().toLowerCase();
}
