import type { APIMessage } from 'discord.js';
import { openInteraction } from '../../sandbox/interactions.ts';
import { runOf } from '../../sandbox/people/run.ts';
import type { HasId, Person } from '../../sandbox/sandbox.ts';
import { openTestStore } from '../support/empty-store.ts';
import { closingCardFor } from '../../src/views/closing-card.ts';
import { createTeam, startTestBot, testConfig } from '../support/bot.ts';
import type { Team, TestBot, TestBotOptions } from '../support/bot.ts';
import { partsOf, textOf } from '../views/support.ts';

export interface Running extends Team {
  running: TestBot;
  /** Stops the bot and starts it again on the same database. */
  restart(): Promise<void>;
  /** Ends everything; throws when anything said to Discord was not as Discord describes it. */
  end(): Promise<void>;
}

/** What the config file holds where nothing else is said: everyone who sees a project channel reads its logs. */
export const OPEN_TO_ALL: NonNullable<TestBotOptions['config']> = {
  workspaces: [{ match: 'project-*', type: 'project', coordinator: 'nanobot', owners: ['everyone'] }],
};

/** A team whose channel is recorded, and whose members can use the bot's commands. */
export async function startTeam(options: Partial<TestBotOptions> = {}): Promise<Running> {
  const team = await createTeam('project-site');
  const { now } = options;
  const { workLogs, escalations, insights } = testConfig({ discord: team.discord, config: options.config });
  const store = await openTestStore({
    path: ':memory:',
    card: closingCardFor(workLogs),
    escalations,
    insights,
    now,
  });
  const start = async () => {
    const bot = await startTestBot({
      discord: team.discord,
      bot: team.bot,
      config: OPEN_TO_ALL,
      db: store,
      ...options,
    });
    await deployed(bot);
    await bot.settled();
    return bot;
  };
  const all: Running = {
    ...team,
    running: await start(),
    async restart() {
      await all.running.stop();
      all.running = await start();
    },
    async end() {
      await all.running.stop();
      await store.close();
      await team.discord.close();
    },
  };
  return all;
}

/** Resolves when the commands are there. */
export async function deployed(bot: TestBot): Promise<void> {
  while (!bot.logged().some((line) => line.includes('The commands are deployed'))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export type Options = Parameters<ReturnType<Person['in']>['command']>[1];

/** What a person gets for a command, and what it says. Rejects when anyone else could read it. */
export async function ask(
  person: Person,
  place: HasId,
  command: string,
  options: Options = {},
): Promise<{ reply: APIMessage; text: string }> {
  const run = await person.in(place).command(command, options);
  const reply = await run.reply();
  if (!run.ephemeral) throw new Error('The answer is there for all to read');
  return { reply, text: wordsOf(reply) };
}

export interface ForgedOption {
  name: string;
  type: number;
  value?: string | number;
  options?: ForgedOption[];
}

/** What a client that checks nothing is told: it sends what it likes and names channels that are hidden from its user. */
export async function forge(
  team: Team,
  person: Person,
  command: { name: string; options: ForgedOption[] },
): Promise<string> {
  const { core } = person.in(team.channel);
  const channels = command.options
    .flatMap(({ options = [] }) => options)
    .filter(({ type }) => type === 7)
    .map(({ value: id }) => [id, { id, type: 0 }]);
  const interaction = openInteraction(core, {
    type: 2,
    applicationId: team.bot.id,
    userId: person.id,
    channelId: team.channel.id,
    data: {
      id: '1099000000000000001',
      type: 1,
      ...command,
      resolved: { channels: Object.fromEntries(channels) },
    },
  });
  return wordsOf(await (await runOf(core, interaction)).reply());
}

/** All that a message says, as a person sees it. */
export function wordsOf(message: APIMessage): string {
  return [message.content, textOf({ components: (message.components ?? []) as never })].join('\n').trim();
}

/** The custom id of a button or select, by its label or placeholder. */
export function idOf(message: APIMessage, label: string): string {
  const parts = partsOf({ components: (message.components ?? []) as never });
  const part = parts.find((part) => part['label'] === label || part['placeholder'] === label);
  if (!part) throw new Error(`No component is called “${label}”`);
  return String(part['custom_id']);
}

/** Ben asks and the researcher answers, n messages in all. */
export async function converse(team: Running, place: HasId, n: number, topic = 'login'): Promise<void> {
  const question = team.ben.in(place).send(`Please look at the ${topic}`);
  for (let i = 2; i <= n; i++) {
    team.researcher.in(place).send({ content: `finding ${i} on ${topic}`, replyTo: question });
  }
  await team.running.settled();
}
