import { parseArgs } from 'node:util';
import { ConfigError } from './errors.ts';

/** What `npm start -- …` can be told. */
export interface Arguments {
  /** What is played is played at once. */
  fast: boolean;
  /** A file of conversations to be played; undefined: none. */
  replay: string | undefined;
}

const USAGE = 'Use: npm start, npm start -- --fast, or npm start -- --replay FILE [--fast].';

/** @throws ConfigError when there is something else */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const options = { fast: { type: 'boolean', default: false }, replay: { type: 'string' } } as const;
    const { fast, replay } = parseArgs({ args: [...args], options }).values;
    return { fast, replay };
  } catch (error) {
    const [reason] = (error as Error).message.split(/(?<=[^.])\. /);
    throw new ConfigError(`${reason!.replace(/\.$/, '')}. ${USAGE}`);
  }
}
