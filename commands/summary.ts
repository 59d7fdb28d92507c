import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { App } from '../src/app.ts';
import { askerOf } from '../src/discord/access.ts';
import type { Asker } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { listOf } from '../src/discord/escalation-list.ts';
import { noteAsker } from '../src/discord/feedback.ts';
import { placeOf } from '../src/discord/place.ts';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { Reader, REFUSAL } from '../src/discord/reader.ts';
import { reportOf } from '../src/discord/report.ts';
import { respond } from '../src/discord/respond.ts';
import { mayAnswerWithFile } from '../src/discord/timeline.ts';
import { readSince } from '../src/domain/since.ts';
import type { Workspace } from '../src/domain/workspace.ts';
import { UserError } from '../src/errors.ts';
import { matching } from '../src/views/choices.ts';
import { readSummaryPress } from '../src/views/digest-ids.ts';
import type { SummaryPress } from '../src/views/digest-ids.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Further back is what /workspace-logs and /explain are for. */
const BACK_MAX = 31 * DAY;

const LAST_LOOK = 'last look';
const SUGGESTED = [
  { name: 'Since I last looked', value: LAST_LOOK },
  { name: 'The last 8 hours', value: '8h' },
  { name: 'The last 24 hours', value: '24h' },
  { name: 'The last 3 days', value: '3d' },
  { name: 'The last 7 days', value: '7d' },
];

const option = ApplicationCommandOptionType;

/** `/summary`: what was done, what went wrong and what waits, since one last looked. */
export const summary: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'summary',
    description: 'See what was done, what went wrong and what waits for you',
    contexts: [0],
    integration_types: [0],
    options: [
      {
        type: option.Channel,
        name: 'workspace',
        description: 'Of which workspace (default: this channel)',
        channel_types: [...MAPPABLE_TYPES],
      },
      {
        type: option.String,
        name: 'since',
        description: 'Such as 8h, 3d, 22:00 or 2026-01-31 (default: since you last looked)',
        max_length: 40,
        autocomplete: true,
      },
    ],
  },

  async run(interaction, app) {
    const asker = askerOf(interaction);
    const workspace = await chosenWorkspace(interaction, new Reader(app, asker));
    const now = app.now();
    const from = await startOf(app, asker, workspace, interaction.options.getString('since'), now);
    const { view, files } = await reportOf(app, workspace, {
      period: { from, to: now },
      title: null,
      late: null,
      whole: false,
      withPicture: mayAnswerWithFile(interaction),
      withLead: false,
    });
    await respond(interaction, { ...view, files });
    await app.store.reports.look(asker.userId, workspace.id, now);
    await noteAsker(app, asker);
  },

  async autocomplete(interaction: AutocompleteInteraction) {
    await interaction.respond(matching(SUGGESTED, interaction.options.getFocused()));
  },

  component: { name: 'summary', run: press },
};

async function chosenWorkspace(interaction: ChatInputCommandInteraction, reader: Reader): Promise<Workspace> {
  const named = interaction.options.get('workspace')?.value;
  const place = named === undefined ? await placeOf(interaction) : { channelId: String(named) };
  if (!place) throw new UserError(REFUSAL);
  return reader.workspace(place.channelId);
}

/** @throws UserError when `since` is no time before now, or too long ago */
async function startOf(
  app: App,
  { userId }: Asker,
  { id, guildId }: Workspace,
  since: string | null,
  now: number,
): Promise<number> {
  if (since === null || since === LAST_LOOK || since === SUGGESTED[0]!.name) {
    const looked = await app.store.reports.looked(userId, id);
    return Math.max(looked ?? now - DAY, now - BACK_MAX);
  }
  const chosen = SUGGESTED.find(({ name }) => name === since)?.value ?? since;
  const from = readSince(chosen, { now, timezone: app.timezones.of(guildId) });
  if (from === null)
    throw new UserError(
      '`since` is a length of time such as `8h`, `90 min` or `3d`, or a time before now such as `22:00` or `2026-01-31 22:00`.',
    );
  if (now - from > BACK_MAX)
    throw new UserError('A summary reaches back 31 days at most. `/workspace-logs` lists what was before.');
  return from;
}

type Pressed = MessageComponentInteraction | ModalSubmitInteraction;

/** All of a report, or all decisions that wait, for the one who pressed alone. */
async function press(interaction: Pressed, args: string[], app: App): Promise<void> {
  const press = readSummaryPress(args);
  if (!press) throw new UserError('This button is from an older report. Type `/summary`.');
  const asker = askerOf(interaction);
  const { channelId } = app.workspaces.byId(press.workspaceId) ?? {};
  if (channelId === undefined) throw new UserError(REFUSAL);
  if (press.kind === 'more') return showAll(interaction, press, app, channelId);
  // Owners decide where they may not read, too: the list asks for itself who may see what.
  return respond(interaction, await listOf(app, asker, { channelId, mine: false, page: 0 }));
}

async function showAll(
  interaction: Pressed,
  press: Extract<SummaryPress, { kind: 'more' }>,
  app: App,
  channelId: string,
): Promise<void> {
  const asker = askerOf(interaction);
  const workspace = await new Reader(app, asker).workspace(channelId);
  const { view } = await reportOf(app, workspace, {
    period: press,
    title: null,
    late: null,
    whole: true,
    withPicture: false,
    withLead: false,
  });
  await respond(interaction, view);
  await app.store.reports.look(asker.userId, workspace.id, press.to);
}
