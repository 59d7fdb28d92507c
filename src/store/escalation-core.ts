import type { Entry } from '../domain/entry.ts';
import type { EscalationRules } from '../domain/escalation.ts';
import { prepareEscalationRows } from './escalation-changes.ts';
import type { EscalationRows } from './escalation-changes.ts';
import { preparePosts } from './escalation-posts.ts';
import type { Posts } from './escalation-posts.ts';
import { prepareRaise } from './escalation-raise.ts';
import type { Raise } from './escalation-raise.ts';
import type { Enqueue } from './outbox.ts';
import type { Db } from './sqlite.ts';

export interface EscalationParts {
  db: Db;
  enqueue: Enqueue;
  rules: EscalationRules;
  /** ms UTC. */
  now(): number;
}

/** What the parts of the store share of escalations. All of it runs inside transactions of theirs. */
export interface EscalationCore extends EscalationParts {
  rows: EscalationRows;
  posts: Posts;
  raise: Raise;
  /** To be called for every entry that {@link concernsEscalations}, in the transaction that adds it. */
  heed: Heed;
}

/** `session` is the key of the entry's row. */
export type Heed = (session: number, entry: Entry) => void;

export function prepareEscalations(parts: EscalationParts): EscalationCore {
  const rows = prepareEscalationRows(parts.db, parts.rules);
  const posts = preparePosts(parts.db, parts.enqueue, parts.rules);
  const raise = prepareRaise({ ...parts, rows, posts });
  return {
    ...parts,
    rows,
    posts,
    raise,
    heed(session, entry) {
      const replyToMessageId = isByCommand(entry) ? null : entry.messageId;
      raise({ session, entry, answerTo: entry.author, replyToMessageId }, Math.max(entry.at, parts.now()));
    },
  };
}

/** True for what raises an escalation or tells how one ended. Cheap: it is asked of every entry. */
export function concernsEscalations({ escalation, category, details }: Entry): boolean {
  return escalation || (category === 'escalation' && details?.['outcome'] !== undefined);
}

/** What a person raises by a command is no message in Discord. */
function isByCommand({ author, details }: Entry): boolean {
  return author.kind === 'person' && details?.['kind'] === 'person';
}
