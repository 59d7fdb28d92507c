import type { APIInteraction } from 'discord-api-types/v10';
import { InteractionContextType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import type { Interaction } from '../interactions.ts';
import { channelPayload } from '../payloads/channel.ts';
import { memberPayload } from '../payloads/guild.ts';
import { messagePayload } from '../payloads/message.ts';
import { userPayload } from '../payloads/user.ts';
import { channelOf, guildOf } from '../world.ts';

/** What files an application may answer with where no server is boosted, in bytes. */
const attachmentSizeLimit = 10 * 1024 * 1024;

const locale = 'en-US';

/** The `d` of INTERACTION_CREATE: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
export function interactionPayload(core: Core, interaction: Interaction): APIInteraction {
  const { id, applicationId, type, data, token, message, userId } = interaction;
  const channel = channelOf(core.world, interaction.channelId);
  return {
    id,
    application_id: applicationId,
    type,
    data,
    ...placeOf(core, interaction),
    channel: channelPayload(core.world, channel, userId),
    channel_id: channel.id,
    token,
    version: 1,
    ...(message !== undefined && {
      message: messagePayload(core, message, { userId: applicationId, readsContent: true }),
    }),
    app_permissions: core.permissions.in(channel, applicationId).toString(),
    locale,
    entitlements: [],
    authorizing_integration_owners: integrationOwners(interaction),
    attachment_size_limit: attachmentSizeLimit,
  } as unknown as APIInteraction;
}

/** Who installed the application where the interaction happened: a guild, or (`0`) the bot's own DM. */
export function integrationOwners({ guildId }: Interaction): { 0: string } {
  return { 0: guildId ?? '0' };
}

/** In a guild the asker is a member with permissions, in a DM a user. */
function placeOf(core: Core, { guildId, channelId, userId }: Interaction): object {
  if (guildId === undefined) {
    return { user: userPayload(core.world.users.get(userId)!), context: InteractionContextType.BotDM };
  }
  const guild = guildOf(core.world, guildId);
  const permissions = core.permissions.in(channelOf(core.world, channelId), userId).toString();
  return {
    guild_id: guildId,
    guild: { id: guildId, features: [], locale },
    guild_locale: locale,
    member: { ...memberPayload(core.world, guild.members.get(userId)!), permissions },
    context: InteractionContextType.Guild,
  };
}
