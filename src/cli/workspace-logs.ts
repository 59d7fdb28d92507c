import type { Command } from 'commander';
import { coverageOfFound } from '../coverage.ts';
import type { Coverage } from '../domain/coverage.ts';
import { recordSetting, sessionRecord } from '../domain/session-record.ts';
import type { View } from '../views/limits.ts';
import { LOGS_LIMIT, LOGS_PER_PAGE, workspaceLogsView } from '../views/workspace-logs.ts';
import type { ListedLog, LogsState } from '../views/workspace-logs.ts';
import type { Archive } from './archive.ts';
import { lookOf } from './look.ts';
import { asOption, countFrom, jsonOption, workspaceOption } from './options.ts';
import { renderPages } from './render/view.ts';
import { printJson, printLines } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withArchive } from './with-archive.ts';

interface Options {
  as?: string;
  workspace?: string;
  limit: number;
  json?: boolean;
}

const MOST = 1000;

/** `work-logs workspace-logs`: the latest sessions. */
export function addWorkspaceLogs(program: Command, terminal: Terminal): void {
  program
    .command('workspace-logs')
    .description('list the latest sessions')
    .addOption(workspaceOption('only those of this workspace'))
    .option('-n, --limit <n>', 'how many', countFrom(MOST), LOGS_LIMIT.default)
    .addOption(asOption())
    .addOption(jsonOption())
    .action((options: Options) =>
      withArchive(terminal, options.as, (archive) => list(archive, options, terminal)),
    );
}

async function list(archive: Archive, options: Options, terminal: Terminal): Promise<void> {
  const workspaces = archive.chosen(options.workspace);
  const latest = await archive.latest(workspaces, options.limit);
  const logs = await Promise.all(
    latest.map(async ({ workspace, log }) => ({
      workspace,
      log,
      participants: await archive.store.sessions.participants(log.sessionId),
    })),
  );
  if (options.json) {
    const records = logs.map(({ log, workspace, participants }) =>
      sessionRecord(log, recordSetting(workspace, participants)),
    );
    printJson(terminal, { work_logs: records });
    return;
  }
  const channelId = options.workspace === undefined ? null : workspaces[0]!.channelId;
  const state = { channelId, limit: options.limit, page: 0 };
  const coverage = await coverageOfFound(archive.store, workspaces, logs, archive.at);
  const look = lookOf(archive, terminal, workspaces);
  for await (const rows of renderPages(pagesOf(logs, state, coverage, archive.at), look))
    printLines(terminal, rows);
}

/** The pages of the list, as somebody would see who presses on. */
function pagesOf(logs: ListedLog[], state: LogsState, coverage: Coverage, now: number): View[] {
  return Array.from({ length: Math.max(1, Math.ceil(logs.length / LOGS_PER_PAGE)) }, (_, page) => {
    const onPage = logs.slice(page * LOGS_PER_PAGE, (page + 1) * LOGS_PER_PAGE);
    return workspaceLogsView({ state: { ...state, page }, logs: onPage, total: logs.length, coverage, now });
  });
}
