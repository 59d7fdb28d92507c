import type { Bot, Guild, GuildChannel, Person, Sandbox, WebhookHandle } from '../../sandbox/sandbox.ts';

/** A channel in which agents work, as the config file maps it. */
export interface Workplace {
  channel: GuildChannel;
  type: WorkplaceType;
  /** Those who write there. */
  team: Bot[];
  webhook: WebhookHandle;
  /** Under these names the webhook speaks. */
  personas: readonly string[];
}

export type WorkplaceType = 'open' | 'project' | 'coordination' | 'direct';

/** A server in which several agents and a person work, and the bot that records it. */
export interface Stage {
  discord: Sandbox;
  guild: Guild;
  recorder: Bot;
  /** Owns the server, and so decides. */
  owner: Person;
  person: Person;
  workplaces: readonly Workplace[];
  channels: readonly GuildChannel[];
  /** The channel that a channel or thread belongs to. */
  parentOf(channelId: string): string;
  /** The workplace that a channel or thread belongs to. */
  workplaceOf(channelId: string): Workplace;
}

const AGENTS = 5;
/** Numbers of the agents in each. Everybody sees every channel; what counts is who writes there. */
const WORKPLACES: [type: WorkplaceType, team: number[]][] = [
  ['project', [1, 2, 3]],
  ['project', [3, 4]],
  ['open', [1, 4]],
  ['coordination', [2, 4, 5]],
  ['direct', [5]],
];
const PERSONAS = 3;

export function setStage(discord: Sandbox): Stage {
  const owner = discord.createPerson({ username: 'owner' });
  const person = discord.createPerson({ username: 'person' });
  const recorder = discord.createBot({ username: 'Work Logs' });
  const guild = discord.createGuild({ name: 'Faults', owner });
  const agents = Array.from({ length: AGENTS }, (_, n) => discord.createBot({ username: `agent-${n + 1}` }));
  for (const member of [recorder, person, ...agents]) guild.add(member);
  const workplaces = WORKPLACES.map(([type, team], n) => {
    const channel = guild.createChannel({ name: `faults-${type}-${n + 1}` });
    return {
      channel,
      type,
      team: team.map((number) => agents[number - 1]!),
      webhook: channel.createWebhook({ name: 'relay' }),
      personas: Array.from({ length: PERSONAS }, (_, k) => `persona${n + 1}x${k + 1}`),
    };
  });
  const parentOf = (id: string) => {
    const { thread, parentId } = discord.core.world.channels.get(id)!;
    return thread ? parentId! : id;
  };
  return {
    discord,
    guild,
    recorder,
    owner,
    person,
    workplaces,
    channels: workplaces.map(({ channel }) => channel),
    parentOf,
    workplaceOf: (id) => workplaces.find(({ channel }) => channel.id === parentOf(id))!,
  };
}

const ALL_OF_IT = { log_bot_conversations: true, log_coordination: true, escalation_alerts: true };
const TYPES = ['open', 'project', 'coordination', 'direct'] as const;

/** The config file of a bot that records all of it. */
export const CONFIG = {
  workspaces: TYPES.map((type) => ({ match: `faults-${type}-*`, type })),
  work_logs: {
    // Of made-up sentences some read like "the password is word7x".
    privacy: { mask_secrets: false },
    workspace_defaults: Object.fromEntries(TYPES.map((type) => [type, ALL_OF_IT])),
    // What nothing speaks against goes out by itself, the rest waits for the owner.
    learning_exchange: { auto_approve: true },
  },
  // Every second, so that several cycles fall into every round.
  exchange: { every: '* * * * * *' },
  // Every one has a card of its own, and those that wait are reminded of within the run.
  escalations: { max_pings_per_hour: 1000, remind_after_minutes: [1, 2, 3] },
};

/** In how many channels the bot has said that it records: from then on it does. */
export function announced({ channels, recorder }: Stage): number {
  return channels.filter((channel) => channel.messages().some(({ author }) => author.id === recorder.id))
    .length;
}
