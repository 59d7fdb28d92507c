import { Hono } from 'hono';
import { messageIn, visibleChannel } from '../actions/access.ts';
import { clearReactions, react, unreact } from '../actions/reactions.ts';
import type { Core } from '../core.ts';
import { userPayload } from '../payloads/user.ts';
import { compareIds } from '../snowflake.ts';
import { caller, idOf, limitOf, param } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

const base = '/channels/:channel/messages/:message/reactions';

/** Reactions to a message: own, others', who reacted, clearing. */
export function reactionRoutes(core: Core): Hono<RestEnv> {
  return new Hono<RestEnv>()
    .put(`${base}/:emoji/@me`, (c) => {
      react(core, placeOf(c), caller(c).id);
      return c.body(null, 204);
    })
    .delete(`${base}/:emoji/@me`, (c) => {
      unreact(core, placeOf(c), caller(c).id);
      return c.body(null, 204);
    })
    .delete(`${base}/:emoji/:user`, (c) => {
      unreact(core, placeOf(c), caller(c).id, param(c, 'user'));
      return c.body(null, 204);
    })
    .get(`${base}/:emoji`, (c) => c.json(reactors(core, c)))
    .delete(`${base}/:emoji`, (c) => {
      clearReactions(core, placeOf(c), caller(c).id);
      return c.body(null, 204);
    })
    .delete(base, (c) => {
      const { channelId, messageId } = placeOf(c);
      clearReactions(core, { channelId, messageId }, caller(c).id);
      return c.body(null, 204);
    });
}

function placeOf(c: RestContext): { channelId: string; messageId: string; emoji: string } {
  return { channelId: param(c, 'channel'), messageId: param(c, 'message'), emoji: param(c, 'emoji') };
}

/** Those who reacted with one emoji, by id. */
function reactors(core: Core, c: RestContext): object[] {
  const after = idOf(c.req.query(), 'after');
  const limit = limitOf(c.req.query('limit'), { max: 100, usual: 25 });
  const channel = visibleChannel(core, param(c, 'channel'), caller(c).id);
  const users = messageIn(channel, param(c, 'message')).reactions.get(param(c, 'emoji')) ?? new Set();
  return [...users]
    .filter((id) => after === undefined || compareIds(id, after) > 0)
    .sort(compareIds)
    .slice(0, limit)
    .map((id) => userPayload(core.world.users.get(id)!));
}
