import { coverageOfFound } from '../../src/coverage.ts';
import { explanationOf } from '../../src/discord/explanation.ts';
import { Reader } from '../../src/discord/reader.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import { newState } from '../../src/views/explain-state.ts';
import { howView } from '../../src/views/how.ts';
import { allowAll, fixed } from '../shared/open-to-all.ts';
import type { Archive } from './archive.ts';

/** What the commands do between reading their options and sending their answer, for someone who may read everything. */
export interface Asking {
  /** `/explain` in a workspace's channel: its latest session, the first page. */
  explain(workspace: Workspace): Promise<object>;
  /** `/how` with a question, in some workspaces. */
  how(question: string, workspaces: Workspace[]): Promise<object>;
}

/** Plain questions, with frequent words, rare words and none, with bots and with levels. */
export const QUESTIONS = [
  'why did you escalate?',
  'what did @researcher find?',
  'how was the rate limit decided',
  'which handoffs went to the tester',
  'what failed in the parser, and why?',
  'who reviewed the schema migration before the release',
  'what errors did coder have with the password policy',
  'how did we choose between strict characters and a passphrase?',
  'what is the customer refund for the flight booking',
  'did anybody verify the source of the article?',
  'authentication middleware',
  'what was uncertain about zantionment',
];

const HITS = 5;

/** Long after everything that was recorded. */
const NOW = Date.UTC(2030, 0, 1);

export function askAs(asker: { userId: string }, { backend: { store }, workspaces }: Archive): Asking {
  const [first] = workspaces;
  const app = { store, access: allowAll(workspaces), workspaces: fixed(workspaces), now: () => NOW };
  const reader = () => new Reader(app, { guildId: first!.guildId, ...asker });
  return {
    async explain({ channelId }) {
      const mine = reader();
      const readable = await mine.latestInChannel(await mine.workspace(channelId));
      const { sessionId } = readable!.log;
      const asksHelp = !(await store.feedback.hasRated(asker.userId, sessionId));
      return explanationOf(app, readable!, newState(sessionId), { unfolds: true, asksHelp });
    },
    async how(asked, searched) {
      const answers = await reader().ask(asked, searched, HITS);
      const coverage = await coverageOfFound(store, answers.searched, answers.hits, NOW);
      return howView({ asked, ...answers, outOf: searched.length, coverage, asksHelp: true, now: NOW });
    },
  };
}
