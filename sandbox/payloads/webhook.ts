import { WebhookType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import type { Webhook } from '../world.ts';
import { userPayload } from './user.ts';

/** https://docs.discord.com/developers/resources/webhook#webhook-object; reached by its token, a webhook hides its creator. */
export function webhookPayload(core: Core, webhook: Webhook, byToken = false): object {
  const { id, name, avatar, token, channelId, guildId, applicationId, creatorId } = webhook;
  return {
    id,
    type: WebhookType.Incoming,
    name,
    avatar,
    channel_id: channelId,
    guild_id: guildId,
    application_id: applicationId,
    token,
    url: `${core.origin}/api/webhooks/${id}/${token}`,
    ...(!byToken && { user: userPayload(core.world.users.get(creatorId)!) }),
  };
}
