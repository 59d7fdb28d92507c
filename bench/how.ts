import { join } from 'node:path';
import { Command } from 'commander';
import { askAll } from './how/measure.ts';
import { readAnnotated } from './how/questions.ts';
import type { Annotated } from './how/questions.ts';
import { recordAll } from './how/recording.ts';
import { report } from './how/report.ts';
import { InputError } from './replay/conversations.ts';
import { formatPart, isMet, withTempDir } from './shared/part.ts';
import type { PartResult } from './shared/part.ts';
import { showProgress } from './shared/progress.ts';
import { exitOnSignals } from './shared/signals.ts';

const program = new Command('bench:how')
  .description(
    `Measures how well /how finds the step that people speak of: each annotation of a recorded conversation is asked as a question in
the conversation's own workspace, with all the others in the same database.

A file holds one conversation per line, as JSON; those without "failure" are recorded, too:
  {"id": "…", "messages": [{"author": "…", "role": "human" | "bot", "content": "…", "to"?: "…"}],
   "failure"?: {"step": index of the message at fault, "reason": "what is asked"}}`,
  )
  .argument('<file>', 'NDJSON file')
  .option('--json', 'print one JSON object on standard output instead of a table', false)
  .addHelpText('after', '\nExit codes: 0 all targets met, 1 a target missed or failure, 2 bad input.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

exitOnSignals();
await program.parseAsync();

async function main(file: string, { json }: { json: boolean }): Promise<void> {
  try {
    const part = await measure(readAnnotated(file), file);
    const met = part.checks.every(isMet);
    console.log(json ? JSON.stringify({ ...part.figures, met }) : formatPart(part));
    process.exitCode = met ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof InputError ? 2 : 1;
  }
}

function measure(conversations: readonly Annotated[], file: string): Promise<PartResult> {
  if (!conversations.some(({ failure }) => failure))
    throw new InputError(`${file}: no conversation has a "failure"`);
  return withTempDir(async (dir) => {
    const progress = showProgress('how: conversations', conversations.length);
    const recording = await recordAll(conversations, join(dir, 'how.db'), progress.update);
    progress.stop();
    try {
      return report(await askAll(conversations, recording));
    } finally {
      await recording.backend.close();
    }
  });
}
