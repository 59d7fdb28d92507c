import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { ConfigError, StartupError, UserError } from '../errors.ts';
import { addBackup, addRestore } from './backup.ts';
import { addExplain } from './explain.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { addMcp } from './mcp.ts';
import { addHow } from './how.ts';
import { addRetention } from './retention.ts';
import { columnsOf, showsColour } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { addWorkspaceLogs } from './workspace-logs.ts';

/** Exit codes: the question cannot be answered; the command or the configuration is wrong. */
const FAILED = 1;
const MISUSED = 2;

/** Runs the command line `args` and returns its exit code. All that it has to say goes to the terminal. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await programFor(terminal).parseAsync(args, { from: 'user' });
    return terminal.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
    terminal.stderr.write(`${wordsOf(error)}\n`);
    return error instanceof ConfigError ? MISUSED : FAILED;
  }
}

function programFor(terminal: Terminal): Command {
  const program = new Command('work-logs')
    .description(
      'What your AI agents really did, from the log that the bot keeps: it may go on running meanwhile.',
    )
    .version(manifest.version, '-V, --version', 'tell the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(hinted(text)),
      getOutHelpWidth: () => columnsOf(terminal),
      getErrHelpWidth: () => columnsOf(terminal),
      getOutHasColors: () => showsColour(terminal),
      getErrHasColors: () => false,
    })
    .addHelpText('after', `\n${NOTES}\n`);
  for (const add of [
    addExplain,
    addHow,
    addWorkspaceLogs,
    addExport,
    addRetention,
    addBackup,
    addRestore,
    addMcp,
    addDoctor,
  ])
    add(program, terminal);
  return program;
}

const NOTES = `\
Whoever can read the database reads everything here; --as shows what one person would see in Discord now, by its permissions.
The database and the config file are those of the bot: .env and the environment say where they are.

In a shell, # begins a comment: write -w general or -w "#general".
Exit codes: 0 well, 1 no answer or something broken, 2 wrong command or configuration.`;

/** A name with an unquoted # never arrives. */
function hinted(message: string): string {
  if (!/option '-w,.*argument missing/.test(message)) return message;
  return `${message.trimEnd()}\nIn a shell, # begins a comment: write -w general or -w "#general".\n`;
}

/** What the operator can mend is said in its own words; for the rest, the way to the fault helps more. */
function wordsOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartupError || error instanceof UserError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
