import { lookupsOf } from './domain/lookups.ts';
import { parseQuestion } from './domain/question.ts';
import type { Question } from './domain/question.ts';
import { rank } from './domain/ranking.ts';
import type { Ranked } from './domain/ranking.ts';
import type { Workspace } from './domain/workspace.ts';
import type { BotStore, EntryStore } from './store/store.ts';

interface Searched {
  bots: Pick<BotStore, 'list'>;
  entries: Pick<EntryStore, 'search'>;
}

/** How many bots a question may name one of. */
const BOTS_MAX = 200;

/**
 * Reads a question by the bots of these workspaces and ranks the steps that may answer it, best first; with a session, only those of
 * that session.
 */
export async function answersTo(
  asked: string,
  workspaces: readonly Workspace[],
  store: Searched,
  sessionId?: string,
): Promise<{ question: Question; ranked: Ranked[] }> {
  const workspaceIds = workspaces.map(({ id }) => id);
  const bots = await store.bots.list(workspaceIds, BOTS_MAX);
  const names = bots.map(({ name }) => name);
  const question = parseQuestion(asked, names);
  const lookups = lookupsOf(question, workspaceIds);
  const found = await Promise.all(lookups.map((lookup) => store.entries.search({ ...lookup, sessionId })));
  const candidates = new Map(found.flat().map((entry) => [`${entry.sessionId} ${entry.step}`, entry]));
  return { question, ranked: rank(question, [...candidates.values()]) };
}
