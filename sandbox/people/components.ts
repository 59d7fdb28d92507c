import { openInteraction } from '../interactions.ts';
import { unknownMessage } from '../errors.ts';
import { flatten } from '../validate/components.ts';
import { Form } from '../validate/form.ts';
import { Kind } from '../validate/parts.ts';
import type { Message } from '../world.ts';
import { RefusedByClient } from './refusal.ts';
import { Resolved, type Scene } from './resolved.ts';
import { runOf, type Run } from './run.ts';

/** A component as it is stored and sent: `type`, `id`, `custom_id` and what its type has. */
export type Part = Record<string, unknown>;

/** Which component: its custom id, or a test of it. */
export type Which = string | ((component: Part) => boolean);

/** @throws RefusedByClient when there is no such button, or it cannot be pressed */
export async function click(scene: Scene, message: { id: string }, which: Which): Promise<Run> {
  const { source, part } = find(scene, message, which);
  if (part['type'] !== Kind.button)
    throw new RefusedByClient('Only buttons can be clicked: this takes a selection');
  if (part['custom_id'] === undefined)
    throw new RefusedByClient('This button is a link: it tells no application');
  return send(scene, source, part, {});
}

/** @throws RefusedByClient when there is no such select, or it does not take these values */
export async function select(
  scene: Scene,
  message: { id: string },
  which: Which,
  values: readonly (string | { id: string })[],
): Promise<Run> {
  const { source, part } = find(scene, message, which);
  const resolved = new Resolved(scene);
  const chosen = choose(scene, part, values, resolved);
  return send(scene, source, part, { values: chosen, ...resolved.member });
}

/**
 * Checks a selection and resolves what it points to.
 * @throws RefusedByClient for too few or too many values, or one that is not offered
 */
export function choose(
  scene: Scene,
  part: Part,
  values: readonly (string | { id: string })[],
  resolved: Resolved,
): string[] {
  const chosen = values.map((value) => (typeof value === 'string' ? value : value.id));
  const { min_values: least = 1, max_values: most = 1 } = part as {
    min_values?: number;
    max_values?: number;
  };
  if (chosen.length < least || chosen.length > most) {
    throw new RefusedByClient(`This selection takes ${least} to ${most} values, not ${chosen.length}`);
  }
  for (const value of chosen) resolve(scene, part, value, resolved);
  return chosen;
}

function resolve({ core, channel }: Scene, part: Part, value: string, resolved: Resolved): void {
  const isRole = core.world.guilds.get(channel.guildId ?? '')?.roles.has(value) === true;
  switch (part['type']) {
    case Kind.stringSelect:
      if (!(part['options'] as { value: string }[]).some((option) => option.value === value)) {
        throw new RefusedByClient(`"${value}" is not among the options`);
      }
      break;
    case Kind.channelSelect:
      resolved.channel(value, part['channel_types'] as number[] | undefined);
      break;
    case Kind.userSelect:
      resolved.user(value);
      break;
    case Kind.roleSelect:
      resolved.role(value);
      break;
    case Kind.mentionableSelect:
      if (isRole) resolved.role(value);
      else resolved.user(value);
      break;
    default:
      throw new RefusedByClient('Only selects take a selection: this is to be clicked');
  }
}

/** A message that the person sees in this channel. @throws DiscordError 10008 */
export function messageSeen({ core, channel, userId }: Scene, id: string): Message {
  const seen = core.permissions.canView(channel, userId);
  const message =
    channel.messages.get(id) ?? channel.ephemeral.find((one) => one.id === id && one.ephemeralTo === userId);
  if (!seen || message === undefined) throw unknownMessage();
  return message;
}

function find(scene: Scene, { id }: { id: string }, which: Which): { source: Message; part: Part } {
  const source = messageSeen(scene, id);
  const parts = flatten(source.components, new Form()).map(({ part }) => part);
  const fits = typeof which === 'string' ? (part: Part) => part['custom_id'] === which : which;
  const part = parts.find((one) => isInteractive(one) && fits(one));
  if (part === undefined) {
    const known = parts.filter(isInteractive).map((one) => one['custom_id'] ?? one['url']);
    throw new RefusedByClient(`There is no such component; the message has: ${known.join(', ') || 'none'}`);
  }
  if (part['disabled'] === true) throw new RefusedByClient(`"${part['custom_id'] as string}" is disabled`);
  return { source, part };
}

function isInteractive(part: Part): boolean {
  return part['custom_id'] !== undefined || part['url'] !== undefined;
}

function send({ core, channel, userId }: Scene, message: Message, part: Part, more: object): Promise<Run> {
  const { id, type, custom_id: customId } = part;
  const interaction = openInteraction(core, {
    type: 3,
    applicationId: message.applicationId ?? message.authorId,
    userId,
    channelId: channel.id,
    data: { id, custom_id: customId, component_type: type, ...more },
    message,
  });
  return runOf(core, interaction);
}
