import type { App } from '../app.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { escalationList } from '../views/escalation-list.ts';
import type { ListedEscalation } from '../views/escalation-list.ts';
import type { ListState } from '../views/escalation-ids.ts';
import type { View } from '../views/limits.ts';
import type { Asker } from './access.ts';
import { mayDecide } from './owners.ts';
import { Reader, REFUSAL } from './reader.ts';

/** So many of those that wait are looked at; who has more decides the oldest first anyway. */
const LISTED_MAX = 500;

/** What waits where the asker may read, the oldest first; `done` stands above it. @throws UserError where they may read nothing */
export async function listOf(
  app: App,
  asker: Asker,
  state: ListState,
  done: string | null = null,
): Promise<View> {
  const reader = new Reader(app, asker);
  const byId = new Map((await listable(app, asker, reader, state)).map((one) => [one.id, one]));
  if (byId.size === 0) throw new UserError(REFUSAL);
  const { visible, unseen } = await waitingIn(app, asker, reader, byId);
  const all = visible.filter(({ decides }) => decides || !state.mine);
  return escalationList({ state, all, more: unseen > 0, done });
}

/** How many wait in these workspaces, without those in private threads that the asker has no part in. */
export async function countWaiting(
  app: App,
  asker: Asker,
  reader: Reader,
  readable: readonly Workspace[],
): Promise<number> {
  const byId = new Map(readable.map((one) => [one.id, one]));
  const { visible, unseen } = await waitingIn(app, asker, reader, byId);
  return visible.length + unseen;
}

/** Those that the asker may see, and how many there are beyond those that are looked at. */
async function waitingIn(
  app: App,
  asker: Asker,
  reader: Reader,
  byId: ReadonlyMap<number, Workspace>,
): Promise<{ visible: ListedEscalation[]; unseen: number }> {
  const workspaceIds = [...byId.keys()];
  const query = { workspaceIds, offset: 0, limit: LISTED_MAX };
  const { escalations, total } = await app.store.escalations.waiting(query);
  const deciding = decisions(app, asker);
  const visible: ListedEscalation[] = [];
  for (const escalation of escalations) {
    const workspace = byId.get(escalation.workspaceId)!;
    const decides = await deciding(workspace, escalation);
    const mayRead = decides || !escalation.privateThread || (await reader.maySee(workspace, escalation));
    if (mayRead) visible.push({ escalation, workspace, decides });
  }
  return { visible, unseen: total - escalations.length };
}

/** The workspaces that the asker may read, and those that they decide for because nobody else is left to. */
async function listable(
  app: App,
  asker: Asker,
  reader: Reader,
  { channelId }: ListState,
): Promise<Workspace[]> {
  const readable = await reader.workspaces();
  const ids = new Set(readable.map(({ id }) => id));
  const others = app.workspaces.ofGuild(asker.guildId).filter(({ id }) => !ids.has(id));
  const orphaned: Workspace[] = [];
  for (const workspace of others)
    if (await mayDecide(app, asker, workspace, OPENLY)) orphaned.push(workspace);
  return [...readable, ...orphaned].filter((one) => channelId === null || one.channelId === channelId);
}

/** Said in the channel itself, or in a thread that all who see the channel see. */
const OPENLY = { threadId: null, privateThread: false };

/** Whether the asker decides, asked once for each workspace and private thread. */
function decisions(app: App, asker: Asker) {
  const known = new Map<string, Promise<boolean>>();
  return (workspace: Workspace, escalation: Escalation): Promise<boolean> => {
    const key = `${workspace.id}/${escalation.privateThread ? escalation.threadId : ''}`;
    const decides = known.get(key) ?? mayDecide(app, asker, workspace, escalation);
    known.set(key, decides);
    return decides;
  };
}
