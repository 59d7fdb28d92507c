import { startBot } from '../shared/bot-process.ts';
import type { BotProcess } from '../shared/bot-process.ts';
import { startChild } from '../shared/child.ts';
import type { Child } from '../shared/child.ts';
import { watchRecorded } from '../shared/recorded.ts';
import { waitUntilReached } from '../shared/wait.ts';
import { recordingConfig } from './channels.ts';
import type { Flood } from './flood.ts';
import { join } from 'node:path';

export const FLOOD = join(import.meta.dirname, 'flood.ts');

/** The real bot, recording a flood into a file. */
export interface FloodedBot {
  flood: Child<Flood>;
  bot: BotProcess;
  /** Resolves when so many messages in all are durable. */
  durable(total: number): Promise<void>;
  /** Resolves when so many in all are steps. */
  recorded(total: number): Promise<void>;
  /** Resolves when the search index has so many in all: until then the bot keeps a core busy. */
  searchable(total: number): Promise<void>;
  stop(): Promise<void>;
}

const STALL_MS = 30_000;
/** How finely the moment is seen at which the last message is durable. */
const POLL_MS = 5;
const INDEX_POLL_MS = 50;

interface FloodedBotOptions {
  /** An empty directory. */
  dir: string;
  maskSecrets: boolean;
  /** A module that is loaded into each of the bot's threads. */
  hook?: string;
}

/** Starts a flood and a bot that is ready to record it. */
export async function startFloodedBot({ dir, maskSecrets, hook }: FloodedBotOptions): Promise<FloodedBot> {
  const flood = startChild<Flood>(FLOOD);
  const { channels, ...address } = await flood.call.address();
  const dbPath = join(dir, 'flood.db');
  const bot = startBot({ ...address, dbPath, dir, config: recordingConfig(maskSecrets), hook });
  const wait = (what: string, read: () => number | Promise<number>, target: number, pollMs: number) => {
    const whileRunning = () => {
      bot.demandRunning();
      return read();
    };
    return waitUntilReached(whileRunning, target, { what, stallMs: STALL_MS, pollMs });
  };
  await wait('The mapping of channels', () => flood.call.announced(), channels, 100);
  const counts = watchRecorded(dbPath);
  return {
    flood,
    bot,
    durable: (total) => wait('Writing down', counts.durable, total, POLL_MS),
    recorded: (total) => wait('Recording', counts.recorded, total, POLL_MS),
    searchable: (total) => wait('The search index', counts.searchable, total, INDEX_POLL_MS),
    async stop() {
      counts.close();
      await bot.stop();
      flood.stop();
    },
  };
}
