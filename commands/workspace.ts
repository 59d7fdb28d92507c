import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { App } from '../src/app.ts';
import { askerOf } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { factsOf } from '../src/discord/workspace-facts.ts';
import { requireManager } from '../src/discord/manager.ts';
import { chosenOrder } from '../src/discord/mapping-options.ts';
import { isMappable } from '../src/discord/readable.ts';
import type { MappableChannel } from '../src/discord/readable.ts';
import { respond, turn } from '../src/discord/respond.ts';
import { matchingRules } from '../src/domain/workspace.ts';
import { UserError } from '../src/errors.ts';
import { unmappedView, workspaceList, workspaceView } from '../src/views/workspace.ts';
import type { SkippedChannel } from '../src/views/workspace.ts';
import { channelOption, mapSubcommand } from './workspace-map.ts';
import { runTimezone, suggestTimezones, timezoneSubcommand } from './workspace-timezone.ts';

const option = ApplicationCommandOptionType;

/** `/workspace map|hold|show|list|unmap|timezone`: which channels are recorded, as what, and for whom. For those who manage the server. */
export const workspace: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'workspace',
    description: 'Choose which channels are recorded, and see how',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    options: [
      mapSubcommand,
      {
        type: option.Subcommand,
        name: 'hold',
        description: 'Keep what was recorded, however old it gets, until the hold is lifted',
        options: [
          {
            type: option.String,
            name: 'state',
            description: 'Whether nothing is to be deleted for its age',
            required: true,
            choices: [
              { name: 'on', value: 'on' },
              { name: 'off', value: 'off' },
            ],
          },
          channelOption(),
        ],
      },
      {
        type: option.Subcommand,
        name: 'show',
        description: 'See how a channel is recorded, and which cannot be',
        options: [channelOption()],
      },
      { type: option.Subcommand, name: 'list', description: 'See all workspaces of this server' },
      {
        type: option.Subcommand,
        name: 'unmap',
        description: 'Stop recording a channel; what was recorded stays',
        options: [channelOption()],
      },
      timezoneSubcommand,
    ],
  },

  async run(interaction, app) {
    if (!interaction.inCachedGuild()) return;
    requireManager(interaction.memberPermissions);
    await SUBCOMMANDS[interaction.options.getSubcommand()]!(interaction, app);
  },

  async autocomplete(interaction: AutocompleteInteraction, app) {
    await suggestTimezones(interaction, app);
  },

  component: { name: 'workspace', run: turnPage },
};

type Asked = ChatInputCommandInteraction<'cached'>;

const SUBCOMMANDS: Record<string, (interaction: Asked, app: App) => Promise<void>> = {
  map,
  show,
  hold,
  list,
  unmap,
  timezone: runTimezone,
};

async function map(interaction: Asked, app: App): Promise<void> {
  const channel = await chosenChannel(interaction, app);
  const order = await chosenOrder(interaction, channel);
  const { guildId, id: channelId, name } = channel;
  await app.workspaces.map({ guildId, channelId, name, ...order });
  await respond(interaction, workspaceView(await factsOf(channel, app), []));
}

async function show(interaction: Asked, app: App): Promise<void> {
  const channel = await chosenChannel(interaction, app);
  const elsewhere = skippedFor(interaction, app).filter(({ channelId }) => channelId !== channel.id);
  await respond(interaction, workspaceView(await factsOf(channel, app), elsewhere));
}

/**
 * A hold is a setting of its own: mapping the channel anew does not lift it. Where no rule holds, lifting it leaves nothing set: a hold that
 * the config file orders later counts.
 */
async function hold(interaction: Asked, app: App): Promise<void> {
  const channel = await chosenChannel(interaction, app);
  const mapped = app.workspaces.byChannel(channel.id);
  if (!mapped) throw new UserError(`<#${channel.id}> is no workspace: nothing is recorded of it.`);
  const isOn = interaction.options.getString('state', true) === 'on';
  const [rule] = matchingRules(app.config.rules, mapped.name);
  await app.workspaces.configure(mapped, { hold: isOn || (rule?.settings?.hold ? false : undefined) });
  await respond(interaction, workspaceView(await factsOf(channel, app), []));
}

async function list(interaction: Asked, app: App): Promise<void> {
  await respond(interaction, listPage(interaction, app, 0));
}

async function unmap(interaction: Asked, app: App): Promise<void> {
  const channel = await chosenChannel(interaction, app);
  const mapped = app.workspaces.byChannel(channel.id);
  if (!mapped || mapped.unmappedAt !== null) throw new UserError(`<#${channel.id}> is not recorded.`);
  await app.workspaces.unmap(mapped);
  await respond(interaction, unmappedView(mapped));
}

async function turnPage(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  [what, page]: string[],
  app: App,
): Promise<void> {
  if (!interaction.isMessageComponent() || !interaction.inCachedGuild()) return;
  requireManager(interaction.memberPermissions);
  if (what !== 'list')
    throw new UserError('This button is from an older version. Type `/workspace list` again.');
  await turn(interaction, listPage(interaction, app, Number(page) || 0));
}

type Listing = Asked | MessageComponentInteraction<'cached'>;

function listPage(interaction: Listing, app: App, page: number) {
  const { guild, member } = interaction;
  const visible = app.workspaces.ofGuild(guild.id).filter(({ channelId }) => {
    const channel = guild.channels.cache.get(channelId);
    return channel?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
  });
  return workspaceList(visible, skippedFor(interaction, app), page);
}

/** A thread stands for the channel it belongs to. One that the person cannot see is refused like one that is not there. */
async function chosenChannel(interaction: Asked, { access }: App): Promise<MappableChannel> {
  const { channel: typedIn, options, guildId } = interaction;
  const here = typedIn?.isThread() ? typedIn.parent : typedIn;
  const channel = options.getChannel('channel') ?? here;
  if (
    !channel ||
    !isMappable(channel) ||
    channel.guildId !== guildId ||
    !(await access.sees(askerOf(interaction), channel.id))
  )
    throw new UserError(
      'Only text and announcement channels can be recorded. Name one with the option `channel`.',
    );
  return channel;
}

/** What is skipped is named to those who can see that it exists. */
function skippedFor(
  { guild, member }: Pick<Listing, 'guild' | 'member'>,
  { workspaces }: App,
): (SkippedChannel & { channelId: string })[] {
  return workspaces.skipped(guild.id).filter(({ channelId }) => {
    const channel = guild.channels.cache.get(channelId);
    if (!channel) return member.permissions.has(PermissionFlagsBits.Administrator);
    return channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
  });
}
