import type { Config } from '../config.ts';

/** What the configuration keeps the bot from doing, in words for the log: people forget what they have switched off. */
export function noticesOf({ memoryBecause, workLogs }: Pick<Config, 'memoryBecause' | 'workLogs'>): string[] {
  return [
    workLogs.enabled ? null : 'Nothing is recorded: work_logs.enabled is false in the config file.',
    workLogs.silent
      ? 'Nothing is posted unless somebody asks: work_logs.silent is true in the config file.'
      : null,
    memoryBecause === null ? null : `The log is in memory alone and ends with the bot: ${memoryBecause}.`,
  ].filter((notice) => notice !== null);
}
