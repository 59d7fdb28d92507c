import type { APIMessage } from 'discord.js';
import { afterEach, beforeEach } from 'vitest';
import { ask, startTeam } from '../commands/support.ts';
import type { Options, Running } from '../commands/support.ts';
import { asking, said } from '../support/escalations.ts';
import type { TestBotOptions } from '../support/bot.ts';

type Config = NonNullable<TestBotOptions['config']>;

/** Starts a team for a test, with a clock that can be set ahead, and ends it after the test. For the top of a file. */
export function escalationTeam() {
  let team: Running | undefined;
  let ahead = 0;
  beforeEach(() => {
    ahead = 0;
  });
  afterEach(async () => {
    await team?.end();
    team = undefined;
  });
  return {
    /** Ana, who owns the server, decides unless somebody else is named. */
    async start(config: Config = {}): Promise<Running> {
      const workspaces: Config['workspaces'] = [{ match: 'project-*', type: 'project' }];
      team = await startTeam({ config: { workspaces, ...config }, now: () => Date.now() + ahead });
      return team;
    },
    /** Sets the clock ahead without a word to the bot. */
    pass(ms: number): void {
      ahead += ms;
    },
    async later(running: Running, ms: number): Promise<void> {
      ahead += ms;
      await running.running.app.store.escalations.advance(Date.now() + ahead, 1000);
      await said(running);
    },
  };
}

export async function map(running: Running, options: Options): Promise<string> {
  return (await ask(running.ana, running.channel, 'workspace map', { type: 'project', ...options })).text;
}

export const pinged = ({ mentions, mention_roles }: APIMessage) => [
  ...mentions.map(({ id }) => id),
  ...mention_roles,
];

/** The researcher asks for a decision. */
export const asksIn = (
  running: Running,
  fields: Record<string, unknown> = {},
  place: { id: string } = running.channel,
) => running.researcher.in(place).send(asking(fields));
