import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { visibleChannel } from '../actions/access.ts';
import { pinMessage, unpinMessage } from '../actions/pins.ts';
import type { Core } from '../core.ts';
import { timestamp } from '../payloads/time.ts';
import type { Application, Channel, Message } from '../world.ts';
import { shown } from './messages.ts';
import { caller, limitOf, param } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

/** Pinned messages, at `/messages/pins` and at the older `/pins`. */
export function pinRoutes(core: Core): Hono<RestEnv> {
  const pin = (c: RestContext) => {
    pinMessage(core, param(c, 'channel'), param(c, 'message'), caller(c).id);
    return c.body(null, 204);
  };
  const unpin = (c: RestContext) => {
    unpinMessage(core, param(c, 'channel'), param(c, 'message'), caller(c).id);
    return c.body(null, 204);
  };
  return new Hono<RestEnv>()
    .get('/channels/:channel/messages/pins', (c) => c.json(pinPage(core, c)))
    .get('/channels/:channel/pins', (c) => {
      const bot = caller(c);
      const channel = visibleChannel(core, param(c, 'channel'), bot.id);
      return c.json(pinsOf(core, channel, bot).map(({ message }) => shown(core, message, bot)));
    })
    .put('/channels/:channel/messages/pins/:message', pin)
    .put('/channels/:channel/pins/:message', pin)
    .delete('/channels/:channel/messages/pins/:message', unpin)
    .delete('/channels/:channel/pins/:message', unpin);
}

function pinPage(core: Core, c: RestContext): object {
  const bot = caller(c);
  const limit = limitOf(c.req.query('limit'), { max: 50, usual: 50 });
  const before = c.req.query('before');
  const channel = visibleChannel(core, param(c, 'channel'), bot.id);
  const pins = pinsOf(core, channel, bot).filter(({ at }) => before === undefined || at < Date.parse(before));
  return {
    items: pins
      .slice(0, limit)
      .map(({ message, at }) => ({ pinned_at: timestamp(at), message: shown(core, message, bot) })),
    has_more: pins.length > limit,
  };
}

/** The last pinned first; none for those who may not read the past. */
function pinsOf(core: Core, channel: Channel, bot: Application): { message: Message; at: number }[] {
  if (!core.permissions.has(channel, bot.id, PermissionFlagsBits.ReadMessageHistory)) return [];
  return [...channel.pins]
    .flatMap(([id, at]) => {
      const message = channel.messages.get(id);
      return message === undefined ? [] : [{ message, at }];
    })
    .reverse();
}
