import { ApplicationCommandType, PermissionFlagsBits } from 'discord.js';
import type { ChatInputCommandInteraction, GuildMember } from 'discord.js';
import type { App } from '../src/app.ts';
import { gapsOfEach } from '../src/coverage.ts';
import { askerOf } from '../src/discord/access.ts';
import { adoptionOf } from '../src/discord/adoption.ts';
import type { Command } from '../src/discord/command.ts';
import { countWaiting } from '../src/discord/escalation-list.ts';
import { healthOf } from '../src/discord/health.ts';
import { Reader } from '../src/discord/reader.ts';
import { respond } from '../src/discord/respond.ts';
import type { Skipped } from '../src/discord/workspaces.ts';
import { COMPLETENESS_DAYS } from '../src/views/coverage.ts';
import { statusView } from '../src/views/status.ts';

/** `/status`: what is recorded, how the bot is doing, and whether the logs are of use to people. */
export const status: Command<ChatInputCommandInteraction> = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'status',
    description: 'See what is recorded, how I am doing, who asks, and whether the answers help',
    contexts: [0],
    integration_types: [0],
  },

  async run(interaction, app) {
    const asker = askerOf(interaction);
    const { store, workspaces, timezones, config } = app;
    const reader = new Reader(app, asker);
    const readable = await reader.workspaces();
    const waiting = await countWaiting(app, asker, reader, readable);
    const now = app.now();
    const [adoption, feedback, size, health, insights, gaps] = await Promise.all([
      adoptionOf(app, asker.guildId, readable),
      store.feedback.counts(readable.map(({ id }) => id)),
      store.size(),
      healthOf(app, readable, waiting),
      store.insights.counts(readable.map(({ id }) => id)),
      gapsOfEach(store, readable, { from: now - COMPLETENESS_DAYS * DAY, to: now }),
    ]);
    const all = workspaces.skipped(asker.guildId);
    const skipped = all.filter((channel) => maySee(app, asker.member, channel));
    const recorded = readable.filter(
      ({ channelId, unmappedAt }) =>
        unmappedAt === null && !all.some((channel) => channel.channelId === channelId),
    );
    const { enabled, silent } = config.workLogs;
    const inMemory = config.memoryBecause !== null;
    const timezone = timezones.of(asker.guildId);
    const stands = { recorded, skipped, timezone, enabled, silent, inMemory };
    const exchange = { ...insights, enabled: config.insights.enabled };
    const completeness = { catchingUp: app.catchingUp(), gaps };
    await respond(
      interaction,
      statusView({ ...stands, health, completeness, adoption, feedback, exchange, size, now }),
    );
  },
};

const DAY = 24 * 60 * 60_000;

/** Channels that the person sees in Discord; one that even the bot does not see any more, whoever manages the server. */
function maySee({ client }: App, member: GuildMember | undefined, { guildId, channelId }: Skipped): boolean {
  if (!member) return false;
  const channel = client.guilds.cache.get(guildId)?.channels.cache.get(channelId);
  if (!channel) return member.permissions.has(PermissionFlagsBits.ManageGuild);
  return channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
}
