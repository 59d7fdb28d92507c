import type { Command } from 'commander';
import { answersTo } from '../answer.ts';
import { coverageOfFound } from '../coverage.ts';
import { toRecord } from '../domain/entry-record.ts';
import { recordSetting } from '../domain/session-record.ts';
import { howView } from '../views/how.ts';
import type { Hit } from '../views/how.ts';
import { withArchive } from './archive.ts';
import type { Archive } from './archive.ts';
import { lookOf } from './look.ts';
import { countFrom, jsonOption, workspaceOption } from './options.ts';
import { renderView } from './render/view.ts';
import { printJson, printLines } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Options {
  workspace?: string;
  limit: number;
  json?: boolean;
}

/** As many as an answer in Discord has, and as many as its components allow. */
const HITS = { usual: 5, most: 25 };

/** `work-logs how`: the steps that answer a plain question. */
export function addHow(program: Command, terminal: Terminal): void {
  program
    .command('how')
    .summary('ask how something was decided, found or done')
    .description('Ask how something was decided, found or done, as you would ask a colleague.')
    .argument('<question...>', 'why did you escalate, what did @researcher find')
    .addOption(workspaceOption('look in this workspace alone'))
    .option('-n, --limit <n>', 'how many steps', countFrom(HITS.most), HITS.usual)
    .addOption(jsonOption())
    .action((words: string[], options: Options) =>
      withArchive(terminal, (archive) => how(archive, words.join(' '), options, terminal)),
    );
}

async function how(archive: Archive, asked: string, options: Options, terminal: Terminal): Promise<void> {
  const searched = [...archive.chosen(options.workspace)];
  const { question, ranked } = await answersTo(asked, searched, archive.store);
  const hits = await hitsOf(archive, ranked.slice(0, options.limit));
  if (!options.json) {
    const coverage = await coverageOfFound(archive.store, searched, hits, archive.at);
    const answer = howView({ asked, question, hits, searched, coverage, asksHelp: false, now: archive.at });
    printLines(terminal, await renderView(answer, lookOf(archive, terminal)));
    return;
  }
  const entries = hits.map(async ({ workspace, log, entry }) => {
    const participants = await archive.store.sessions.participants(log.sessionId);
    return { ...toRecord(entry, recordSetting(workspace, participants)), query: log.query };
  });
  const places = searched.map(({ name }) => `#${name}`);
  printJson(terminal, { question: asked, searched: places, entries: await Promise.all(entries) });
}

async function hitsOf(archive: Archive, ranked: readonly Pick<Hit, 'entry'>[]): Promise<Hit[]> {
  const found = ranked.map(async ({ entry }) => {
    const session = await archive.bySession(entry.sessionId);
    return session && { ...session, entry };
  });
  return (await Promise.all(found)).filter((hit) => hit !== null);
}
