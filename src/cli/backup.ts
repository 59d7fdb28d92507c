import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { StartupError } from '../errors.ts';
import { backUp, restore } from '../store/backup.ts';
import type { Progress } from '../store/backup.ts';
import type { Terminal } from './terminal.ts';

/** `work-logs backup`: a copy of the database, made while the bot runs. */
export function addBackup(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .summary('copy the database, while the bot runs')
    .description(
      'Copy the database into a new file, as it is at this moment. The bot may go on recording meanwhile.',
    )
    .argument('<file>', 'which does not exist yet')
    .action(async (file: string) => {
      const bar = progressBar(terminal);
      await backUp(databaseOf(terminal), resolve(terminal.cwd, file), bar.show);
      bar.end();
      terminal.stderr.write(`The database is copied to ${file}.\n`);
    });
}

/** `work-logs restore`: puts a copy in the place of the database. */
export function addRestore(program: Command, terminal: Terminal): void {
  program
    .command('restore')
    .summary('put a copy in the place of the database')
    .description(
      'Put a copy made by "work-logs backup" in the place of the database, while no bot runs. The database that was there is kept under ' +
        'another name. People who asked to be forgotten since the copy was made are in it again, and those who opted out are recorded.',
    )
    .argument('<file>', 'the copy')
    .action(async (file: string) => {
      const kept = await restore(resolve(terminal.cwd, file), databaseOf(terminal), terminal.now());
      const before =
        kept === null ? '' : ` What was there before is ${kept}: delete it when you need it no more.`;
      terminal.stderr.write(`The database is restored from ${file}.${before}\n`);
    });
}

function databaseOf(terminal: Terminal): string {
  const { dbPath, memoryBecause } = loadConfig(terminal);
  if (memoryBecause !== null) throw new StartupError(`${memoryBecause}: there is no file to copy.`);
  return dbPath;
}

const WIDTH = 30;

/** On a terminal alone. */
function progressBar({ stderr }: Terminal) {
  return {
    show({ done, total }: Progress): void {
      if (stderr.isTTY !== true || total === 0) return;
      const filled = Math.round((done / total) * WIDTH);
      const percent = Math.floor((done / total) * 100);
      stderr.write(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent} %`);
    },
    end(): void {
      if (stderr.isTTY === true) stderr.write('\n');
    },
  };
}
