import type { Bot, GuildChannel, Person, Sandbox, WebhookHandle } from '../../sandbox/sandbox.ts';

/** A server in which several agents and a person work, and the bot that records it. */
export interface Stage {
  discord: Sandbox;
  recorder: Bot;
  /** Owns the server, and so decides. */
  owner: Person;
  person: Person;
  agents: readonly Bot[];
  channels: readonly GuildChannel[];
  /** One for each channel. */
  webhooks: readonly WebhookHandle[];
  /** The channel that a channel or thread belongs to. */
  parentOf(channelId: string): string;
}

const CHANNELS = 4;
const AGENTS = 5;
const PREFIX = 'faults-';

export function setStage(discord: Sandbox): Stage {
  const owner = discord.createPerson({ username: 'owner' });
  const person = discord.createPerson({ username: 'person' });
  const recorder = discord.createBot({ username: 'Work Logs' });
  const guild = discord.createGuild({ name: 'Faults', owner });
  const agents = Array.from({ length: AGENTS }, (_, n) => discord.createBot({ username: `agent-${n + 1}` }));
  for (const member of [recorder, person, ...agents]) guild.add(member);
  const channels = Array.from({ length: CHANNELS }, (_, n) =>
    guild.createChannel({ name: `${PREFIX}${n + 1}` }),
  );
  const webhooks = channels.map((channel) => channel.createWebhook({ name: 'relay' }));
  const parentOf = (id: string) => {
    const { thread, parentId } = discord.core.world.channels.get(id)!;
    return thread ? parentId! : id;
  };
  return { discord, recorder, owner, person, agents, channels, webhooks, parentOf };
}

/** The config file of a bot that records all of it. */
export const CONFIG = {
  workspaces: [{ match: `${PREFIX}*`, type: 'project' }],
  // Of made-up sentences some read like "the password is word7x".
  work_logs: { privacy: { mask_secrets: false } },
  // Every one has a card of its own, and those that wait are reminded of within the run.
  escalations: { max_pings_per_hour: 1000, remind_after_minutes: [1, 2, 3] },
};

/** In how many channels the bot has said that it records: from then on it does. */
export function announced({ channels, recorder }: Stage): number {
  return channels.filter((channel) => channel.messages().some(({ author }) => author.id === recorder.id))
    .length;
}
