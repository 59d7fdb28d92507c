import { startBackend } from '../../src/backend.ts';
import type { Backend } from '../../src/backend.ts';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../../src/domain/work-log.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import { batchOf } from '../../src/recorder/batch.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import type { Store } from '../../src/store/store.ts';
import type { Account } from '../../sandbox/replay/accounts.ts';
import type { Conversation } from '../../sandbox/replay/conversations.ts';
import { planReplay } from '../replay/plan.ts';
import type { Part, Plan, Post } from '../replay/plan.ts';
import { mapWorkspaces, snowflake } from '../shared/drafts.ts';

/** A conversation in the workspace that it was recorded in. */
export interface Recorded {
  workspace: Workspace;
  /**
   * By message of the conversation: the ids of the entries it became, which are those of their first messages in Discord. None for
   * one of nothing but white space.
   */
  entryIds: Set<string>[];
  /** What its authors are called in Discord, which takes no name of more than 32 characters, by their names in the data. */
  names: ReadonlyMap<string, string>;
}

export interface Recording {
  backend: Backend;
  /** In the order of the conversations. */
  recorded: Recorded[];
}

const rules = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };

/** First instant of the data, ms UTC, the time between two messages, and between the pieces of one that is too long for Discord. */
const START = Date.UTC(2026, 0, 5, 9);
const PACE_MS = 4000;
const PIECE_MS = 500;

/**
 * Lets the recorder record the conversations as they would come through Discord, each in a workspace of its own, all in one new
 * database. `onRecorded` is told after each how many are done.
 */
export async function recordAll(
  conversations: readonly Conversation[],
  path: string,
  onRecorded: (done: number) => void,
): Promise<Recording> {
  const plan = planReplay(conversations);
  const backend = await startBackend({ path, rules });
  await mapWorkspaces(backend.store, plan.parts.length);
  const workspaces = await backend.store.workspaces.list();
  const observe = observer(plan);
  const recorded: Recorded[] = [];
  for (const [index, part] of plan.parts.entries()) {
    const workspace = workspaces[index]!;
    const observations = part.posts.map((post) => observe(post, workspace.id));
    await backend.record(batchOf(observations));
    const names = new Map(part.posts.map(({ author }) => [author.original, author.name]));
    recorded.push({ workspace, entryIds: await entriesOf(part, observations, backend.store), names });
    onRecorded(index + 1);
  }
  return { backend, recorded };
}

/** Turns posts into what the bot sees of them. */
function observer({ accounts }: Plan): (post: Post, workspaceId: number) => Observation {
  const ids = new Map(accounts.map(({ key }, index) => [key, snowflake(index + 1)]));
  const authorOf = ({ key, name, kind }: Account) => ({ key: ids.get(key)!, name, kind });
  let count = 0;
  let at = START;
  return ({ author, to, text, piece }, workspaceId) => {
    count += 1;
    at += piece === 0 ? PACE_MS : PIECE_MS;
    const mention = to && { token: `<@${ids.get(to.key)!}>`, text: `@${to.name}`, author: authorOf(to) };
    return {
      workspaceId,
      messageId: snowflake(accounts.length + count),
      threadId: null,
      privateThread: false,
      author: authorOf(author),
      at,
      replyToMessageId: null,
      content: mention ? `${mention.token} ${text}` : text,
      mentions: mention ? [mention] : [],
      embeds: [],
      componentTexts: [],
      attachments: [],
      flags: 0,
    };
  };
}

async function entriesOf(
  { conversation, posts }: Part,
  observations: readonly Observation[],
  { entries }: Store,
): Promise<Set<string>[]> {
  const ids = conversation.messages.map(() => new Set<string>());
  for (const [index, { message }] of posts.entries()) {
    const entry = await entries.byMessage(observations[index]!.messageId);
    if (entry) ids[message]!.add(entry.messageId);
  }
  return ids;
}
