import { join } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../sandbox/replay/conversations.ts';
import { formatPart, isMet, withTempDir } from '../shared/part.ts';
import type { PartResult } from '../shared/part.ts';
import { showProgress } from '../shared/progress.ts';
import { exitOnSignals } from '../shared/signals.ts';
import { readAnnotated } from './questions.ts';
import type { Annotated } from './questions.ts';
import { recordAll } from './recording.ts';
import type { Recording } from './recording.ts';

/** What is measured on conversations that somebody has annotated, once they are recorded. */
export interface AnnotatedBench {
  /** As in `npm run <name>`. */
  name: string;
  /** What it measures; how a file has to be follows. */
  description: string;
  measure(conversations: readonly Annotated[], recording: Recording): Promise<PartResult>;
}

const FILE = `
A file holds one conversation per line, as JSON; those without "failure" are recorded, too:
  {"id": "…", "messages": [{"author": "…", "role": "human" | "bot", "content": "…", "to"?: "…"}],
   "failure"?: {"step": index of the message at fault, "reason": "why it is", "agent"?: "whose fault"}}`;

/** Runs a measurement as a program: arguments in, a table or one JSON object out. */
export async function runOnAnnotated(bench: AnnotatedBench): Promise<void> {
  const program = new Command(bench.name)
    .description(`${bench.description}\n${FILE}`)
    .argument('<file>', 'NDJSON file')
    .option('--json', 'print one JSON object on standard output instead of a table', false)
    .addHelpText('after', '\nExit codes: 0 all targets met, 1 a target missed or failure, 2 bad input.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (file: string, { json }: { json: boolean }) => {
      process.exitCode = await run(bench, file, json);
    });
  exitOnSignals();
  await program.parseAsync();
}

async function run(bench: AnnotatedBench, file: string, json: boolean): Promise<number> {
  try {
    const part = await recordAndMeasure(bench, file);
    const met = part.checks.every(isMet);
    console.log(json ? JSON.stringify({ ...part.figures, met }) : formatPart(part));
    return met ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof InputError ? 2 : 1;
  }
}

function recordAndMeasure({ name, measure }: AnnotatedBench, file: string): Promise<PartResult> {
  const conversations = readAnnotated(file);
  if (!conversations.some(({ failure }) => failure))
    throw new InputError(`${file}: no conversation has a "failure"`);
  return withTempDir(async (dir) => {
    const progress = showProgress(`${name}: conversations`, conversations.length);
    const recording = await recordAll(conversations, join(dir, 'recorded.db'), progress.update);
    progress.stop();
    try {
      return await measure(conversations, recording);
    } finally {
      await recording.backend.close();
    }
  });
}
