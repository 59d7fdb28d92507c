import { Hono } from 'hono';
import { dmBetween } from '../actions/channels.ts';
import { removeMember } from '../actions/guilds.ts';
import type { Core } from '../core.ts';
import { cannotDm, fieldError, invalidForm, unknownGuild, unknownUser } from '../errors.ts';
import { channelPayload } from '../payloads/channel.ts';
import { memberPayload } from '../payloads/guild.ts';
import { selfPayload, userPayload } from '../payloads/user.ts';
import { guildPermissions } from '../permissions.ts';
import { compareIds } from '../snowflake.ts';
import { guildOf } from '../world.ts';
import { caller, limitOf, param, readBody } from './request.ts';
import type { RestEnv } from './request.ts';

/** `/users`: oneself, others, one's guilds, direct channels. */
export function userRoutes(core: Core): Hono<RestEnv> {
  const { world } = core;
  return new Hono<RestEnv>()
    .get('/users/@me', (c) => c.json(selfPayload(world.users.get(caller(c).id)!)))
    .get('/users/@me/guilds', (c) => c.json(ownGuilds(core, caller(c).id, c.req.query())))
    .get('/users/@me/guilds/:guild/member', (c) => {
      const member = guildOf(world, param(c, 'guild')).members.get(caller(c).id);
      if (member === undefined) throw unknownGuild();
      return c.json(memberPayload(world, member));
    })
    .delete('/users/@me/guilds/:guild', (c) => {
      removeMember(core, guildOf(world, param(c, 'guild')), caller(c).id);
      return c.body(null, 204);
    })
    .post('/users/@me/channels', async (c) => {
      const { id } = caller(c);
      const { json } = await readBody(c);
      return c.json(channelPayload(world, openDm(core, id, json['recipient_id']), id));
    })
    .get('/users/:user', (c) => {
      caller(c);
      const user = world.users.get(param(c, 'user'));
      if (user === undefined) throw unknownUser();
      return c.json(userPayload(user));
    });
}

function openDm(core: Core, userId: string, recipientId: unknown) {
  if (recipientId === undefined) {
    throw invalidForm(fieldError(['recipient_id'], 'BASE_TYPE_REQUIRED', 'This field is required'));
  }
  const recipient = core.world.users.get(String(recipientId));
  if (recipient === undefined) {
    const message = `Value "${String(recipientId)}" is not a known user.`;
    throw invalidForm(fieldError(['recipient_id'], 'USER_INVALID', message));
  }
  if (recipient.id === userId) throw cannotDm();
  return dmBetween(core, userId, recipient.id);
}

function ownGuilds(core: Core, userId: string, query: Record<string, string>): object[] {
  const { before, after } = query;
  const guilds = [...core.world.guilds.values()].filter(
    ({ id, members }) =>
      members.has(userId) &&
      (before === undefined || compareIds(id, before) < 0) &&
      (after === undefined || compareIds(id, after) > 0),
  );
  return guilds.slice(0, limitOf(query['limit'], { max: 200, usual: 200 })).map((guild) => ({
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: guild.ownerId === userId,
    permissions: guildPermissions(guild, userId).toString(),
    features: [],
    ...(query['with_counts'] === 'true' && {
      approximate_member_count: guild.members.size,
      approximate_presence_count: guild.members.size,
    }),
  }));
}
