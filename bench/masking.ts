import { Command } from 'commander';
import { createMasker } from '../src/masking/mask.ts';
import { measureHeap } from './masking/heap.ts';
import { InputError, readLines } from './masking/lines.ts';
import { measureQuality } from './masking/quality.ts';
import { report } from './masking/report.ts';
import { measureSpeed } from './masking/speed.ts';
import { formatPart, isMet } from './shared/part.ts';
import { exitOnSignals } from './shared/signals.ts';

const program = new Command('bench:masking')
  .description(
    `Measures what the masking of secrets and personal data finds, what it alters without need, and what it costs.

A file holds one text per line, as JSON:
  {"id": "…", "text": "…", "secret": ["what must not survive", …], "kind": "secret" | "pii", "positive": true | false, "rule": "…", "trap"?: "…"}
A line that is not positive must survive as it is, unless its rule is the name of another detector, whose own fake keys it holds.`,
  )
  .argument('<file>', 'NDJSON file')
  .option('--json', 'print one JSON object on standard output instead of a table', false)
  .addHelpText('after', '\nExit codes: 0 all targets met, 1 a target missed or failure, 2 bad input.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

exitOnSignals();
await program.parseAsync();

function main(file: string, { json }: { json: boolean }): void {
  try {
    const lines = readLines(file);
    const masker = createMasker();
    const quality = measureQuality(masker, lines);
    const speed = measureSpeed(masker, lines);
    const part = report(quality, speed, measureHeap(masker, lines));
    console.log(json ? JSON.stringify({ ...part.figures, met: part.checks.every(isMet) }) : formatPart(part));
    process.exitCode = part.checks.every(isMet) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof InputError ? 2 : 1;
  }
}
