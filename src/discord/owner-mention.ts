import { MessageType } from 'discord.js';
import type { GatewayMessageCreateDispatchData } from 'discord.js';
import type { Owner, Workspace, WorkspaceType } from '../domain/workspace.ts';

type Message = Pick<
  GatewayMessageCreateDispatchData,
  'author' | 'content' | 'mentions' | 'mention_roles' | 'referenced_message' | 'type' | 'webhook_id'
>;

/** Where bots work for somebody; elsewhere a mention is talk. */
const TYPES: ReadonlySet<WorkspaceType> = new Set(['project', 'coordination']);

/** True for a bot's message that mentions somebody: the only kind for which it is worth to ask who owns the workspace. */
export function isBotsMention({ author, webhook_id, mentions, mention_roles }: Partial<Message>): boolean {
  return (
    (author?.bot === true || webhook_id !== undefined) && Boolean(mentions?.length || mention_roles?.length)
  );
}

/**
 * True when a bot calls for an owner of its workspace. To answer somebody is not to call for them, unless the answer asks something:
 * Discord's reply mentions whom it replies to by itself.
 */
export function asksOwner(
  message: Message,
  { type, owners }: Pick<Workspace, 'type' | 'owners'>,
  guildOwnerId: string | undefined,
): boolean {
  if (!TYPES.has(type) || !isBotsMention(message)) return false;
  if (owners.some((owner) => message.mention_roles.some((id) => owner === `role:${id}`))) return true;
  const answered = repliedTo(message);
  return message.mentions
    .filter(({ id, bot }) => bot !== true && (id !== answered || asksSomething(message)))
    .some(({ id, member }) => {
      if (owners.length === 0) return id === guildOwnerId;
      const isTheirs = (owner: Owner) =>
        owner === `user:${id}` || member?.roles.some((role) => owner === `role:${role}`);
      return owners.some(isTheirs);
    });
}

function repliedTo({ type, referenced_message }: Message): string | undefined {
  return type === MessageType.Reply ? referenced_message?.author.id : undefined;
}

/** Addresses on the web have question marks of their own. */
function asksSomething({ content }: Message): boolean {
  return /[?？؟]/u.test(content.replace(/https?:\/\/\S+/g, ''));
}
