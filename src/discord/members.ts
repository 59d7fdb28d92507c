import type { APIMessage, APIUser, Guild } from 'discord.js';
import type { GatewayMessageCreateDispatchData } from 'discord.js';

/** How long Discord may take to say who is a member, in ms. */
const PATIENCE = 5_000;
/** https://docs.discord.com/developers/events/gateway-events#request-guild-members */
const AT_ONCE = 100;

/**
 * Messages of a channel's history as the gateway would have brought them: with the names that their authors and those they mention
 * have in this server. Whoever has left is called as everywhere; so are all, when Discord does not answer.
 */
export async function asDelivered(
  guild: Guild,
  messages: readonly APIMessage[],
): Promise<GatewayMessageCreateDispatchData[]> {
  const users = messages.flatMap(({ author, webhook_id, mentions }) =>
    webhook_id === undefined ? [author, ...mentions] : mentions,
  );
  await meet(guild, [...new Set(users.map(({ id }) => id))]);
  return messages.map((message) => ({
    ...message,
    guild_id: guild.id,
    ...memberOf(guild, message.author),
    mentions: message.mentions.map((user) => ({ ...user, ...memberOf(guild, user) })),
  })) as GatewayMessageCreateDispatchData[];
}

async function meet(guild: Guild, ids: string[]): Promise<void> {
  const unknown = ids.filter((id) => !guild.members.cache.has(id));
  for (let from = 0; from < unknown.length; from += AT_ONCE) {
    const user = unknown.slice(from, from + AT_ONCE);
    // Without an answer there is still a name: the one that the message brings.
    const answered = await guild.members.fetch({ user, time: PATIENCE }).catch(() => null);
    if (answered === null) return;
  }
}

function memberOf(guild: Guild, { id }: APIUser): { member?: { nick: string | null } } {
  const member = guild.members.cache.get(id);
  return member ? { member: { nick: member.nickname } } : {};
}
