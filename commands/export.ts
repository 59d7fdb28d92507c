import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import type { ChatInputCommandInteraction } from 'discord.js';
import { askerOf } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { exportOf } from '../src/discord/export.ts';
import { Reader } from '../src/discord/reader.ts';
import { respond } from '../src/discord/respond.ts';
import { findSession, SESSION_OPTIONS, suggest } from '../src/discord/session-option.ts';
import { EXPORT_FORMATS, exportView } from '../src/views/export.ts';
import type { ExportFormat } from '../src/views/export.ts';

const option = ApplicationCommandOptionType;

const FORMATS: Record<ExportFormat, string> = {
  json: 'json: what the tools did, for the next agent',
  ndjson: 'ndjson: every step, one per line',
};

/** `/export`: a session as a file for programs. */
export const exportLog: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'export',
    description: 'Get a session as a file that programs read',
    contexts: [0],
    integration_types: [0],
    options: [
      ...SESSION_OPTIONS,
      {
        type: option.String,
        name: 'format',
        description: 'What for (default: json)',
        choices: EXPORT_FORMATS.map((value) => ({ name: FORMATS[value], value })),
      },
    ],
  },

  async run(interaction, app) {
    const readable = await findSession(interaction, new Reader(app, askerOf(interaction)));
    const asked = interaction.options.getString('format');
    const format = EXPORT_FORMATS.find((one) => one === asked) ?? 'json';
    await respond(interaction, exportView(await exportOf(app, readable, format)));
  },

  autocomplete: (interaction, app) => suggest(interaction, app, new Reader(app, askerOf(interaction))),
};
