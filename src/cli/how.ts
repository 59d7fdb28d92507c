import type { Command } from 'commander';
import { answersTo } from '../answer.ts';
import { coverageOfFound } from '../coverage.ts';
import { toRecord } from '../domain/entry-record.ts';
import { recordSetting } from '../domain/session-record.ts';
import type { Workspace } from '../domain/workspace.ts';
import { howView } from '../views/how.ts';
import type { Hit } from '../views/how.ts';
import type { Archive } from './archive.ts';
import { lookOf } from './look.ts';
import { asOption, countFrom, jsonOption, workspaceOption } from './options.ts';
import { renderView } from './render/view.ts';
import { printJson, printLines } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withArchive } from './with-archive.ts';

interface Options {
  as?: string;
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
    .addOption(asOption())
    .addOption(jsonOption())
    .action((words: string[], options: Options) =>
      withArchive(terminal, options.as, (archive) => how(archive, words.join(' '), options, terminal)),
    );
}

async function how(archive: Archive, asked: string, options: Options, terminal: Terminal): Promise<void> {
  const searched = [...archive.chosen(options.workspace)];
  const partlySearched = await archive.partlySearched(searched);
  const { question, ranked } = await answersTo(asked, searched, archive.store);
  const hits = await hitsOf(archive, ranked, options.limit);
  if (!options.json) {
    const coverage = await coverageOfFound(archive.store, searched, hits, archive.at);
    const found = { question, hits, searched, partlySearched, coverage };
    const answer = howView({ asked, ...found, asksHelp: false, now: archive.at });
    printLines(terminal, await renderView(answer, lookOf(archive, terminal, searched)));
    return;
  }
  const entries = hits.map(async ({ workspace, log, entry }) => {
    const participants = await archive.store.sessions.participants(log.sessionId);
    return { ...toRecord(entry, recordSetting(workspace, participants)), query: log.query };
  });
  printJson(terminal, {
    question: asked,
    searched: namesOf(searched),
    partly_searched: namesOf(partlySearched),
    entries: await Promise.all(entries),
  });
}

function namesOf(workspaces: readonly Workspace[]): string[] {
  return workspaces.map(({ name }) => `#${name}`);
}

async function hitsOf(
  archive: Archive,
  ranked: readonly Pick<Hit, 'entry'>[],
  limit: number,
): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const { entry } of ranked) {
    if (hits.length === limit) break;
    const session = await archive.bySession(entry.sessionId);
    if (session) hits.push({ ...session, entry });
  }
  return hits;
}
