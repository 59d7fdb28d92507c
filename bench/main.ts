import { Command, InvalidArgumentError } from 'commander';
import { benchAnswers } from './answers.ts';
import { benchDoors } from './doors.ts';
import { benchMemory } from './memory.ts';
import { benchRecording } from './recording.ts';
import { benchRetention } from './retention.ts';
import { formatPart, isMet, withTempDir } from './shared/part.ts';
import type { PartOptions, PartResult } from './shared/part.ts';
import { exitOnSignals } from './shared/signals.ts';
import { benchReports } from './reports.ts';
import { benchStore } from './store.ts';

const PARTS = {
  recording: benchRecording,
  store: benchStore,
  answers: benchAnswers,
  doors: benchDoors,
  memory: benchMemory,
  retention: benchRetention,
  digest: benchReports,
} satisfies Record<string, (options: PartOptions) => Promise<PartResult>>;

type PartName = keyof typeof PARTS;

interface Options {
  json?: boolean;
  quick?: boolean;
  only: PartName[];
}

const program = new Command('bench')
  .description('Measures how fast the bot records and answers, and what memory it needs.')
  .option('--json', 'print one JSON object on standard output instead of tables')
  .option('--quick', 'seconds instead of minutes: shows that everything runs, and judges nothing')
  .option('--only <parts>', `some of: ${Object.keys(PARTS).join(',')}`, partNames, partNames(''))
  .addHelpText('after', '\nExit codes: 0 all targets met, 1 a target missed or a failure, 2 bad usage.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

exitOnSignals();
await program.parseAsync();

async function main({ json = false, quick = false, only }: Options): Promise<void> {
  const results: [PartName, PartResult][] = [];
  for (const name of only) {
    const result = await withTempDir((dir) => PARTS[name]({ quick, dir }));
    results.push([name, result]);
    if (!json) console.log(`${formatPart(result)}\n`);
  }
  const missed = results.flatMap(([, { checks }]) => checks).filter((check) => !isMet(check));
  if (json) console.log(JSON.stringify(report(results, quick)));
  else if (quick) console.log('A quick run: its figures say little and are not judged.');
  process.exitCode = quick || missed.length === 0 ? 0 : 1;
}

function report(results: [PartName, PartResult][], quick: boolean): object {
  const parts = results.map(([name, { figures, checks }]) => {
    const judged = checks.map((check) => ({ ...check, met: isMet(check) }));
    return [name, { ...figures, checks: judged }];
  });
  return { node: process.version, quick, parts: Object.fromEntries(parts) };
}

function partNames(text: string): PartName[] {
  const names = Object.keys(PARTS) as PartName[];
  if (text === '') return names;
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no part "${unknown}".`);
  return names.filter((name) => wanted.includes(name));
}
