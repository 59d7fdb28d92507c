import { Role } from 'discord.js';
import type { ChatInputCommandInteraction, GuildMember } from 'discord.js';
import type { Order } from '../domain/mapping.ts';
import { isReportTime } from '../domain/report-time.ts';
import { SETTING_OPTIONS, WORKSPACE_TYPES } from '../domain/workspace.ts';
import type { Owner, WorkspaceSettings, WorkspaceType } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { audienceWithin } from './audience.ts';
import { orNull } from './or-null.ts';
import { isMappable, maySpeakIn, obstacleTo } from './readable.ts';
import type { MappableChannel } from './readable.ts';

type Asked = ChatInputCommandInteraction<'cached'>;

/** What `reset` of `/workspace map` can give back to the config file, by the option's name, as an order. */
const GIVEN_BACK: ReadonlyMap<string, Order> = new Map<string, Order>([
  ['owner', { owners: undefined }],
  ['coordinator', { coordinator: undefined }],
  ...Object.entries(SETTING_OPTIONS).map(([setting, name]): [string, Order] => [
    name,
    { settings: { [setting]: undefined } },
  ]),
]);

/** The choices of `reset`. */
export const RESETTABLE: readonly string[] = [...GIVEN_BACK.keys()];

/**
 * What the options of `/workspace map` say.
 *
 * @throws UserError that says which of them to mend, and how
 */
export async function chosenOrder(asked: Asked, channel: MappableChannel): Promise<Order> {
  const { settings: reset, ...back } = chosenReset(asked);
  return {
    ...named({
      type: chosenType(asked),
      coordinator: await coordinatorName(asked),
      owners: chosenOwners(asked),
    }),
    ...back,
    settings: { ...named(await chosenSettings(asked, channel)), ...reset },
  };
}

function named<T extends object>(options: T): Partial<T> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<T>;
}

function chosenReset({ options }: Asked): Order {
  const name = options.getString('reset');
  if (name === null) return {};
  const back = GIVEN_BACK.get(name);
  if (!back) throw new UserError(`That cannot be reset. What can: ${RESETTABLE.join(', ')}.`);
  if (options.get(name) !== null) throw new UserError(`Please either name \`${name}\` or reset it.`);
  return back;
}

function chosenType({ options }: Asked): WorkspaceType | undefined {
  const given = options.getString('type');
  if (given === null) return undefined;
  const type = WORKSPACE_TYPES.find((type) => type === given);
  if (!type) throw new UserError(`That is no type of workspace. There are ${WORKSPACE_TYPES.join(', ')}.`);
  return type;
}

/** Null: nobody, an empty name. */
async function coordinatorName({ options, guild }: Asked): Promise<string | null | undefined> {
  const given = options.getString('coordinator')?.trim().replace(/^@/, '');
  if (given === undefined) return undefined;
  const mentioned = /^<@!?(\d+)>$/.exec(given)?.[1];
  const member = mentioned === undefined ? null : await orNull(guild.members.fetch(mentioned));
  const name = mentioned === undefined ? given : member?.displayName;
  if (name === undefined)
    throw new UserError('That is nobody in this server. Please write the bot’s name, without @.');
  return name === '' ? null : name;
}

function chosenOwners({ options, guildId }: Asked): Owner[] | undefined {
  const owner = options.getMentionable('owner');
  return owner ? [ownerOf(owner, guildId)] : undefined;
}

async function chosenSettings(asked: Asked, channel: MappableChannel): Promise<WorkspaceSettings> {
  const second = asked.options.getMentionable('second-owner');
  const secondOwner = second ? ownerOf(second, asked.guildId) : undefined;
  if (secondOwner === 'everyone')
    throw new UserError('`second-owner` is one person or role: nobody is reminded by reminding everyone.');
  return {
    escalationChannelId: await otherChannel(asked, channel, 'escalation-channel', 'Decisions'),
    secondOwner,
    retentionDays: asked.options.getInteger('retention-days') ?? undefined,
    summaryAt: summaryTime(asked),
    summaryChannelId: await otherChannel(asked, channel, 'summary-channel', 'Reports'),
  };
}

function summaryTime({ options }: Asked): string | undefined {
  const when = options.getString('summary-at')?.trim().toLowerCase();
  if (when === undefined || when === 'off' || isReportTime(when)) return when;
  throw new UserError(
    '`summary-at` is a time of day such as `08:00`, a cron expression such as `0 8 * * 1-5`, or `off`.',
  );
}

/** A channel in which what happens in this one is told: this one itself, or another that only its readers see. */
async function otherChannel(
  { options, guild }: Asked,
  channel: MappableChannel,
  option: string,
  what: string,
): Promise<string | undefined> {
  const wanted = options.getChannel(option);
  if (!wanted || wanted.id === channel.id) return wanted?.id;
  if (!isMappable(wanted) || obstacleTo(wanted) !== null || !maySpeakIn(wanted))
    throw new UserError(
      `I cannot write in <#${wanted.id}>: grant my role “View Channel” and “Send Messages” there.`,
    );
  if (await audienceWithin(guild, wanted.id, channel.id)) return wanted.id;
  const told = what === 'Reports' ? 'posted' : 'asked for';
  throw new UserError(
    `${what} of <#${channel.id}> cannot be ${told} in <#${wanted.id}>: some who see that channel, or could with roles of this ` +
      `server, may not read <#${channel.id}>. Choose a channel that only its readers see.`,
  );
}

function ownerOf(owner: NonNullable<ReturnType<Asked['options']['getMentionable']>>, guildId: string): Owner {
  if (!(owner instanceof Role)) return `user:${(owner as GuildMember).id}`;
  return owner.id === guildId ? 'everyone' : `role:${owner.id}`;
}
