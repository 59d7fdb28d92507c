import { once } from 'node:events';
import { startSandbox } from '../sandbox.ts';
import { assemble } from './cast.ts';
import { address, invitation, suggestions, welcome } from './guide.ts';
import { atOnce, readable } from './pace.ts';
import { pageGuide } from './page-guide.ts';
import { createStage, showTyped } from './stage.ts';
import { tell } from './story.ts';
import { Client } from './terminal/client.ts';
import { prompt } from './terminal/prompt.ts';
import { Seat } from './terminal/seat.ts';

export interface LocalDiscordOptions {
  /** The user name of the bot that this Discord is for. */
  bot: string;
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  /** Plays without pauses. */
  fast: boolean;
}

/** A Discord on 127.0.0.1 with people and agents in it, for those without an account. */
export interface LocalDiscord {
  /** Where a browser finds it. */
  url: string;
  /** The REST base, without a version. */
  api: string;
  /** The bot's token. */
  token: string;
  /** To be called when the bot is ready: it is put to use, agents work, and what it tells of that is printed. */
  play(): Promise<void>;
  /** At a terminal, takes commands until the person leaves; elsewhere stays until {@link LocalDiscord.close}. */
  talk(): Promise<void>;
  /** Ends all that runs here; play and talk then resolve. */
  close(): Promise<void>;
}

export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  const discord = await startSandbox();
  const cast = assemble(discord, options.bot);
  const stage = createStage(discord, options.output);
  const seat = new Seat(cast, stage, cast.people.get('ana')!, cast.channels.get('general')!.id);
  const client = new Client(cast, stage, seat);
  const isTerminal = options.input.isTTY === true && options.output.isTTY === true;
  const closing = new AbortController();
  discord.showGuide(pageGuide(cast));
  stage.screen.print(address(cast, stage.screen));
  return {
    url: discord.url,
    api: discord.api,
    token: cast.guest.token,
    play: untilClosed(closing.signal, async (signal) => {
      stage.screen.print(welcome(cast, stage.screen));
      stage.transcript.follow(() => seat.person);
      const type = async (line: string) => {
        await client.offers(line, DEPLOY_PATIENCE, signal);
        showTyped(seat.label, line, stage);
        await client.enter(line, nobodyThere);
      };
      const owner = { go: (channel: string) => seat.go(channel), type };
      await tell(owner, cast, options.fast ? atOnce : readable, signal);
      stage.screen.print(isTerminal ? suggestions(stage.screen) : invitation(cast, stage.screen));
    }),
    talk: untilClosed(closing.signal, async (signal) => {
      if (isTerminal) await prompt(client, seat, stage.screen, options, signal);
      else await once(signal, 'abort');
    }),
    async close() {
      closing.abort();
      await discord.close();
    },
  };
}

/** How long a bot may take to make its commands known, ms. */
const DEPLOY_PATIENCE = 30_000;

/** Closing ends the work; that is no failure of it. */
function untilClosed(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): () => Promise<void> {
  return async () => {
    try {
      if (!signal.aborted) await work(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
}

const nobodyThere = () => Promise.reject(new Error('Nobody is there yet to fill in a form.'));
