import type { APIMessage } from 'discord.js';
import type { Bot } from '../../sandbox/sandbox.ts';
import type { TestBotOptions } from '../support/bot.ts';
import { ask, idOf, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

export const SHORT = 'I prefer short summaries first';

export interface Learners extends Running {
  /** A second bot: what the researcher learned is for it, and the other way round. */
  coder: Bot;
}

/** A team in which Ana, who owns the server, decides; Ben only sees the channel. Both bots have said hello. */
export async function startLearners(
  config: NonNullable<TestBotOptions['config']> = {},
  now = Date.now,
): Promise<Learners> {
  const workspaces = [{ match: 'project-*', type: 'project' as const }];
  const team = await startTeam({ config: { workspaces, ...config }, now });
  const coder = team.discord.createBot({ username: 'coder' });
  team.guild.add(coder);
  for (const bot of [coder, team.researcher]) bot.in(team.channel).send('hello');
  return Object.assign(team, { coder });
}

/** What a person gets for `/insights review`: Ana, where nobody else is named. */
export const review = (team: Running, person = team.ana) => ask(person, team.channel, 'insights review');

/** Presses a button, and gives what is said then. */
export async function press(
  team: Running,
  reply: APIMessage,
  label: string,
  person = team.ana,
): Promise<string> {
  const run = await person.in(team.channel).click(reply, idOf(reply, label));
  return wordsOf(await run.reply());
}
