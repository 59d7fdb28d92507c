import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { demandInGuild, ownGuild } from '../actions/access.ts';
import { removeMember, setNick, setRoles } from '../actions/guilds.ts';
import type { Core } from '../core.ts';
import { fieldError, invalidForm, missingAccess, unknownMember } from '../errors.ts';
import { memberPayload } from '../payloads/guild.ts';
import { compareIds } from '../snowflake.ts';
import { anything, list, object, snowflake, string } from '../validate/checks.ts';
import type { Guild, Member } from '../world.ts';
import { caller, checkForm, idOf, limitOf, param, readBody } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

const form = object({
  nick: string({ max: 32 }),
  roles: list(snowflake, { max: 350 }),
  mute: anything,
  deaf: anything,
  channel_id: anything,
  communication_disabled_until: anything,
  flags: anything,
});

/** Members of a guild. */
export function memberRoutes(core: Core): Hono<RestEnv> {
  const own = (c: RestContext) => ownGuild(core, param(c, 'guild'), caller(c).id);
  const show = (member: Member) => memberPayload(core.world, member);
  return new Hono<RestEnv>()
    .get('/guilds/:guild/members', (c) => {
      demandMemberList(c);
      return c.json(page(own(c), c).map(show));
    })
    .get('/guilds/:guild/members/search', (c) => {
      const query = (c.req.query('query') ?? '').toLowerCase();
      if (query === '') {
        throw invalidForm(fieldError(['query'], 'BASE_TYPE_REQUIRED', 'This field is required'));
      }
      const limit = limitOf(c.req.query('limit'), { max: 1000, usual: 1 });
      const found = [...own(c).members.values()].filter((member) =>
        [core.world.users.get(member.userId)?.username, member.nick].some((name) =>
          name?.toLowerCase().startsWith(query),
        ),
      );
      return c.json(found.slice(0, limit).map(show));
    })
    .get('/guilds/:guild/members/:user', (c) => c.json(show(memberIn(own(c), param(c, 'user')))))
    .patch('/guilds/:guild/members/:user', async (c) => {
      const guild = own(c);
      const { id } = caller(c);
      const member = memberIn(guild, param(c, 'user') === '@me' ? id : param(c, 'user'));
      const { json } = await readBody(c);
      checkForm(json, form);
      change(core, guild, member, id, json);
      return c.json(show(member));
    })
    .delete('/guilds/:guild/members/:user', (c) => {
      const guild = own(c);
      demandInGuild(guild, caller(c).id, P.KickMembers);
      removeMember(core, guild, memberIn(guild, param(c, 'user')).userId);
      return c.body(null, 204);
    });
}

function change(core: Core, guild: Guild, member: Member, userId: string, json: object): void {
  const { nick, roles } = json as { nick?: string | null; roles?: string[] };
  if (nick !== undefined) {
    demandInGuild(guild, userId, member.userId === userId ? P.ChangeNickname : P.ManageNicknames);
    setNick(core, guild, member, nick === '' ? null : nick);
  }
  if (roles !== undefined) {
    demandInGuild(guild, userId, P.ManageRoles);
    setRoles(core, guild, member, roles);
  }
}

function memberIn(guild: Guild, userId: string): Member {
  const member = guild.members.get(userId);
  if (member === undefined) throw unknownMember();
  return member;
}

/** The whole list is for bots whose Guild Members intent is switched on in the portal. */
function demandMemberList(c: RestContext): void {
  const guildMembersIntent = 1 << 1;
  if ((caller(c).privilegedIntents & guildMembersIntent) === 0) throw missingAccess();
}

function page(guild: Guild, c: RestContext): Member[] {
  const limit = limitOf(c.req.query('limit'), { max: 1000, usual: 1 });
  const after = idOf(c.req.query(), 'after');
  return [...guild.members.values()]
    .filter(({ userId }) => after === undefined || compareIds(userId, after) > 0)
    .sort((a, b) => compareIds(a.userId, b.userId))
    .slice(0, limit);
}
