import { KEEP_ALL } from '../../src/domain/policy.ts';
import type { RecordingRules } from '../../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../../src/domain/work-log.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClosingCard } from '../../src/domain/closing-card.ts';
import type { Author } from '../../src/domain/author.ts';
import type { Draft } from '../../src/domain/entry.ts';
import { storeOver } from '../../src/store/open.ts';
import type { Db } from '../../src/store/sqlite.ts';
import type { InsightRules } from '../../src/domain/insight.ts';
import type { EscalationRules } from '../../src/domain/escalation.ts';
import type { Mapping, OutboxMessage, OutboxRow, PlacedDraft, Store } from '../../src/store/store.ts';
import { emptyDatabase } from '../support/empty-store.ts';

/** The time that the tests begin at. */
export const START = Date.UTC(2026, 0, 5, 9);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const ana: Author = { key: '100', name: 'Ana', kind: 'person' };
export const nanobot: Author = { key: '200', name: 'nanobot', kind: 'bot' };
export const researcher: Author = { key: '201', name: 'researcher', kind: 'bot' };
export const coder: Author = { key: '900:coder', name: 'coder', kind: 'persona' };

/** A new store in memory, and the connection beneath it for a look at what is stored. */
export function memoryStore(
  card: ClosingCard | null = null,
  escalations?: EscalationRules,
  insights?: InsightRules,
  looksPrivate?: (text: string) => boolean,
): { store: Store; db: Db } {
  const now = () => START;
  const database = emptyDatabase();
  return {
    store: storeOver({ ...database, card, escalations, insights, looksPrivate, now }),
    db: database.db,
  };
}

/** Those rows of the outbox that are messages as they are. */
export function messagesIn(rows: readonly OutboxRow[]): (OutboxRow & OutboxMessage)[] {
  return rows.flatMap((row) => ('subject' in row ? [] : [row]));
}

/** A directory that is removed when `use` is done with it. */
export async function inTempDir<T>(use: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'work-logs-'));
  try {
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

export function mapping(overrides: Partial<Mapping> = {}): Mapping {
  return {
    guildId: '1',
    channelId: '10',
    name: 'project-refactor',
    type: 'project',
    coordinator: 'nanobot',
    owners: [],
    mappedBy: 'command',
    ...overrides,
  };
}

/** A draft as plain chat gives it: `n` makes its message id and puts it n seconds after {@link START}. */
export function draft(n: number, overrides: Partial<Draft> = {}): Draft {
  return {
    messageId: String(1_000_000 + n),
    part: 0,
    replyToMessageId: null,
    at: START + n * 1000,
    author: ana,
    level: 'info',
    category: 'general',
    message: `message ${n}`,
    origin: 'inferred',
    mentions: [],
    addressed: [],
    escalation: false,
    confidence: null,
    durationMs: null,
    tool: null,
    details: null,
    masked: 0,
    ...overrides,
  };
}

/** A draft in a workspace's channel, or in a thread of it. */
export function placed(
  n: number,
  overrides: Partial<Draft> = {},
  place: Partial<Omit<PlacedDraft, 'draft'>> = {},
): PlacedDraft {
  return { workspaceId: 1, threadId: null, privateThread: false, ...place, draft: draft(n, overrides) };
}

export const IDLE = DEFAULT_IDLE_TIMES;

/** Keeps everything. */
export const RULES: RecordingRules = { idle: IDLE, policy: KEEP_ALL, maskSecrets: true };
