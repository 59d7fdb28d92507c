import { Hono } from 'hono';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { demand, demandInGuild, visibleChannel } from '../actions/access.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  deleteWebhookMessage,
  editWebhookMessage,
  executeWebhook,
  webhookByToken,
  webhookMessage,
} from '../actions/webhooks.ts';
import type { Core } from '../core.ts';
import { unknownWebhook } from '../errors.ts';
import { messagePayload } from '../payloads/message.ts';
import { webhookPayload } from '../payloads/webhook.ts';
import { object, snowflake, string } from '../validate/checks.ts';
import type { Message, Webhook } from '../world.ts';
import { channelOf, guildOf } from '../world.ts';
import { caller, checkForm, param, readBody } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

const fields = { name: string({ min: 1, max: 80 }), avatar: string(), channel_id: snowflake };

/** Webhooks as their channel's bots manage them. */
export function webhookRoutes(core: Core): Hono<RestEnv> {
  const list = (webhooks: Iterable<Webhook>) => [...webhooks].map((one) => webhookPayload(core, one));
  const managed = (c: RestContext) => managedWebhook(core, c);
  return new Hono<RestEnv>()
    .post('/channels/:channel/webhooks', async (c) => {
      const bot = caller(c);
      const { json } = await readBody(c);
      checkForm(json, object(fields, ['name']));
      const given = json as { name: string; avatar?: string | null };
      return c.json(webhookPayload(core, createWebhook(core, param(c, 'channel'), bot.id, given)));
    })
    .get('/channels/:channel/webhooks', (c) => {
      const channel = visibleChannel(core, param(c, 'channel'), caller(c).id);
      demand(core, channel, caller(c).id, P.ManageWebhooks);
      return c.json(list(core.world.webhooks.values().filter(({ channelId }) => channelId === channel.id)));
    })
    .get('/guilds/:guild/webhooks', (c) => {
      const guild = guildOf(core.world, param(c, 'guild'));
      demandInGuild(guild, caller(c).id, P.ManageWebhooks);
      return c.json(list(core.world.webhooks.values().filter(({ guildId }) => guildId === guild.id)));
    })
    .get('/webhooks/:webhook', (c) => c.json(webhookPayload(core, managed(c))))
    .patch('/webhooks/:webhook', async (c) => {
      const webhook = managed(c);
      await change(core, c, webhook);
      return c.json(webhookPayload(core, webhook));
    })
    .delete('/webhooks/:webhook', (c) => {
      deleteWebhook(core, managed(c));
      return c.body(null, 204);
    });
}

/** Webhooks as whoever has their token uses them. Interaction tokens, which share these paths, were tried before. */
export function webhookTokenRoutes(core: Core): Hono<RestEnv> {
  const one = '/webhooks/:webhook/:token';
  const messagePath = `${one}/messages/:message`;
  const own = (c: RestContext) => webhookByToken(core, param(c, 'webhook'), param(c, 'token'));
  const show = (message: Message) => messagePayload(core, message, { userId: '', readsContent: true });
  return new Hono<RestEnv>()
    .get(one, (c) => c.json(webhookPayload(core, own(c), true)))
    .patch(one, async (c) => {
      await change(core, c, own(c));
      return c.json(webhookPayload(core, own(c), true));
    })
    .delete(one, (c) => {
      deleteWebhook(core, own(c));
      return c.body(null, 204);
    })
    .post(one, async (c) => {
      const webhook = own(c);
      const { json, files } = await readBody(c);
      const message = executeWebhook(core, webhook, json, { files, threadId: c.req.query('thread_id') });
      return c.req.query('wait') === 'true' ? c.json(show(message)) : c.body(null, 204);
    })
    .get(messagePath, (c) => {
      return c.json(show(webhookMessage(core, own(c), param(c, 'message'), c.req.query('thread_id'))));
    })
    .patch(messagePath, async (c) => {
      const webhook = own(c);
      const { json, files } = await readBody(c);
      const place = { files, threadId: c.req.query('thread_id') };
      return c.json(show(editWebhookMessage(core, webhook, param(c, 'message'), json, place)));
    })
    .delete(messagePath, (c) => {
      deleteWebhookMessage(core, own(c), param(c, 'message'), c.req.query('thread_id'));
      return c.body(null, 204);
    });
}

/** @throws DiscordError 10015, 50013 */
function managedWebhook(core: Core, c: RestContext): Webhook {
  const bot = caller(c);
  const webhook = core.world.webhooks.get(param(c, 'webhook'));
  if (webhook === undefined) throw unknownWebhook();
  demand(core, channelOf(core.world, webhook.channelId), bot.id, P.ManageWebhooks);
  return webhook;
}

async function change(core: Core, c: RestContext, webhook: Webhook): Promise<void> {
  const { json } = await readBody(c);
  checkForm(json, object(fields));
  const { name, channel_id: channelId } = json as { name?: string; channel_id?: string };
  changeWebhook(core, webhook, { ...(name && { name }), ...(channelId && { channelId }) });
}
