import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type {
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { App } from '../src/app.ts';
import { coverageOfFound } from '../src/coverage.ts';
import { askerOf } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { MAPPABLE_TYPES } from '../src/discord/readable.ts';
import { Reader, REFUSAL } from '../src/discord/reader.ts';
import { respond, turn } from '../src/discord/respond.ts';
import { UserError } from '../src/errors.ts';
import type { View } from '../src/views/limits.ts';
import { LOGS_LIMIT, LOGS_PER_PAGE, readLogsState, workspaceLogsView } from '../src/views/workspace-logs.ts';
import type { LogsState } from '../src/views/workspace-logs.ts';

/** `/workspace-logs`: the latest sessions. */
export const workspaceLogs: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'workspace-logs',
    description: 'List the latest sessions',
    contexts: [0],
    integration_types: [0],
    options: [
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'workspace',
        description: 'Only those of this workspace (default: of all that you may read)',
        channel_types: [...MAPPABLE_TYPES],
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'limit',
        description: `How many (default: ${LOGS_LIMIT.default})`,
        min_value: LOGS_LIMIT.min,
        max_value: LOGS_LIMIT.max,
      },
    ],
  },

  async run(interaction, app) {
    const channel = interaction.options.get('workspace')?.value;
    const { min, max, default: usual } = LOGS_LIMIT;
    const limit = Math.min(max, Math.max(min, interaction.options.getInteger('limit') ?? usual));
    const state = { channelId: channel === undefined ? null : String(channel), limit, page: 0 };
    await respond(interaction, await list(app, new Reader(app, askerOf(interaction)), state));
  },

  component: {
    name: 'logs',
    async run(interaction: MessageComponentInteraction | ModalSubmitInteraction, args, app) {
      const state = readLogsState(args);
      if (!interaction.isMessageComponent()) return;
      if (!state) throw new UserError('This button is from an older version. Type `/workspace-logs` again.');
      await turn(interaction, await list(app, new Reader(app, askerOf(interaction)), state));
    },
  },
};

async function list(app: App, reader: Reader, state: LogsState): Promise<View> {
  const { channelId, limit, page } = state;
  const workspaces = channelId === null ? await reader.workspaces() : [await reader.workspace(channelId)];
  if (workspaces.length === 0) throw new UserError(REFUSAL);
  const all = await reader.logs(workspaces, limit);
  const onPage = all.slice(page * LOGS_PER_PAGE, (page + 1) * LOGS_PER_PAGE);
  const logs = await Promise.all(
    onPage.map(async ({ workspace, log }) => ({
      workspace,
      log,
      participants: await app.store.sessions.participants(log.sessionId),
    })),
  );
  const now = app.now();
  const coverage = await coverageOfFound(app.store, workspaces, onPage, now);
  return workspaceLogsView({ state, logs, total: all.length, coverage, now });
}
