import { once } from 'node:events';
import { startSandbox } from '../sandbox.ts';
import type { Cast } from './cast.ts';
import { address, invitation } from './guide.ts';
import { Night } from './night.ts';
import type { LeapListener } from './night.ts';
import { nightShow } from './night-show.ts';
import { atOnce, readable } from './pace.ts';
import { MORNING } from './page-guide.ts';
import type { Tempo } from './player.ts';
import { replayShow } from './replay-show.ts';
import { Programs } from './programs.ts';
import type { Door } from './programs.ts';
import { awaitDecisions } from './sequels.ts';
import type { Show } from './show.ts';
import { heardFrom } from './story.ts';
import { createStage, showTyped } from './stage.ts';
import type { Stage } from './stage.ts';
import { Client } from './terminal/client.ts';
import { prompt } from './terminal/prompt.ts';
import { Seat } from './terminal/seat.ts';

export { InputError } from '../replay/conversations.ts';

export interface LocalDiscordOptions {
  /** The user name of the bot that this Discord is for. */
  bot: string;
  /** IANA name: by whose clock the times of the story are meant. */
  timezone: string;
  /** Plays the conversations of this file instead of the agents' night. */
  replay?: string | undefined;
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  /** Plays without pauses. */
  fast: boolean;
  /** Said below the address. */
  notes?: readonly string[];
}

/** A Discord on 127.0.0.1 with people and agents in it, for those without an account. */
export interface LocalDiscord {
  /** Where a browser finds it. */
  url: string;
  /** The REST base, without a version. */
  api: string;
  /** The bot's token. */
  token: string;
  /** The time here, ms UTC. It goes on as everywhere, but leaps now and then. */
  now(): number;
  /** Tells of each leap of the time; a leap is over when `listener` resolves. */
  onLeap(listener: LeapListener): void;
  /**
   * To be called when the bot is ready: it is put to use, agents work, and what it tells of that is printed. `door`: where their programs
   * reach it; null: nowhere.
   */
  play(door: Door | null): Promise<void>;
  /** At a terminal, takes commands until the person leaves; elsewhere stays until {@link LocalDiscord.close}. */
  talk(): Promise<void>;
  /** Ends all that runs here; play and talk then resolve. */
  close(): Promise<void>;
}

/** @throws InputError when the file to replay is none */
export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  const show = options.replay === undefined ? nightShow : replayShow(options.replay);
  const night = new Night(Date.now(), options.timezone);
  const discord = await startSandbox({ clock: night.clock });
  const cast = show.assemble(discord, options.bot);
  const stage = createStage(discord, options.output);
  const seat = new Seat(cast, stage, cast.owner, cast.channels.get(show.opening(cast))!.id);
  const client = new Client(cast, stage, seat);
  const isTerminal = options.input.isTTY === true && options.output.isTTY === true;
  const closing = new AbortController();
  const hangGuide = guideFor(show, cast, night);
  hangGuide(false);
  stage.screen.print(address(cast, stage.screen, options.notes ?? []));
  return {
    url: discord.url,
    api: discord.api,
    token: cast.guest.token,
    now: night.clock.now,
    onLeap: (listener) => void night.listeners.add(listener),
    play: untilClosed(closing.signal, async (signal, door: Door | null) => {
      const programs = door && new Programs(door, stage, signal);
      const tempo: Tempo = {
        report: async (...said) => programs?.report(...said),
        pace: options.fast ? atOnce : readable,
        leapTo: (time) => night.leapTo(time),
        answered: (message) => heardFrom(cast, { id: message.channelId }, message),
      };
      await perform(show, { cast, stage, seat, client, tempo, programs }, signal);
      hangGuide(true);
      stage.screen.print(isTerminal ? show.suggestions(stage.screen) : invitation(cast, stage.screen));
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

/** Returns what hangs the guide up as it is now. */
function guideFor(show: Show, cast: Cast, night: Night): (isTold: boolean) => void {
  const hang = (isTold: boolean) => {
    const jump = async () => {
      await night.leapTo(MORNING);
      hang(isTold);
    };
    cast.discord.showGuide(show.guide(cast, { night, isTold, jump }));
  };
  return hang;
}

interface Theatre {
  cast: Cast;
  stage: Stage;
  seat: Seat;
  client: Client;
  tempo: Tempo;
  programs: Programs | null;
}

async function perform(
  show: Show,
  { cast, stage, seat, client, tempo, programs }: Theatre,
  signal: AbortSignal,
): Promise<void> {
  stage.screen.print(show.welcome(cast, stage.screen));
  stage.transcript.follow(() => seat.person);
  const type = async (line: string) => {
    await client.offers(line, DEPLOY_PATIENCE, signal);
    showTyped(seat.label, line, stage);
    await client.enter(line, nobodyThere);
  };
  const { sequels } = show;
  awaitDecisions(sequels, cast, tempo, signal, (error) => stage.screen.print([String(error)]));
  const employ = async (agents: readonly string[]) => {
    for (const agent of programs ? agents : [])
      await programs?.employ(agent, cast, () => type(`/bot token create bot:@${agent}`));
  };
  await show.tell({ go: (channel: string) => seat.go(channel), type, employ }, cast, tempo, signal);
}

/** How long a bot may take to make its commands known, ms. */
const DEPLOY_PATIENCE = 30_000;

/** Closing ends the work; that is no failure of it. */
function untilClosed<A extends unknown[]>(
  signal: AbortSignal,
  work: (signal: AbortSignal, ...args: A) => Promise<void>,
): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      if (!signal.aborted) await work(signal, ...args);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
}

const nobodyThere = () => Promise.reject(new Error('Nobody is there yet to fill in a form.'));
