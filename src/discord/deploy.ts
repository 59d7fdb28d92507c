import { isDeepStrictEqual } from 'node:util';
import { Routes } from 'discord.js';
import type { APIApplicationCommand, REST, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

export type Definition = RESTPostAPIApplicationCommandsJSONBody;

export interface DeployPlan {
  create: Definition[];
  update: Definition[];
  /** Ids of commands that are no longer ours. */
  remove: string[];
}

interface Target {
  rest: REST;
  applicationId: string;
  /** Undefined: everywhere. */
  guildId: string | undefined;
}

/** Makes Discord's commands those defined, writing only what differs. Commands of the other scope are left alone. */
export async function deployCommands(
  target: Target,
  definitions: readonly Definition[],
): Promise<DeployPlan> {
  const { plan, deployed } = await compare(target, definitions);
  const all = routeOf(target);
  // Discord takes few commands at a time, one by one (5 in 20 s); the first time all of them fit into one request.
  if (deployed.length === 0) {
    await target.rest.put(all, { body: plan.create });
    return plan;
  }
  for (const id of plan.remove) await target.rest.delete(`${all}/${id}`);
  // A POST replaces the command of that name; a PATCH would keep what the definition does not say.
  for (const body of [...plan.update, ...plan.create]) await target.rest.post(all, { body });
  return plan;
}

/** What {@link deployCommands} would write. */
export async function compareCommands(
  target: Target,
  definitions: readonly Definition[],
): Promise<DeployPlan> {
  return (await compare(target, definitions)).plan;
}

async function compare(target: Target, definitions: readonly Definition[]) {
  const query = new URLSearchParams({ with_localizations: 'true' });
  const deployed = (await target.rest.get(routeOf(target), { query })) as APIApplicationCommand[];
  const wanted = target.guildId === undefined ? definitions : definitions.map(inOneGuild);
  return { plan: planDeploy(wanted, deployed), deployed };
}

function routeOf({ applicationId, guildId }: Target): `/${string}` {
  return guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}

/** A guild's own command has neither: https://docs.discord.com/developers/interactions/application-commands */
function inOneGuild(definition: Definition): Definition {
  const { contexts: _contexts, integration_types: _types, ...settings } = definition;
  return settings as Definition;
}

/** What has to be written so that the deployed commands are those defined. A command is known by its type and name. */
export function planDeploy(
  definitions: readonly Definition[],
  deployed: readonly APIApplicationCommand[],
): DeployPlan {
  const existing = new Map(deployed.map((command) => [keyOf(command), command]));
  const wanted = new Set(definitions.map(keyOf));
  const plan: DeployPlan = { create: [], update: [], remove: [] };
  for (const definition of definitions) {
    const command = existing.get(keyOf(definition));
    if (!command) plan.create.push(definition);
    else if (!isDeployed(definition, command)) plan.update.push(definition);
  }
  plan.remove = deployed.filter((command) => !wanted.has(keyOf(command))).map(({ id }) => id);
  return plan;
}

function keyOf({ type = 1, name }: { type?: number | undefined; name: string }): string {
  return `${type}:${name}`;
}

/** Where a definition says nothing, Discord's default is as good as nothing. */
function isDeployed(definition: Definition, command: APIApplicationCommand): boolean {
  const keys = new Set([...COMMAND_KEYS, ...Object.keys(definition)]);
  return [...keys].every((key) =>
    isDeepStrictEqual(meaning(field(definition, key)), meaning(field(command, key))),
  );
}

/**
 * What changes a command. Of the other fields, Discord sets its own (id, version …) or its own defaults (contexts, integration
 * types): they count where a definition names them.
 */
const COMMAND_KEYS = [
  'description',
  'options',
  'default_member_permissions',
  'nsfw',
  'name_localizations',
  'description_localizations',
];

function field(object: object, key: string): unknown {
  return (object as Record<string, unknown>)[key];
}

/** A value without what means nothing: null, false, empty lists and empty objects, at every depth. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? value.map(meaning) : undefined;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([key, inner]) => [key, meaning(inner)] as const)
      .filter(([, inner]) => inner !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  return value === null || value === false || value === '' ? undefined : value;
}
