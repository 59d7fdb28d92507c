import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { openInteraction } from '../interactions.ts';
import type { StoredCommand } from '../world.ts';
import { messageSeen } from './components.ts';
import { descend, findCommand } from './find-command.ts';
import { fillOptions, type FilledOption, type OptionValue } from './options.ts';
import { RefusedByClient } from './refusal.ts';
import { Resolved, type Scene } from './resolved.ts';
import { runOf, type Run } from './run.ts';

/** Which application's command, when several have one of that name. */
export interface Ambiguity {
  app?: { id: string };
}

export interface Completion extends Ambiguity {
  /** The option that is being typed. */
  focused: string;
  /** What is typed in it so far. Default: nothing. */
  value?: string;
  /** The options that are filled in already. */
  options?: Record<string, OptionValue>;
}

/** Runs a chat command; subcommands follow its name. @throws RefusedByClient */
export async function runCommand(
  scene: Scene,
  path: string,
  values: Record<string, OptionValue>,
  { app }: Ambiguity,
): Promise<Run> {
  const { stored, options, trail } = locate(scene, path, app);
  const resolved = new Resolved(scene);
  const filled = fillOptions(scene, options, values, resolved);
  const data = { ...commandData(stored, nest(trail, filled)), ...resolved.member };
  return start(scene, stored, { type: 2, data });
}

/**
 * What the application offers for the option that is being typed. Rejects when it offers nothing in time.
 * @throws RefusedByClient
 */
export async function complete(
  scene: Scene,
  path: string,
  completion: Completion,
): Promise<APIApplicationCommandOptionChoice[]> {
  const { focused, value = '', options: values = {} } = completion;
  const { stored, options, trail } = locate(scene, path, completion.app);
  const option = options.find(({ name }) => name === focused);
  if (option === undefined || !('autocomplete' in option) || option.autocomplete !== true) {
    throw new RefusedByClient(`The option "${focused}" has no autocompletion`);
  }
  const filled = fillOptions(scene, options, values, new Resolved(scene), true);
  const typed: FilledOption = { name: focused, type: option.type, value, focused: true };
  const data = commandData(stored, nest(trail, [...filled, typed]));
  const run = await start(scene, stored, { type: 4, data, focusedType: option.type });
  if (run.failed)
    throw new RefusedByClient('Loading options failed: the application did not respond within 3 s');
  return run.interaction.response?.choices ?? [];
}

/** Runs a message command. @throws RefusedByClient, DiscordError 10008 */
export async function runOnMessage(
  scene: Scene,
  name: string,
  { id }: { id: string },
  { app }: Ambiguity,
): Promise<Run> {
  const stored = findCommand(scene, name, 3, app);
  const message = messageSeen(scene, id);
  const resolved = new Resolved(scene);
  resolved.message(message, stored.applicationId);
  const data = { ...commandData(stored), target_id: id, ...resolved.member };
  return start(scene, stored, { type: 2, data, target: { messageId: id } });
}

/** Runs a user command. @throws RefusedByClient */
export async function runOnUser(
  scene: Scene,
  name: string,
  { id }: { id: string },
  { app }: Ambiguity,
): Promise<Run> {
  const stored = findCommand(scene, name, 2, app);
  const resolved = new Resolved(scene);
  resolved.user(id);
  const data = { ...commandData(stored), target_id: id, ...resolved.member };
  return start(scene, stored, { type: 2, data, target: { userId: id } });
}

function locate(scene: Scene, path: string, app: { id: string } | undefined) {
  const [name = '', ...subcommands] = path.replace(/^\//, '').split(' ');
  const stored = findCommand(scene, name, 1, app);
  return { stored, ...descend(stored.command.options ?? [], subcommands) };
}

/** Options inside the subcommand and group that lead to them. */
function nest(trail: { name: string; type: number }[], filled: FilledOption[]): object[] {
  const [outer, ...inner] = trail;
  return outer === undefined ? filled : [{ ...outer, options: nest(inner, filled) }];
}

function commandData({ command, guildId }: StoredCommand, options: object[] = []): object {
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(guildId !== undefined && { guild_id: guildId }),
    ...(options.length > 0 && { options }),
  };
}

type Start = Omit<Parameters<typeof openInteraction>[1], 'applicationId' | 'userId' | 'channelId'>;

function start(
  { core, channel, userId }: Scene,
  { applicationId }: StoredCommand,
  request: Start,
): Promise<Run> {
  return runOf(core, openInteraction(core, { ...request, applicationId, userId, channelId: channel.id }));
}
