import { ComponentType } from 'discord.js';
import type { Command } from 'commander';
import { Option } from 'commander';
import { coverageOfLog } from '../coverage.ts';
import { explanationOf } from '../discord/explanation.ts';
import { coverageRecord } from '../domain/coverage.ts';
import { toRecord } from '../domain/entry-record.ts';
import { recordSetting, sessionRecord } from '../domain/session-record.ts';
import type { EntryFilter } from '../store/store.ts';
import { MODES } from '../views/entry-block.ts';
import type { Mode } from '../views/entry-block.ts';
import { newState, readPress } from '../views/explain-state.ts';
import type { ExplainState } from '../views/explain-state.ts';
import type { View } from '../views/limits.ts';
import type { Archive, Found, Wanted } from './archive.ts';
import { asOption, countFrom, jsonOption, sessionOption, workspaceOption } from './options.ts';
import { lookOf } from './look.ts';
import { renderPages } from './render/view.ts';
import { printJson, printLines } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withArchive } from './with-archive.ts';

interface Options extends Wanted {
  as?: string;
  mode?: Mode;
  bot?: string;
  limit?: number;
  json?: boolean;
}

/** `work-logs explain`: how a session went, step by step. */
export function addExplain(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .summary('show step by step what the bots did in a session')
    .description('Show step by step what the bots did in a session: the latest one, unless you say which.')
    .addOption(workspaceOption('the latest session of this workspace'))
    .addOption(sessionOption())
    .addOption(
      new Option(
        '-m, --mode <mode>',
        'how much of each step (default: default_mode of the config file)',
      ).choices(MODES),
    )
    .option('-b, --bot <name>', 'only the steps of this bot, @ is optional')
    .option('-n, --limit <n>', 'only the last n steps', countFrom(1_000_000))
    .addOption(asOption())
    .addOption(jsonOption())
    .action((options: Options) =>
      withArchive(terminal, options.as, (archive) => explain(archive, options, terminal)),
    );
}

async function explain(archive: Archive, options: Options, terminal: Terminal): Promise<void> {
  const found = await archive.session(options);
  const { sessionId } = found.log;
  const participants = await archive.store.sessions.participants(sessionId);
  const bot = options.bot === undefined ? null : archive.participant(options.bot, participants);
  const mode = options.mode ?? archive.config.workLogs.defaultMode;
  const filter: EntryFilter = {
    sessionId,
    authorKey: bot === null ? undefined : participants[bot]!.author.key,
    coordinatorMode: mode === 'coordination',
  };
  const { total } = await archive.store.entries.page(filter, 0, 1);
  const first = Math.max(0, total - (options.limit ?? total));
  if (options.json) {
    const setting = recordSetting(found.workspace, participants);
    const entries = await Array.fromAsync(archive.steps(filter, first), (entry) => toRecord(entry, setting));
    const coverage = coverageRecord(
      await coverageOfLog(archive.store, found.workspace, found.log, archive.at),
    );
    printJson(terminal, { ...sessionRecord(found.log, setting), coverage, entries });
    return;
  }
  const state = {
    ...newState(sessionId),
    mode,
    bot,
    cursor: { side: 'from' as const, at: { entry: first, block: 0 } },
  };
  for await (const rows of renderPages(
    pagesFrom(archive, found, state),
    lookOf(archive, terminal, [found.workspace]),
  ))
    printLines(terminal, rows);
}

/** There is nothing to press. */
const NO_OFFERS = { unfolds: false, asksHelp: false };

/** Page after page, as somebody would see who presses on. */
async function* pagesFrom(archive: Archive, found: Found, first: ExplainState): AsyncGenerator<View> {
  const app = { store: archive.store, now: () => archive.at };
  for (let state: ExplainState | null = first; state !== null;) {
    const page: View = await explanationOf(app, found, state, NO_OFFERS);
    yield page;
    state = nextOf(page);
  }
}

/** What the button to the next page turns to; null on the last page. */
function nextOf({ components }: View): ExplainState | null {
  for (const row of components) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const control of row.components) {
      if (control.type !== ComponentType.Button || !('custom_id' in control)) continue;
      if (control.label !== '›' || control.disabled) continue;
      const press = readPress(control.custom_id.split(':').slice(1), []);
      return press?.kind === 'turn' ? press.state : null;
    }
  }
  return null;
}
