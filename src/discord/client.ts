import {
  Client,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  SimpleShardingStrategy,
} from 'discord.js';
import type { ClientOptions, GatewayDispatchPayload } from 'discord.js';

/**
 * A discord.js client whose messages are to be had as Discord sends them, from `client.ws`, and in no other form: messages come by
 * the thousand, the recorder reads the raw data, and making objects of them would take discord.js longer than all that we do with
 * them. Everything else is as usual.
 */
export function createClient(apiUrl: string): Client {
  const client: Client = new Client({
    ...clientOptions(apiUrl),
    ws: {
      buildStrategy(manager) {
        const emit = (event: string, ...payload: unknown[]): boolean => {
          const [{ data, shardId }] = payload as [Dispatched];
          if (event !== DISPATCH || !MESSAGE_EVENTS.has(data.t))
            return manager.emit(event as never, ...(payload as never));
          return client.ws.emit(data.t, data.d, shardId);
        };
        // The manager itself in all but this.
        return new SimpleShardingStrategy(
          Object.create(manager, { emit: { value: emit } }) as typeof manager,
        );
      },
    },
  });
  return client;
}

/** `WebSocketShardEvents.Dispatch` of @discordjs/ws; discord.js exports another enum under that name. */
const DISPATCH = 'dispatch';

interface Dispatched {
  data: GatewayDispatchPayload;
  shardId: number;
}

const MESSAGE_EVENTS = new Set<string>([
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
  GatewayDispatchEvents.MessageDelete,
  GatewayDispatchEvents.MessageDeleteBulk,
]);

/**
 * discord.js with the least that does the job, and with memory that does not grow with the traffic. Without `Partials.Channel`:
 * with it, a message in a thread that is not in memory makes discord.js take that thread for a direct message.
 */
export function clientOptions(apiUrl: string): ClientOptions {
  const isSelf = ({ id, client }: { id: string; client: Client }) => id === client.user?.id;
  return {
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
  };
}
