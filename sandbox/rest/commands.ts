import { Hono } from 'hono';
import {
  changeCommand,
  commandOf,
  commandsOf,
  deleteCommand,
  overwriteCommands,
  upsertCommand,
  type CommandScope,
} from '../actions/commands.ts';
import type { Core } from '../core.ts';
import { DiscordError, missingAccess } from '../errors.ts';
import type { StoredCommand } from '../world.ts';
import { caller, param, readBody, readList, type RestContext, type RestEnv } from './request.ts';

/** https://docs.discord.com/developers/interactions/application-commands: the same routes globally and for a guild. */
export function commandRoutes(core: Core): Hono<RestEnv> {
  const routes = new Hono<RestEnv>();
  const scopeOf = (c: RestContext) => scopeFor(core, c);
  permissionRoutes(routes, scopeOf, core);
  for (const base of [
    '/applications/:application/commands',
    '/applications/:application/guilds/:guild/commands',
  ]) {
    routes
      .get(base, (c) => {
        const stored = commandsOf(core, scopeOf(c));
        const withLocalizations = c.req.query('with_localizations') === 'true';
        return c.json(
          stored.map(({ command }) => (withLocalizations ? command : withoutTranslations(command))),
        );
      })
      .post(base, async (c) => {
        const scope = scopeOf(c);
        const { json } = await readBody(c);
        const { stored, isNew } = upsertCommand(core, scope, json);
        return c.json(stored.command, isNew ? 201 : 200);
      })
      .put(base, async (c) => {
        const scope = scopeOf(c);
        return c.json(overwriteCommands(core, scope, await readList(c)).map(commandIn));
      })
      .get(`${base}/:command`, (c) => c.json(commandOf(core, scopeOf(c), param(c, 'command')).command))
      .patch(`${base}/:command`, async (c) => {
        const scope = scopeOf(c);
        const { json } = await readBody(c);
        return c.json(changeCommand(core, scope, param(c, 'command'), json).command);
      })
      .delete(`${base}/:command`, (c) => {
        deleteCommand(core, scopeOf(c), param(c, 'command'));
        return c.body(null, 204);
      });
  }
  return routes;
}

/** Nobody has set permissions for single commands here: that takes an administrator's own token. */
function permissionRoutes(
  routes: Hono<RestEnv>,
  scopeOf: (c: RestContext) => CommandScope,
  core: Core,
): void {
  const base = '/applications/:application/guilds/:guild/commands';
  routes
    .get(`${base}/permissions`, (c) => {
      scopeOf(c);
      return c.json([]);
    })
    .get(`${base}/:command/permissions`, (c) => {
      const { applicationId } = scopeOf(c);
      const stored = core.world.commands.get(param(c, 'command'));
      commandOf(
        core,
        { applicationId, ...(stored?.guildId !== undefined && { guildId: stored.guildId }) },
        param(c, 'command'),
      );
      throw new DiscordError(404, 10066, 'Unknown application command permissions');
    });
}

/** @throws DiscordError 20012 for another application's commands, 50001 for a guild the bot is not in */
function scopeFor({ world }: Core, c: RestContext): CommandScope {
  const applicationId = caller(c).id;
  if (param(c, 'application') !== applicationId) {
    throw new DiscordError(403, 20012, 'You are not authorized to perform this action on this application');
  }
  const guildId = c.req.param('guild');
  if (guildId === undefined) return { applicationId };
  if (!world.guilds.get(guildId)?.members.has(applicationId)) throw missingAccess();
  return { applicationId, guildId };
}

function commandIn({ command }: StoredCommand): object {
  return command;
}

/** Lists leave translations out unless they are asked for, in options too. */
function withoutTranslations(value: unknown): object {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key.endsWith('_localizations') ? undefined : member)),
  );
}
