import { Client, GatewayIntentBits, Options } from 'discord.js';

/**
 * discord.js with the least that does the job, and with memory that does not grow with the traffic. Without `Partials.Channel`:
 * with it, a message in a thread that is not in memory makes discord.js take that thread for a direct message.
 */
export function createClient(apiUrl: string): Client {
  const isSelf = ({ id, client }: { id: string; client: Client }) => id === client.user?.id;
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
      GatewayIntentBits.DirectMessages,
    ],
    rest: { api: apiUrl },
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      UserManager: { maxSize: 2000, keepOverLimit: isSelf },
      GuildMemberManager: { maxSize: 2000, keepOverLimit: isSelf },
      ThreadMemberManager: { maxSize: 100, keepOverLimit: isSelf },
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildBanManager: 0,
      GuildInviteManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      AutoModerationRuleManager: 0,
    }),
    waitGuildTimeout: 5000,
    sweepers: { ...Options.DefaultSweeperSettings, threads: { interval: 600, lifetime: 3600 } },
    allowedMentions: { parse: [] },
  });
}
