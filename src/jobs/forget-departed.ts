import type { Job } from './job.ts';

/**
 * Deletes what was recorded in servers that have sent the bot away, once their time to let it in again is over. A server that is only
 * out of reach is still among those that the bot is a member of.
 */
export const forgetDeparted: Job = {
  name: 'forget-departed',
  schedule: '*/10 * * * *',
  async run({ store, workspaces, timezones, tokens, optOuts, client, config, clock, log }, now) {
    if (!client.isReady()) return;
    const before = now - config.removedGuildGraceMs;
    const due = await store.erasure.departed([...client.guilds.cache.keys()], now, before);
    if (due.length > 0 && !clock.isSteady()) {
      log.warn(
        'The clock was set anew: servers that are gone are forgotten with the next run, if it is right then.',
      );
      return;
    }
    for (const guildId of due) {
      // Before, for what fails here is finished by another job.
      tokens.forget(guildId);
      const entries = await workspaces.forgetGuild(guildId, () =>
        store.erasure.eraseGuild({ guildId, keep: false }, now),
      );
      timezones.forget(guildId);
      optOuts.forget(guildId);
      log.info({ guildId, entries }, 'The data of a server that has sent the bot away was deleted.');
    }
  },
};
