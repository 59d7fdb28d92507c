import { ChannelType } from 'discord.js';
import type { PlaceInput } from '../domain/agent-report.ts';
import { sameName } from '../domain/author.ts';
import type { Workspace } from '../domain/workspace.ts';
import { orNull } from '../discord/or-null.ts';
import { Reader } from '../discord/reader.ts';
import type { Readable } from '../discord/reader.ts';
import { UserError } from '../errors.ts';
import type { Call } from './doors.ts';
import { AgentError } from './errors.ts';
import { conversationDigest } from './ids.ts';

/** Where reports go. */
export interface ReportPlace {
  workspace: Workspace;
  threadId: string | null;
  privateThread: boolean;
  conversation: string | null;
  /** The session that was named has ended: only what is recorded already can be reported to it. */
  isOver?: boolean;
}

/** Nobody can tell by it whether there is such a thing that is hidden. */
export const NOTHING_HERE = 'There is nothing of that name that this bot can see in Discord.';

/**
 * The place that a program names, or the only one there is.
 *
 * @throws AgentError where the bot sees no such place at this moment, or nothing is recorded there
 */
export async function reportPlace(call: Call, place: PlaceInput): Promise<ReportPlace> {
  if (!call.doors.app.config.workLogs.enabled)
    throw new AgentError('unavailable', 'Recording is switched off for this bot.');
  if (place.session_id) return placeOfSession(call, place.session_id);
  const visible = await recordedBy(call);
  const workspace = chosen(visible, place.workspace ?? null);
  const thread = place.thread_id ? await threadOf(call, workspace, place.thread_id) : null;
  const conversation = place.conversation_id ? conversationDigest(place.conversation_id) : null;
  return { workspace, threadId: thread?.id ?? null, privateThread: thread?.isPrivate ?? false, conversation };
}

/** Everything that the bot may read. */
export function readerOf({ doors, caller }: Call): Reader {
  const { app, access } = doors;
  return new Reader({ store: app.store, workspaces: app.workspaces, access }, askerOf(caller));
}

/** The workspaces that the bot may read, or the one that is named. @throws AgentError */
export async function readableWorkspaces(call: Call, named: string | null | undefined): Promise<Workspace[]> {
  const all = await readerOf(call).workspaces();
  return named ? [chosen(all, named)] : all;
}

/** A session that the bot may read. @throws AgentError */
export async function readableLog(call: Call, sessionId: string): Promise<Readable> {
  try {
    return await readerOf(call).log(sessionId);
  } catch (error) {
    if (error instanceof UserError) throw new AgentError('not_found', NOTHING_HERE, {});
    throw error;
  }
}

function askerOf({ guildId, bot, member }: Call['caller']) {
  return { guildId, userId: bot.key, member };
}

/** A session that runs goes on where it is; what it is about was decided when it began. */
async function placeOfSession(call: Call, sessionId: string): Promise<ReportPlace> {
  const log = await call.doors.app.store.sessions.get(sessionId);
  const workspace = (await recordedBy(call)).find(({ id }) => id === log?.workspaceId);
  if (!log || !workspace) throw new AgentError('not_found', NOTHING_HERE);
  const { threadId, privateThread, conversation = null, endedAt } = log;
  if (threadId !== null) await threadOf(call, workspace, threadId);
  return { workspace, threadId, privateThread, conversation, isOver: endedAt !== null };
}

/** The workspaces that are recorded and whose channel the bot sees at this moment. */
async function recordedBy({ doors, caller }: Call): Promise<Workspace[]> {
  const recorded = doors.app.workspaces
    .ofGuild(caller.guildId)
    .filter(({ unmappedAt }) => unmappedAt === null);
  const asker = askerOf(caller);
  const seen = await Promise.all(recorded.map(({ channelId }) => doors.access.sees(asker, channelId)));
  return recorded.filter((_, index) => seen[index]);
}

function chosen(workspaces: readonly Workspace[], named: string | null): Workspace {
  if (named === null) {
    if (workspaces.length === 1) return workspaces[0]!;
    if (workspaces.length === 0)
      throw new AgentError('not_found', 'This bot sees no channel that is recorded.');
    throw new AgentError('invalid', 'This bot sees several workspaces: name one in `workspace`.');
  }
  const name = named.replace(/^#/, '');
  const found = workspaces.filter(
    (workspace) => workspace.channelId === name || sameName(workspace.name, name),
  );
  if (found.length > 1)
    throw new AgentError(
      'invalid',
      'Several workspaces have that name: give the id of the channel in `workspace`.',
    );
  if (found.length === 0) throw new AgentError('not_found', NOTHING_HERE);
  return found[0]!;
}

async function threadOf(
  { doors, caller }: Call,
  workspace: Workspace,
  threadId: string,
): Promise<{ id: string; isPrivate: boolean }> {
  const { client } = doors.app;
  const thread = client.channels.cache.get(threadId) ?? (await orNull(client.channels.fetch(threadId)));
  if (!thread?.isThread() || thread.parentId !== workspace.channelId)
    throw new AgentError('not_found', NOTHING_HERE);
  const isPrivate = thread.type === ChannelType.PrivateThread;
  if (isPrivate && !(await doors.access.mayReadThread(askerOf(caller), workspace, threadId)))
    throw new AgentError('not_found', NOTHING_HERE);
  return { id: threadId, isPrivate };
}
