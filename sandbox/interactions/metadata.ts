import type { APIMessageInteractionMetadata } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import type { Interaction } from '../interactions.ts';
import { userPayload } from '../payloads/user.ts';
import { integrationOwners } from './payload.ts';

/** Says on a message which interaction it answers: https://docs.discord.com/developers/resources/message#message-interaction-metadata-object */
export function metadataOf(
  core: Core,
  interaction: Interaction,
  originalId?: string,
): APIMessageInteractionMetadata {
  const { id, type, userId, message, opener } = interaction;
  return {
    id,
    type,
    user: userPayload(core.world.users.get(userId)!),
    authorizing_integration_owners: integrationOwners(interaction),
    ...(originalId !== undefined && { original_response_message_id: originalId }),
    ...(type === 3 && message !== undefined && { interacted_message_id: message.id }),
    ...(type === 5 && opener !== undefined && { triggering_interaction_metadata: metadataOf(core, opener) }),
    ...targetOf(core, interaction),
  } as unknown as APIMessageInteractionMetadata;
}

function targetOf(core: Core, { target }: Interaction): object {
  if (target === undefined) return {};
  if ('messageId' in target) return { target_message_id: target.messageId };
  return { target_user: userPayload(core.world.users.get(target.userId)!) };
}
