import Database from 'better-sqlite3';
import type { Handed } from './lessons.ts';

/** An insight as the bot has it. */
export interface InsightRow {
  id: number;
  state: string;
  version: number;
  content: string;
  bots: string | null;
  /** A person said that it is for its workspace alone. */
  isKeptHere: number;
  isDelicate: number;
  isByPerson: number;
  messageId: string;
  by: string;
  channelId: string;
}

export interface Delivery {
  insight: number;
  key: string;
  name: string;
  seenAt: number | null;
}

/** The three ways to see who has what: the bot's own notes, artifacts, and Discord. */
export interface Ways {
  deliveries: readonly Delivery[];
  /** By `insight name`: how many artifacts say it, and how many take it back. */
  artifacts: ReadonlyMap<string, number>;
  withdrawals: ReadonlyMap<string, number>;
  handed: readonly Handed[];
}

/** What a bot's database says of insights. */
export class ExchangeState {
  readonly #db: Database.Database;

  constructor(dbPath: string) {
    this.#db = new Database(dbPath, { readonly: true, fileMustExist: true });
  }

  close(): void {
    this.#db.close();
  }

  insights(): InsightRow[] {
    return this.#db.prepare<[], InsightRow>(INSIGHTS).all();
  }

  deliveries(): Delivery[] {
    return this.#db.prepare<[], Delivery>(DELIVERIES).all();
  }

  /** Who has what; `handed`: the messages in Discord. */
  ways(handed: Iterable<Handed>): Ways {
    const artifacts = new Map<string, number>();
    const withdrawals = new Map<string, number>();
    type Counted = { who: string; type: string; n: number };
    for (const { who, type, n } of this.#db.prepare<[], Counted>(ARTIFACTS).all())
      (type === 'insight' ? artifacts : withdrawals).set(who, n);
    return { deliveries: this.deliveries(), artifacts, withdrawals, handed: [...handed] };
  }

  /** Steps that an insight is to be made of by now and that are none, in words. */
  unqueued(): string[] {
    return this.#db.prepare<[], string>(UNQUEUED).pluck().all();
  }

  /** Messages that name insights, of which none is known to have led them. */
  unlinked(): string[] {
    return this.#db.prepare<[], string>(UNLINKED).pluck().all();
  }

  /** How many wait for a person, by workplace. */
  waiting(): { channelId: string; n: number }[] {
    return this.#db.prepare<[], { channelId: string; n: number }>(WAITING).all();
  }
}

/** `isDelicate`: something speaks against approving it by rule. */
const INSIGHTS = `
  SELECT i.id, i.state, i.version, i.content, i.scope ->> 'bots' AS bots,
    i.scope ->> 'within' = 'workspace' AND EXISTS (SELECT 1 FROM insight_events WHERE insight = i.id AND kind = 'narrowed') AS isKeptHere,
    i.sensitive <> '[]' OR i.flag IS NOT NULL AS isDelicate,
    i.approved_by IS NOT NULL AS isByPerson, i.message_id AS messageId, a.key AS by, w.channel_id AS channelId
  FROM insights i JOIN authors a ON a.id = i.author_id JOIN workspaces w ON w.id = i.workspace_id`;

const DELIVERIES = `
  SELECT d.insight, a.key, a.name, d.seen_at AS seenAt FROM insight_deliveries d JOIN authors a ON a.id = d.author_id`;

const ARTIFACTS = `
  SELECT content ->> 'insight' || ' ' || consumer AS who, content ->> 'type' AS type, count(*) AS n FROM artifacts
  WHERE schema = 'work-log-insight-v1' AND content IS NOT NULL GROUP BY 1, 2`;

/** Steps that an insight is to be made of and that are none. */
const UNQUEUED = `
  SELECT s.session_id || ' step ' || e.step FROM entries e JOIN sessions s ON s.id = e.session
  WHERE e.insight_category IS NOT NULL AND e.deleted_at IS NULL
    AND (s.ended_at IS NOT NULL OR e.details -> 'insight' ->> 'share' = 'now')
    AND NOT EXISTS (SELECT 1 FROM insight_sources x WHERE x.message_id = e.message_id AND x.part = e.part)`;

const UNLINKED = `
  SELECT e.message_id FROM entries e WHERE e.details -> 'insight_ids' IS NOT NULL AND e.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM insight_uses u WHERE u.entry = e.id)`;

const WAITING = `
  SELECT w.channel_id AS channelId, count(i.id) AS n FROM workspaces w
  LEFT JOIN insights i ON i.workspace_id = w.id AND i.state = 'pending' GROUP BY w.id`;
