import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { InputError, readConversations } from '../sandbox/replay/conversations.ts';
import { formatResults } from './replay/doors/result.ts';
import { checkSessions, playSessions } from './replay/doors/sessions.ts';
import { throughDoor } from './replay/doors/stage.ts';
import { checkTraces, playTraces } from './replay/doors/traces.ts';
import {
  firstDifferences,
  formatDifference,
  formatReports,
  isIdentical,
  summarizeFiles,
} from './replay/report.ts';
import { checkDatabase, record } from './replay/run.ts';
import { withTempDir } from './shared/part.ts';
import { exitOnSignals } from './shared/signals.ts';

interface Options {
  otlp?: string;
  door?: boolean;
  json?: boolean;
  concurrency: number;
  db?: string;
}

/** How many differences are shown in full. */
const SHOWN = 5;

const program = new Command('replay')
  .description(
    `Plays recorded conversations through a local Discord while the bot records them, then checks that its database
holds every message exactly once, in order, with the right author, step, text and handoff.

A file holds one conversation per line, as JSON:
  {"id": "…", "messages": [{"author": "…", "role": "human" | "bot", "content": "…", "to"?: "…"}]}
Each agent speaks through a bot account of its own. Texts over 2000 characters become several messages.`,
  )
  .argument('[files...]', 'NDJSON files')
  .option('--otlp <folder>', 'post the OTLP traces of a folder through the HTTP door instead')
  .option('--door', 'report what the bots of the files did through the HTTP door instead')
  .option('--json', 'print one JSON object on standard output instead of a table')
  .option('--concurrency <n>', 'how many conversations run at once', positiveInteger, 16)
  .option('--db <path>', 'keep the database at this path, which must not exist yet')
  .addHelpText('after', '\nExit codes: 0 all identical, 1 differences or failure, 2 bad input.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

exitOnSignals();
await program.parseAsync();

async function main(files: string[], options: Options): Promise<void> {
  const { json, concurrency, db } = options;
  try {
    if (options.otlp !== undefined || options.door) {
      process.exitCode = await replayDoors(files, options);
      return;
    }
    if (files.length === 0) throw new InputError('Name at least one file');
    const conversations = files.flatMap(readConversations);
    if (db !== undefined && existsSync(db)) throw new InputError(`${db} exists already; name a new file`);
    process.exitCode = await withTempDir(async (dir) => {
      const dbPath = db === undefined ? join(dir, 'replay.db') : resolve(db);
      const startedAt = performance.now();
      const played = await record(conversations, { concurrency, dbPath, dir });
      const seconds = (performance.now() - startedAt) / 1000;
      return print(await checkDatabase(dbPath, played), seconds, json);
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof InputError ? 2 : 1;
  }
}

/** Plays agents' programs, not conversations. */
async function replayDoors(files: readonly string[], { otlp, json, db }: Options): Promise<number> {
  if (db !== undefined && existsSync(db)) throw new InputError(`${db} exists already; name a new file`);
  if (otlp === undefined && files.length === 0) throw new InputError('Name at least one file');
  const results = await withTempDir((dir) => {
    const stage = { dbPath: db === undefined ? join(dir, 'replay.db') : resolve(db), dir };
    return otlp === undefined
      ? throughDoor(stage, (client) => playSessions(client, files), checkSessions)
      : throughDoor(stage, (client) => playTraces(client, otlp), checkTraces);
  });
  const identical = results.every(({ wrong }) => wrong.length === 0);
  if (json) console.log(JSON.stringify({ identical, files: results }));
  else console.log(`${formatResults(results)}\n\n${identical ? '✓ all as reported' : '✗ not as reported'}`);
  return identical ? 0 : 1;
}

function print(checked: Awaited<ReturnType<typeof checkDatabase>>, seconds: number, json = false): number {
  const files = summarizeFiles(checked);
  const identical = isIdentical(files);
  const differences = firstDifferences(checked, SHOWN);
  if (json) {
    console.log(JSON.stringify({ identical, seconds, files, differences }));
  } else {
    console.log(formatReports(files));
    for (const difference of differences) console.log(`\n${formatDifference(difference)}`);
    console.log(`\n${identical ? '✓ all identical' : '✗ not identical'}, ${seconds.toFixed(1)} s`);
  }
  return identical ? 0 : 1;
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return Number(text);
}
