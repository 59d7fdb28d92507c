import { Command, InvalidArgumentError } from 'commander';
import { possibleFaults } from './faults/kinds.ts';
import { report } from './faults/report.ts';
import { hasFaults, runFaults } from './faults/run.ts';
import type { Round } from './faults/run.ts';
import { formatPart, isMet, withTempDir } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';
import { exitOnSignals } from './shared/signals.ts';

interface Options {
  rounds: number;
  seed: number;
  only?: string[];
  json: boolean;
}

const program = new Command('test:faults')
  .description(
    `Runs the bot as a process of its own against a local Discord in which several agents talk all the time, lets one thing after the
other go wrong, and looks after each whether everything is recorded exactly once.`,
  )
  .option('--rounds <n>', 'how many things go wrong', wholeNumber, 200)
  .option(
    '--seed <n>',
    'chooses them and what is said; the order of events is as the machine has it',
    wholeNumber,
    1,
  )
  .option('--only <names...>', `only these: ${possibleFaults().join('; ')}`, faultNames)
  .option('--json', 'print one JSON object on standard output instead of a table', false)
  .addHelpText('after', '\nExit codes: 0 nothing lost or doubled, 1 something was or a failure, 2 bad usage.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

exitOnSignals();
await program.parseAsync();

async function main({ rounds, seed, only, json }: Options): Promise<void> {
  const outcome = await withTempDir(async (dir) => {
    const progress = showProgress('faults: rounds', rounds);
    try {
      return await runFaults({
        rounds,
        seed,
        kinds: only ?? possibleFaults(),
        dir,
        onRound: (round, done) => {
          tell(round, done);
          progress.update(done);
        },
      });
    } finally {
      progress.stop();
    }
  });
  for (const end of outcome.ownEnds) console.error(`The bot ended by itself: ${end}\n`);
  const part = report(outcome, seed);
  const met = part.checks.every(isMet);
  console.log(json ? JSON.stringify({ ...part.figures, met }) : formatPart(part));
  process.exitCode = met ? 0 : 1;
}

/** For whoever looks for the cause. */
function tell({ fault, findings, said }: Round, n: number): void {
  if (hasFaults(findings)) console.error(`round ${n}, ${fault}: ${JSON.stringify(findings)}\n${said}\n`);
}

/** @throws InvalidArgumentError */
function faultNames(name: string, before: string[] | undefined): string[] {
  if (!possibleFaults().includes(name))
    throw new InvalidArgumentError(`There is no such fault here: "${name}".`);
  return [...(before ?? []), name];
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return number;
}
