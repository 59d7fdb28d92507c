import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { demandInGuild, ownGuild } from '../actions/access.ts';
import { changeRole, createRole, deleteRole, setRoles } from '../actions/guilds.ts';
import type { RoleOptions } from '../actions/guilds.ts';
import type { Core } from '../core.ts';
import { missingPermissions, unknownMember, unknownRole } from '../errors.ts';
import { rolePayload } from '../payloads/guild.ts';
import { guildPermissions } from '../permissions.ts';
import { anything, boolean, integer, object, permissionBits, string } from '../validate/checks.ts';
import type { Guild, Role } from '../world.ts';
import { caller, checkForm, param, readBody } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

const form = object({
  name: string({ max: 100 }),
  permissions: permissionBits,
  color: integer({ min: 0, max: 0xffffff }),
  hoist: boolean,
  mentionable: boolean,
  colors: anything,
  icon: anything,
  unicode_emoji: anything,
});

/** Roles of a guild, and who has them. */
export function roleRoutes(core: Core): Hono<RestEnv> {
  const own = (c: RestContext) => ownGuild(core, param(c, 'guild'), caller(c).id);
  const memberRole = (c: RestContext) => {
    const guild = own(c);
    const member = guild.members.get(param(c, 'user'));
    if (member === undefined) throw unknownMember();
    return { guild, member, role: manageable(guild, c) };
  };
  return new Hono<RestEnv>()
    .get('/guilds/:guild/roles', (c) => c.json([...own(c).roles.values()].map(rolePayload)))
    .get('/guilds/:guild/roles/:role', (c) => c.json(rolePayload(roleIn(own(c), param(c, 'role')))))
    .post('/guilds/:guild/roles', async (c) => {
      const guild = own(c);
      demandInGuild(guild, caller(c).id, P.ManageRoles);
      return c.json(rolePayload(createRole(core, guild, await optionsOf(c, guild))));
    })
    .patch('/guilds/:guild/roles/:role', async (c) => {
      const guild = own(c);
      const role = manageable(guild, c);
      changeRole(core, guild, role, await optionsOf(c, guild));
      return c.json(rolePayload(role));
    })
    .delete('/guilds/:guild/roles/:role', (c) => {
      const guild = own(c);
      deleteRole(core, guild, manageable(guild, c));
      return c.body(null, 204);
    })
    .put('/guilds/:guild/members/:user/roles/:role', (c) => {
      const { guild, member, role } = memberRole(c);
      setRoles(core, guild, member, [...member.roles, role.id]);
      return c.body(null, 204);
    })
    .delete('/guilds/:guild/members/:user/roles/:role', (c) => {
      const { guild, member, role } = memberRole(c);
      const kept = [...member.roles].filter((id) => id !== role.id);
      setRoles(core, guild, member, kept);
      return c.body(null, 204);
    });
}

function roleIn(guild: Guild, id: string): Role {
  const role = guild.roles.get(id);
  if (role === undefined) throw unknownRole();
  return role;
}

/** A role that the caller may change: it manages roles and stands above this one. @throws DiscordError 10011, 50013 */
function manageable(guild: Guild, c: RestContext): Role {
  const { id } = caller(c);
  const role = roleIn(guild, param(c, 'role'));
  demandInGuild(guild, id, P.ManageRoles);
  const own = [...(guild.members.get(id)?.roles ?? [])].map(
    (roleId) => guild.roles.get(roleId)?.position ?? 0,
  );
  if (guild.ownerId !== id && role.position >= Math.max(0, ...own)) throw missingPermissions();
  return role;
}

/** Nobody gives permissions that they do not have. @throws DiscordError 50035, 50013 */
async function optionsOf(c: RestContext, guild: Guild): Promise<RoleOptions> {
  const { json } = await readBody(c);
  checkForm(json, form);
  const { name, permissions, color, hoist, mentionable } = json as {
    name?: string;
    permissions?: string | number;
    color?: number;
    hoist?: boolean;
    mentionable?: boolean;
  };
  const bits = permissions === undefined ? 0n : BigInt(permissions);
  if ((bits & ~guildPermissions(guild, caller(c).id)) !== 0n) throw missingPermissions();
  return {
    ...(name !== undefined && { name }),
    ...(permissions !== undefined && { permissions: bits }),
    ...(typeof color === 'number' && { color }),
    ...(typeof hoist === 'boolean' && { hoist }),
    ...(typeof mentionable === 'boolean' && { mentionable }),
  };
}
