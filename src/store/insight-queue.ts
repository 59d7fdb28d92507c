import { isBot } from '../domain/author.ts';
import type { Author } from '../domain/author.ts';
import { gistOf, sameInsightKey, sensitiveReasons, tidied } from '../domain/insight-content.ts';
import type { Gist } from '../domain/insight-content.ts';
import type { Insight, InsightRules, SensitiveReason } from '../domain/insight.ts';
import { SENSITIVE_REASONS } from '../domain/insight.ts';
import { applicableTo, widestScope } from '../domain/insight-scope.ts';
import type { Scope } from '../domain/insight-scope.ts';
import type { WorkspaceType } from '../domain/workspace.ts';
import type { InsightRows } from './insight-changes.ts';
import type { InsightPosts } from './insight-posts.ts';
import type { Db } from './sqlite.ts';

/** Something that was learned, by a step of a session or by a person's own words. */
export interface Learning {
  workspaceId: number;
  threadId: string | null;
  privateThread: boolean;
  /** The key of the session's row, and its step; null without a step. */
  session: number | null;
  step: number | null;
  /** The step's message; of an interaction where there is no step. Together with `part`: learned once. */
  messageId: string;
  part: number;
  by: Author;
  /** The person who shares it; null where the bot said itself that it is one. */
  addedBy: Author | null;
  origin: Insight['origin'];
  category: string;
  /** Masked. */
  content: string;
  confidence: number | null;
  masked: number;
  /** Names of bots, as its author gave them; empty: all. */
  applicableTo: readonly string[];
  at: number;
}

/**
 * Makes an insight of it, or counts it as one that is there. Called inside a transaction of the caller's. Null when that step is one
 * already, when it says nothing, or its workspace is not recorded any more.
 */
export type QueueInsight = (learning: Learning) => Insight | null;

interface WorkspaceRow {
  type: WorkspaceType;
  guild_id: string;
}

interface Parts {
  rows: InsightRows;
  posts: Pick<InsightPosts, 'doubtful'>;
  rules: InsightRules;
  looksPrivate: (text: string) => boolean;
}

export function prepareQueue(db: Db, parts: Parts): QueueInsight {
  const { rows, rules } = parts;
  const workspaceOf = db.prepare<[number], WorkspaceRow>(
    'SELECT type, guild_id FROM workspaces WHERE id = ? AND unmapped_at IS NULL',
  );
  const isKnown = db
    .prepare<[string, number], 1>('SELECT 1 FROM insight_sources WHERE message_id = ? AND part = ?')
    .pluck();
  const addSource = db.prepare<[string, number, number]>('INSERT INTO insight_sources VALUES (?, ?, ?)');
  const sourceBot = prepareSourceBot(db);
  const same = prepareSame(db);
  const insert = prepareInsert(db, rows, rules);
  const contradict = prepareContradict(db, parts);

  return (learning) => {
    const workspace = workspaceOf.get(learning.workspaceId);
    const content = tidied(learning.content);
    const { messageId, part, privateThread, at, by } = learning;
    if (!workspace || content === '' || isKnown.get(messageId, part)) return null;
    const widest = widestScope(workspace.type, isBot(by) ? by : sourceBot(learning), privateThread);
    const scope = applicableTo(widest, learning.applicableTo);
    const where = placeKey(learning, scope, workspace);
    const key = sameInsightKey(where, scope, content);
    const { known, wasRevoked } = same(key, learning.workspaceId);
    const sensitive = reasonsOf({ ...learning, content }, workspace, wasRevoked, parts);
    if (known !== null) return repeat(rows.get(known)!, sensitive, learning);
    const gist = gistOf(content);
    const added = insert({ ...learning, content }, { scope, where, key, sensitive, gist });
    addSource.run(messageId, part, added.id);
    const isDoubtful = contradict(added, where, gist, at);
    const isFree = rules.autoApprove && sensitive.length === 0 && !isDoubtful;
    if (isFree) rows.change(added, { kind: 'approve' }, { at, by: null, reason: 'auto_approve' });
    return isFree || isDoubtful ? rows.get(added.id) : added;
  };

  function repeat(known: Insight, sensitive: readonly SensitiveReason[], learning: Learning): Insight {
    const { messageId, part, at, by } = learning;
    addSource.run(messageId, part, known.id);
    const all = SENSITIVE_REASONS.filter((reason) => [...known.sensitive, ...sensitive].includes(reason));
    return rows.change({ ...known, sensitive: all }, { kind: 'repeat' }, { at, by }) ?? known;
  }
}

function reasonsOf(
  learning: Learning,
  { type }: WorkspaceRow,
  wasRevoked: boolean,
  { rules, looksPrivate }: Pick<Parts, 'rules' | 'looksPrivate'>,
): SensitiveReason[] {
  const known = {
    direct: type === 'direct',
    byPerson: learning.addedBy !== null || !isBot(learning.by),
    looksPrivate: looksPrivate(learning.content),
  };
  const found = sensitiveReasons({ ...learning, ...known }, rules);
  return wasRevoked ? [...found, 'revoked_before'] : found;
}

/** Where the same words are the same insight. */
function placeKey(
  { workspaceId, threadId, privateThread }: Learning,
  { within }: Scope,
  { guild_id: guildId }: WorkspaceRow,
): string {
  if (privateThread) return `thread ${threadId}`;
  return within === 'server' ? `server ${guildId}` : `workspace ${workspaceId}`;
}

/** Whose insight it is that a person shares in a direct workspace or a private thread: the bot's that wrote there last. */
function prepareSourceBot(db: Db): (learning: Learning) => Pick<Author, 'key'> {
  const inSession = db
    .prepare<[number], string>(`
      SELECT a.key FROM entries e JOIN authors a ON a.id = e.author_id
      WHERE e.session = ? AND a.kind <> 'person' ORDER BY e.step DESC LIMIT 1`)
    .pluck();
  const inWorkspace = db
    .prepare<[number], string>(`
      SELECT a.key FROM workspace_bots b JOIN authors a ON a.id = b.author_id
      WHERE b.workspace_id = ? ORDER BY b.last_at DESC, a.id LIMIT 1`)
    .pluck();
  return ({ session, workspaceId, privateThread }) => {
    const here = session === null ? undefined : inSession.get(session);
    // Who writes elsewhere in the workspace is not in the private thread for that.
    return { key: here ?? (privateThread ? undefined : inWorkspace.get(workspaceId)) ?? '' };
  };
}

function prepareSame(db: Db) {
  const find = db.prepare<[string], { id: number; state: Insight['state']; workspaceId: number }>(`
    SELECT id, state, workspace_id AS workspaceId FROM insights WHERE same_key = ? ORDER BY id DESC`);
  return (key: string, workspaceId: number): { known: number | null; wasRevoked: boolean } => {
    const all = find.all(key);
    // What the owners of one workspace do not want is still to be asked of those of another.
    const known = all.find(
      ({ state, workspaceId: of }) =>
        ['pending', 'approved', 'shared'].includes(state) || (state === 'rejected' && of === workspaceId),
    );
    return { known: known?.id ?? null, wasRevoked: all.some(({ state }) => state === 'revoked') };
  };
}

interface Placing {
  scope: Scope;
  where: string;
  key: string;
  sensitive: SensitiveReason[];
  gist: Gist;
}

function prepareInsert(db: Db, rows: InsightRows, rules: InsightRules) {
  const columns =
    `workspace_id thread_id private_thread session step message_id author_id added_by origin category content confidence
    sensitive scope same_key place_key about denies count state version created_at state_at expires_at`.split(
      /\s+/,
    );
  const insert = db.prepare<[Record<string, string | number | null>]>(
    `INSERT INTO insights (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
  );
  return (learning: Learning, { scope, where, key, sensitive, gist }: Placing): Insight => {
    const { by, addedBy, at, step } = learning;
    const { lastInsertRowid } = insert.run({
      workspace_id: learning.workspaceId,
      thread_id: learning.threadId,
      private_thread: Number(learning.privateThread),
      session: learning.session,
      step,
      message_id: step === null ? null : learning.messageId,
      author_id: rows.authorId(by),
      added_by: addedBy && rows.authorId(addedBy),
      origin: learning.origin,
      category: learning.category,
      content: learning.content,
      confidence: learning.confidence,
      sensitive: JSON.stringify(sensitive),
      scope: JSON.stringify(scope),
      same_key: key,
      place_key: where,
      about: gist.about,
      denies: gist.denies,
      count: 1,
      state: 'pending',
      version: 1,
      created_at: at,
      state_at: at,
      expires_at: at + rules.expireAfter,
    });
    const id = Number(lastInsertRowid);
    rows.note(id, { version: 1, kind: 'learned', at, by: addedBy ?? by, reason: null });
    return rows.get(id)!;
  };
}

/** How many that an insight contradicts are flagged: the newest. */
const CONTRADICTED_MAX = 20;

/** Flags those that say the opposite, and the new one with them; true when there are any. */
function prepareContradict(db: Db, { rows, posts }: Parts) {
  const opposite = db
    .prepare<[Record<string, string | number>], number>(`
      SELECT id FROM insights WHERE place_key = :where AND category = :category AND about = :about AND denies <> :denies
        AND id <> :id AND state IN ('pending', 'approved', 'shared') ORDER BY id DESC LIMIT ${CONTRADICTED_MAX}`)
    .pluck();
  return (added: Insight, where: string, { about, denies }: Gist, at: number): boolean => {
    if (about === '') return false;
    const { id, category } = added;
    const older = opposite.all({ where, category, about, denies, id });
    for (const other of older) {
      const flag = { kind: 'contradicted', by: id, at } as const;
      posts.doubtful(rows.change(rows.get(other)!, { kind: 'flag', flag }, { at, by: added.by }), at);
    }
    const [newest] = older;
    if (newest === undefined) return false;
    rows.change(added, { kind: 'flag', flag: { kind: 'contradicted', by: newest, at } }, { at, by: null });
    return true;
  };
}
