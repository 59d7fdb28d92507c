import type { Entry } from '../domain/entry.ts';
import type { EscalationRules } from '../domain/escalation.ts';
import { isReportId } from '../domain/report.ts';
import { prepareEscalationRows } from './escalation-changes.ts';
import type { EscalationRows } from './escalation-changes.ts';
import { prepareConclude } from './escalation-outcome.ts';
import { preparePosts } from './escalation-posts.ts';
import type { Posts } from './escalation-posts.ts';
import { prepareRaise } from './escalation-raise.ts';
import type { Raise } from './escalation-raise.ts';
import { prepareFindRaised, prepareRevising } from './escalation-revise.ts';
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
  /** To be called for every entry that {@link concernsEscalations} when it is added. `session` is the key of its row. */
  heed(session: number, entry: Entry): void;
  /** To be called for every entry that concerned them before it was changed, or does so now. */
  heedChange(session: number, before: Entry, after: Entry): void;
  /** Cancels what waits in a workspace that is not recorded any more; nothing is posted there. */
  cancelAll(workspaceId: number, at: number): void;
}

export function prepareEscalations(parts: EscalationParts): EscalationCore {
  const { db } = parts;
  const rows = prepareEscalationRows(db, parts.rules);
  const posts = preparePosts(db, parts.enqueue, parts.rules);
  const core = { ...parts, rows, posts };
  const raise = prepareRaise(core);
  const conclude = prepareConclude(core);
  const heed = (session: number, entry: Entry) => {
    const now = Math.max(entry.at, parts.now());
    if (!entry.escalation) return conclude(session, entry, now);
    const isNoMessage = isByCommand(entry) || isReportId(entry.messageId);
    const replyToMessageId = isNoMessage ? null : entry.messageId;
    raise({ session, entry, answerTo: entry.author, replyToMessageId }, now);
    return undefined;
  };
  return {
    ...core,
    raise,
    heed,
    heedChange: prepareHeedChange(core, heed),
    cancelAll: prepareCancelAll(core),
  };
}

type Core = Omit<EscalationCore, 'raise' | 'heed' | 'heedChange' | 'cancelAll'>;

function prepareHeedChange(core: Core, heed: EscalationCore['heed']): EscalationCore['heedChange'] {
  const revising = prepareRevising(core);
  const raisedBy = prepareFindRaised(core.db);
  return (session, before, after) => {
    const escalation = raisedBy(before);
    const at = after.deletedAt ?? after.editedAt ?? after.at;
    const now = Math.max(at, core.now());
    if (escalation === null) return after.deletedAt === null ? heed(session, after) : undefined;
    if (after.deletedAt !== null) return revising.forget(escalation, at, now);
    if (after.escalation) return revising.grow(escalation, { session, entry: after }, now);
    if (concernsEscalations(after)) heed(session, after);
    return revising.takeBack(core.rows.get(escalation.id)!, at, now);
  };
}

function prepareCancelAll({ db, rows, posts }: Core): EscalationCore['cancelAll'] {
  const waiting = db
    .prepare<[number], number>('SELECT id FROM escalations WHERE workspace_id = ? AND closed_at IS NULL')
    .pluck();
  const step = { kind: 'cancel', reason: 'The channel is not recorded any more.' } as const;
  return (workspaceId, at) => {
    for (const id of waiting.all(workspaceId)) {
      rows.change(rows.get(id)!, step, { at, by: null });
      posts.withdraw(id);
    }
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
