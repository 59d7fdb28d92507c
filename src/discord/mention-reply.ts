import { GatewayDispatchEvents, MessageType } from 'discord.js';
import type { Client, GatewayMessageCreateDispatchData } from 'discord.js';
import type { Logger } from 'pino';
import type { Workspace } from '../domain/workspace.ts';
import type { OutboxMessage, OutboxStore } from '../store/store.ts';
import type { GuildWorkspaces } from './workspaces.ts';

/** In a channel it is not said again for so long, in ms. */
const SILENCE = 5 * 60_000;

interface Options {
  client: Client;
  workspaces: Pick<GuildWorkspaces, 'recording' | 'byId'>;
  outbox: Pick<OutboxStore, 'add'>;
  /** What is answered in a workspace. */
  notice(workspace: Workspace): OutboxMessage['payload'];
  log: Logger;
  now(): number;
}

/** Whoever mentions the bot in a recorded channel is told what is recorded there, and how to opt out. */
export function answerMentions({ client, workspaces, outbox, notice, log, now }: Options): void {
  const answered = new Map<string, number>();
  client.ws.on(GatewayDispatchEvents.MessageCreate, (message: GatewayMessageCreateDispatchData) => {
    const { id, channel_id: channelId } = message;
    if (!isMention(message, client.user?.id)) return;
    const workspace = workspaceOf(channelId, client, workspaces);
    if (!workspace || now() - (answered.get(channelId) ?? 0) < SILENCE) return;
    answered.set(channelId, now());
    const message_reference = { message_id: id, fail_if_not_exists: false };
    outbox
      .add({ channelId, payload: { ...notice(workspace), message_reference } }, now())
      .catch((err: unknown) => log.error({ err }, 'A mention could not be answered.'));
  });
}

const WORDS: ReadonlySet<unknown> = new Set([MessageType.Default, MessageType.Reply]);

/** By a person, in words: a reply to something that the bot said mentions it by itself. */
function isMention(
  { author, content, mentions, type, webhook_id }: Partial<GatewayMessageCreateDispatchData>,
  self: string | undefined,
): boolean {
  if (!author || author.bot || webhook_id !== undefined || !WORDS.has(type)) return false;
  return mentions?.some(({ id }) => id === self) === true && content?.includes(`${self}`) === true;
}

function workspaceOf(channelId: string, { channels }: Client, workspaces: Options['workspaces']) {
  const channel = channels.cache.get(channelId);
  const parentId = channel?.isThread() ? channel.parentId : null;
  const workspaceId = workspaces.recording(parentId ?? channelId);
  return workspaceId === undefined ? undefined : workspaces.byId(workspaceId);
}
