import { createWriteStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import { exportOf } from '../discord/export.ts';
import { toRecord } from '../domain/entry-record.ts';
import { recordSetting } from '../domain/session-record.ts';
import { StartupError } from '../errors.ts';
import { PRIVATE_FILE } from '../store/private-file.ts';
import type { Archive, Found, Wanted } from './archive.ts';
import { asOption, sessionOption, workspaceOption } from './options.ts';
import type { Terminal } from './terminal.ts';
import { withArchive } from './with-archive.ts';

const FORMATS = ['json', 'ndjson'] as const;

interface Options extends Wanted {
  as?: string;
  format: (typeof FORMATS)[number];
  out?: string;
}

/** `work-logs export`: a session as data. */
export function addExport(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .summary('give a session as data')
    .description(
      'Give a session as data: the latest one, unless you say which. json is its artifact for other agents ' +
        '(schema work-log-v1), ndjson all that is known of each step, one a line.',
    )
    .addOption(workspaceOption('the latest session of this workspace'))
    .addOption(sessionOption())
    .addOption(asOption())
    .addOption(new Option('--format <format>', 'as what').choices(FORMATS).default('json'))
    .option('--out <file>', 'write it to this file (default: standard output)')
    .action((options: Options) =>
      withArchive(terminal, options.as, async (archive) => {
        const found = await archive.session(options);
        const data = options.format === 'json' ? artifact(archive, found) : records(archive, found);
        if (options.out === undefined) for await (const chunk of data) terminal.stdout.write(chunk);
        else await writeTo(options.out, data, archive.config.dbPath, terminal);
      }),
    );
}

/** The same as /export gives in Discord, but however large. */
async function* artifact({ store, config, at }: Archive, found: Found): AsyncGenerator<string> {
  yield (await exportOf({ store, config, now: () => at }, found, 'json', Infinity)).body;
}

async function* records(archive: Archive, { workspace, log }: Found): AsyncGenerator<string> {
  const { sessionId } = log;
  const setting = recordSetting(workspace, await archive.store.sessions.participants(sessionId));
  for await (const entry of archive.steps({ sessionId }))
    yield `${JSON.stringify(toRecord(entry, setting))}\n`;
}

async function writeTo(out: string, data: AsyncIterable<string>, dbPath: string, terminal: Terminal) {
  const file = resolve(terminal.cwd, out);
  if (FILES_OF_DATABASE.some((suffix) => isSame(file, `${dbPath}${suffix}`)))
    throw new StartupError(`${out} belongs to the database of the bot. Name another file with --out.`);
  try {
    await pipeline(Readable.from(data), createWriteStream(file, { mode: PRIVATE_FILE }));
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new StartupError(`${out} cannot be written (${code}). Name another file with --out.`, {
      cause: error,
    });
  }
  terminal.stderr.write(`Written to ${out}.\n`);
}

const FILES_OF_DATABASE = ['', '-wal', '-shm', '.lock'];

function isSame(file: string, other: string): boolean {
  const [a, b] = [file, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}
