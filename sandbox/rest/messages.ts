import { Hono } from 'hono';
import { demand, visibleChannel } from '../actions/access.ts';
import { bulkDelete, deleteMessage, editMessage, readMessage } from '../actions/edit.ts';
import { sendMessage } from '../actions/send.ts';
import type { Core } from '../core.ts';
import { fieldError, invalidForm } from '../errors.ts';
import { typingStarted } from '../events/messages.ts';
import type { Page } from '../history.ts';
import { readsContent } from '../payloads/application.ts';
import { messagePayload } from '../payloads/message.ts';
import type { Application, Message } from '../world.ts';
import { isThread } from '../world.ts';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { caller, idOf, limitOf, param, readBody } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

/** Messages of a channel: create, list, get, edit, delete, bulk delete; and typing. */
export function messageRoutes(core: Core): Hono<RestEnv> {
  return new Hono<RestEnv>()
    .get('/channels/:channel/messages', (c) => c.json(listMessages(core, c)))
    .post('/channels/:channel/messages', async (c) => {
      const bot = caller(c);
      const { json, files } = await readBody(c);
      return c.json(shown(core, sendMessage(core, param(c, 'channel'), bot.id, json, files), bot));
    })
    .post('/channels/:channel/messages/bulk-delete', async (c) => {
      const bot = caller(c);
      const { json } = await readBody(c);
      bulkDelete(core, param(c, 'channel'), idList(json['messages']), bot.id);
      return c.body(null, 204);
    })
    .get('/channels/:channel/messages/:message{\\d+}', (c) => {
      const bot = caller(c);
      const channel = visibleChannel(core, param(c, 'channel'), bot.id);
      return c.json(shown(core, readMessage(core, channel, param(c, 'message'), bot.id), bot));
    })
    .patch('/channels/:channel/messages/:message{\\d+}', async (c) => {
      const bot = caller(c);
      const { json, files } = await readBody(c);
      const message = editMessage(core, param(c, 'channel'), param(c, 'message'), bot.id, json, files);
      return c.json(shown(core, message, bot));
    })
    .delete('/channels/:channel/messages/:message{\\d+}', (c) => {
      deleteMessage(core, param(c, 'channel'), param(c, 'message'), caller(c).id);
      return c.body(null, 204);
    })
    .post('/channels/:channel/typing', (c) => {
      const bot = caller(c);
      const channel = visibleChannel(core, param(c, 'channel'), bot.id);
      if (channel.guildId !== undefined) {
        demand(core, channel, bot.id, isThread(channel) ? P.SendMessagesInThreads : P.SendMessages);
      }
      typingStarted(core, channel, bot.id);
      return c.body(null, 204);
    });
}

/** A message as a bot gets it over REST: its portal's Message Content switch counts. */
export function shown(core: Core, message: Message, bot: Application): object {
  return messagePayload(core, message, { userId: bot.id, readsContent: readsContent(bot) });
}

/** Newest first; empty for those who may not read a channel's past. */
function listMessages(core: Core, c: RestContext): object[] {
  const bot = caller(c);
  const page = pageOf(c.req.query());
  const channel = visibleChannel(core, param(c, 'channel'), bot.id);
  if (!core.permissions.has(channel, bot.id, P.ReadMessageHistory)) return [];
  return channel.messages.page(page).map((message) => shown(core, message, bot));
}

function pageOf(query: Record<string, string>): Page {
  const limit = limitOf(query['limit'], { max: 100, usual: 50 });
  const [before, after, around] = ['before', 'after', 'around'].map((name) => idOf(query, name));
  if ([before, after, around].filter((id) => id !== undefined).length > 1) {
    const message = 'Only one of before, after, or around may be specified.';
    throw invalidForm(fieldError([], 'MUTUALLY_EXCLUSIVE', message));
  }
  return {
    limit,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(around !== undefined && { around }),
  };
}

/** @throws DiscordError 50035 unless it is a list of ids */
function idList(value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw invalidForm(fieldError(['messages'], 'BASE_TYPE_REQUIRED', 'This field is required'));
  }
  const bad = value.findIndex((id) => !/^\d{1,20}$/.test(String(id)));
  if (bad >= 0) {
    const message = `Value "${String(value[bad])}" is not snowflake.`;
    throw invalidForm(fieldError(['messages', bad], 'NUMBER_TYPE_COERCE', message));
  }
  return value.map(String);
}
