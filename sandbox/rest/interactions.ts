import { Hono } from 'hono';
import type { Core } from '../core.ts';
import { answeredInteraction, interactionToAnswer, type Interaction } from '../interactions.ts';
import {
  deleteResponse,
  editResponse,
  followUp,
  isLoading,
  responseMessage,
} from '../interactions/follow-ups.ts';
import { respond } from '../interactions/respond.ts';
import { messagePayload } from '../payloads/message.ts';
import { CallbackKind } from '../validate/callback.ts';
import type { Message } from '../world.ts';
import { param, readBody, type RestContext, type RestEnv } from './request.ts';

/**
 * Responses to interactions, and the webhook that each interaction's token is. Webhook routes with another id than an
 * application's are left to those of ordinary webhooks.
 */
export function interactionRoutes(core: Core): Hono<RestEnv> {
  const interactionOf = (c: RestContext) =>
    answeredInteraction(core, param(c, 'application'), param(c, 'token'));
  const isOurs = (c: RestContext) => core.world.applications.has(param(c, 'application'));
  const show = (message: Message) => {
    return messagePayload(core, message, { userId: message.authorId, readsContent: true });
  };
  const messagePath = '/webhooks/:application/:token/messages/:message';

  return new Hono<RestEnv>()
    .post('/interactions/:interaction/:token/callback', async (c) => {
      const { json, files } = await readBody(c);
      const interaction = interactionToAnswer(core, param(c, 'interaction'), param(c, 'token'));
      respond(core, interaction, json, files);
      return c.req.query('with_response') === 'true'
        ? c.json(callbackResult(interaction, show))
        : c.body(null, 204);
    })
    .post('/webhooks/:application/:token', async (c, next) => {
      if (!isOurs(c)) return next();
      const interaction = interactionOf(c);
      const { json, files } = await readBody(c);
      return c.json(show(followUp(core, interaction, json, files)));
    })
    .get(messagePath, async (c, next) => {
      return isOurs(c) ? c.json(show(responseMessage(core, interactionOf(c), param(c, 'message')))) : next();
    })
    .patch(messagePath, async (c, next) => {
      if (!isOurs(c)) return next();
      const interaction = interactionOf(c);
      const { json, files } = await readBody(c);
      return c.json(show(editResponse(core, interaction, param(c, 'message'), json, files)));
    })
    .delete(messagePath, async (c, next) => {
      if (!isOurs(c)) return next();
      deleteResponse(core, interactionOf(c), param(c, 'message'));
      return c.body(null, 204);
    });
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-response-object */
function callbackResult(interaction: Interaction, show: (message: Message) => object): object {
  const { id, type, original, response, channelId, guildId } = interaction;
  const kind = response?.type;
  const showsMessage = kind === CallbackKind.message || kind === CallbackKind.update;
  return {
    interaction: {
      id,
      type,
      ...(original !== undefined && {
        response_message_id: original.id,
        response_message_loading: isLoading(original),
        response_message_ephemeral: original.ephemeralTo !== undefined,
      }),
      channel_id: channelId,
      ...(guildId !== undefined && { guild_id: guildId }),
    },
    ...(showsMessage && original !== undefined && { resource: { type: kind, message: show(original) } }),
  };
}
