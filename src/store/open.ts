import { fileURLToPath } from 'node:url';
import type { ClosingCard } from '../domain/closing-card.ts';
import { DEFAULT_ESCALATION_RULES } from '../domain/escalation-times.ts';
import type { EscalationRules } from '../domain/escalation.ts';
import { DEFAULT_INSIGHT_RULES } from '../domain/insight.ts';
import type { InsightRules } from '../domain/insight.ts';
import { createArtifacts } from './artifacts.ts';
import { prepareAddStep } from './add-step.ts';
import { Authors } from './authors.ts';
import { createBots } from './bots.ts';
import { createCoverage } from './coverage.ts';
import { Checkpoints } from './checkpoints.ts';
import { prepareClosingCard } from './closing-card.ts';
import type { AfterEnd } from './closing-card.ts';
import { Durability } from './durability.ts';
import { createEntries } from './entries.ts';
import { prepareEscalations } from './escalation-core.ts';
import { prepareAfterSent } from './escalation-sent.ts';
import { createEscalations } from './escalations.ts';
import type { Follower } from './entries.ts';
import { createGuilds } from './guilds.ts';
import { createErasure } from './erasure.ts';
import { createFeedback } from './feedback.ts';
import { IndexRemoval } from './index-removal.ts';
import { IndexedTexts } from './indexed-texts.ts';
import { prepareInsights } from './insight-core.ts';
import type { InsightCore } from './insight-core.ts';
import { createInsights, prepareAfterInsightSent } from './insights.ts';
import { loadLive } from './live.ts';
import type { Live } from './live.ts';
import { createOutbox, prepareEnqueue } from './outbox.ts';
import type { AfterSent } from './outbox.ts';
import { createPeople } from './people.ts';
import { createJournal } from './journal.ts';
import { Reclaiming } from './reclaim.ts';
import { createReported } from './reported.ts';
import { createReports } from './reports.ts';
import { SearchIndex } from './search-index.ts';
import { createSessionFiles } from './session-files.ts';
import { createSessionSummaries } from './session-summaries.ts';
import { createSessions, prepareEndSession } from './sessions.ts';
import { Slices } from './slices.ts';
import { createTokens } from './tokens.ts';
import { openDatabase } from './sqlite.ts';
import type { OpenDatabase } from './sqlite.ts';
import type { Store } from './store.ts';
import { createWorkspaces } from './workspaces.ts';

export const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

export interface StoreOptions {
  /** The SQLite file, created when missing; `:memory:` for a store that ends with the process. */
  path: string;
  /** Where the .sql files are. */
  migrationsDir?: string | undefined;
  /** What is posted when a session ends; nothing where there is none. */
  card?: ClosingCard | null | undefined;
  /** When people are told of escalations, and how often. */
  escalations?: EscalationRules | undefined;
  /** What is learned, and when it is shared. */
  insights?: InsightRules | undefined;
  /** Whether a text holds a secret or personal data; to be given where these are not masked. */
  looksPrivate?: ((text: string) => boolean) | undefined;
  /** The clock, ms UTC. */
  now?: (() => number) | undefined;
  /** Whether `durable` is awaited before anybody is told of a change: then long work lets no change wait for the disk. */
  isAwaited?: boolean | undefined;
}

/**
 * Opens the store and takes it for this process until it is closed.
 *
 * @throws StartupError that says what to do: the path cannot be written, is no database of ours, is damaged, was written by a newer
 * version, is in use by another running instance, or the disk is full.
 */
export async function openStore({
  path,
  migrationsDir = MIGRATIONS,
  card = null,
  escalations = DEFAULT_ESCALATION_RULES,
  insights = DEFAULT_INSIGHT_RULES,
  looksPrivate,
  now = Date.now,
  isAwaited = false,
}: StoreOptions): Promise<Store> {
  const database = openDatabase(path, migrationsDir, now);
  try {
    const durability = new Durability(database.db, isAwaited);
    return storeOver({ ...database, card, escalations, insights, looksPrivate, now, durability });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The store over a database that is already open. Closing the store closes it. */
export function storeOver(
  {
    db,
    close,
    card,
    escalations: rules = DEFAULT_ESCALATION_RULES,
    insights: learning = DEFAULT_INSIGHT_RULES,
    looksPrivate = () => false,
    now = Date.now,
    durability = new Durability(db),
  }: OpenDatabase & Omit<StoreOptions, 'path' | 'migrationsDir' | 'isAwaited'> & { durability?: Durability },
  live: Live = loadLive(db),
  index: Follower & Pick<SearchIndex, 'stop'> = new SearchIndex(db, live, durability),
): Store {
  const enqueue = prepareEnqueue(db);
  const insights = prepareInsights({ db, enqueue, rules: learning, looksPrivate });
  const endSession = prepareEndSession(
    db,
    afterEnds(card ? prepareClosingCard(db, enqueue, card) : null, insights),
  );
  const core = prepareEscalations({ db, enqueue, rules, now });
  const authors = new Authors(db);
  const texts = new IndexedTexts(db);
  const { revise, ...entries } = createEntries({
    db,
    live,
    endSession,
    index,
    escalations: core,
    insights,
    authors,
    texts,
  });
  const steps = prepareAddStep(db, live, insights);
  const checkpoints = new Checkpoints(db);
  const slices = new Slices(db, durability, checkpoints);
  const removal = new IndexRemoval(db, texts);
  const reclaiming = new Reclaiming(db, slices, checkpoints, removal);
  if (removal.isDue && !db.readonly) reclaiming.soon();
  const forgetAuthors = () => authors.forget();
  return {
    workspaces: createWorkspaces(db, live, enqueue, endSession, core),
    guilds: createGuilds(db, core),
    sessions: createSessions(db, live, endSession),
    entries: {
      ...entries,
      async erase(messageIds, at) {
        const steps = await entries.erase(messageIds, at);
        if (steps > 0) reclaiming.soon();
        return steps;
      },
    },
    bots: createBots(db),
    artifacts: createArtifacts(db),
    tokens: createTokens(db),
    reported: createReported({ db, live, escalations: core, insights, texts }),
    feedback: createFeedback(db, steps, index),
    coverage: createCoverage(db),
    journal: createJournal(db),
    escalations: createEscalations(core, { steps, index, append: entries.append }),
    insights: createInsights(insights),
    reports: createReports(db, enqueue),
    outbox: createOutbox(db, enqueue, afterSents(prepareAfterSent(core), prepareAfterInsightSent(insights))),
    files: createSessionFiles(db),
    summaries: createSessionSummaries(db),
    people: createPeople(db),
    erasure: createErasure({
      db,
      live,
      slices,

      reclaiming,
      removal,
      texts,
      revise,
      insights,
      forgetAuthors,
    }),
    async size() {
      return (
        Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
      );
    },
    durable: () => durability.reached(),
    async close() {
      await slices.end();
      index.stop();
      reclaiming.stop();
      await checkpoints.stop();
      await durability.stop();
      close();
      reclaiming.end();
    },
  };
}

/** What follows when a session ends: its card, and what was learned in it. */
function afterEnds(card: AfterEnd | null, insights: Pick<InsightCore, 'sessionEnded'>): AfterEnd {
  return (session, at, reason) => {
    card?.(session, at, reason);
    insights.sessionEnded(session, at);
  };
}

function afterSents(...all: readonly AfterSent[]): AfterSent {
  return (...sent) => {
    for (const each of all) each(...sent);
  };
}
