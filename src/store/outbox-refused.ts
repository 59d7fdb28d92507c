import type { Db } from './sqlite.ts';
import type { GivenUp, OutboxItem, OutboxStore, Refusal } from './store.ts';

type Refused = Pick<OutboxStore, 'giveUp' | 'refusedChannels' | 'revive' | 'retry' | 'state'>;

/** What is said late rather than never: that a channel is recorded, what a person has to decide, what was decided, what is learned. */
const STILL_MATTERS = `(
  subject ->> 'kind' IN ('escalation-card', 'escalation-answer', 'escalation-update', 'insight-post', 'insight-recall',
    'insights-waiting')
  OR id IN (SELECT notice FROM workspaces WHERE unmapped_at IS NULL))`;

/** The half of the outbox that Discord does not take. */
export function createRefused(db: Db, enqueue: (item: OutboxItem, at: number) => number): Refused {
  const giveUp = prepareGiveUp(db, enqueue);
  const channels = db
    .prepare<[], string>(`
      SELECT DISTINCT channel_id FROM outbox
      WHERE given_up_at IS NOT NULL AND channel_id IS NOT NULL AND ${STILL_MATTERS}`)
    .pluck();
  const revive = db.prepare<[number, string]>(`
    UPDATE outbox SET due_at = iif(${STILL_MATTERS}, ?, NULL), given_up_at = NULL, attempts = 0
    WHERE given_up_at IS NOT NULL AND channel_id = ?`);
  const retry = db.prepare<[number, string, number]>(`
    UPDATE outbox SET due_at = ?, attempts = 0
    WHERE given_up_at IS NOT NULL AND channel_id = ? AND created_at >= ? AND due_at IS NULL AND ${STILL_MATTERS}`);
  return {
    async giveUp(id, refusal, at) {
      giveUp.immediate(id, refusal, at);
    },
    async refusedChannels() {
      return channels.all();
    },
    async revive(channelId, at) {
      revive.run(at, channelId);
    },
    async retry(channelId, since, at) {
      retry.run(at, channelId, since);
    },
    state: prepareState(db),
  };
}

function prepareGiveUp(db: Db, enqueue: (item: OutboxItem, at: number) => number) {
  // The text stays for when the channel can be written in again: it is the bot's own, and no copy of what was recorded.
  const give = db
    .prepare<[Record<string, string | number | null>], number | null>(`
      UPDATE outbox SET due_at = NULL, tried_at = iif(:isKnown, NULL, tried_at), attempts = attempts + 1, error = :error,
        given_up_at = coalesce(given_up_at, :at),
        channel_id = coalesce(:channelId, channel_id)
      WHERE id = :id AND sent_at IS NULL RETURNING workspace_id`)
    .pluck();
  const told = db.prepare<[string]>('SELECT 1 FROM outbox WHERE subject = ?');
  return db.transaction((id: number, { channelId, code, error, isKnown, tell }: Refusal, at: number) => {
    const workspaceId = give.get({ id, channelId, error, at, isKnown: Number(isKnown) });
    if (!workspaceId || channelId === null || code === null) return;
    for (const userId of tell) {
      const subject = { kind: 'refusal', workspaceId, channelId, code, userId } as const;
      if (!told.get(JSON.stringify(subject))) enqueue({ subject }, at);
    }
  });
}

function prepareState(db: Db): Refused['state'] {
  const OF = 'workspace_id IN (SELECT value FROM json_each(?))';
  const waiting = db.prepare<[string, number], { waiting: number; oldestAt: number | null }>(
    `SELECT count(*) AS waiting, min(created_at) AS oldestAt FROM outbox WHERE ${OF} AND due_at <= ?`,
  );
  // A person who takes no messages of the bot is nobody else's concern.
  const givenUp = db.prepare<[string], GivenUp>(`
    SELECT workspace_id AS workspaceId, channel_id AS channelId, error, min(given_up_at) AS since, count(*) AS count
    FROM outbox WHERE ${OF} AND given_up_at IS NOT NULL AND subject ->> 'kind' IS NOT 'refusal'
    GROUP BY workspace_id, channel_id, error ORDER BY since`);
  return async (workspaceIds, now) => {
    const of = JSON.stringify(workspaceIds);
    return { ...waiting.get(of, now)!, givenUp: givenUp.all(of) };
  };
}
