import { Option } from 'commander';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { expiresBefore, retentionOf } from '../domain/retention.ts';
import { matchingRules, settingsOf } from '../domain/workspace.ts';
import type { Workspace } from '../domain/workspace.ts';
import { StartupError } from '../errors.ts';
import { expiryFor } from '../expiry.ts';
import { isLocked } from '../store/lock.ts';
import { openStore } from '../store/open.ts';
import type { Outlook } from '../store/outlook.ts';
import { openStoreReadOnly } from '../store/read-only.ts';
import type { StoreReader } from '../store/read-only.ts';
import { count, plainLine } from '../views/text.ts';
import { jsonOption } from './options.ts';
import { printJson, printLines } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Options {
  dryRun?: boolean;
  json?: boolean;
}

/** What goes of one workspace. */
interface Going extends Outlook {
  workspace: Workspace;
}

/** `work-logs retention`: deletes what is older than its workspace keeps, as the bot does by itself every hour. */
export function addRetention(program: Command, terminal: Terminal): void {
  program
    .command('retention')
    .summary('delete what is too old')
    .description(
      'Delete what is older than its workspace keeps. The bot does so by itself every hour; this does it now, while no bot runs.',
    )
    .addOption(new Option('--dry-run', 'only say what would go; the bot may go on running'))
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const config = loadConfig(terminal);
      if (config.memoryBecause !== null)
        throw new StartupError(`${config.memoryBecause}: there is nothing on disk to delete.`);
      const going = await outlookOf(config, terminal.now());
      if (!options.dryRun) await deleteNow(config, going, terminal.now());
      if (options.json) printJson(terminal, recordOf(going, options));
      else printLines(terminal, linesOf(going, config, options));
    });
}

async function outlookOf(config: Config, now: number): Promise<Going[]> {
  const store = await openStoreReadOnly({ path: config.dbPath });
  try {
    const workspaces = await workspacesIn(store, config);
    const outlooks = workspaces.map(async (workspace) => {
      const before = expiresBefore(workspace, config.retentionDays, now) ?? 0;
      return { workspace, ...(await store.erasure.outlook({ workspaceId: workspace.id, before })) };
    });
    return await Promise.all(outlooks);
  } finally {
    await store.close();
  }
}

/** With what their rules set of them, as the bot has them. */
async function workspacesIn(store: Pick<StoreReader, 'workspaces'>, { rules }: Config): Promise<Workspace[]> {
  const workspaces = await store.workspaces.list();
  return workspaces.map((workspace) => {
    const [rule] = matchingRules(rules, workspace.name);
    return { ...workspace, settings: settingsOf(workspace.settings, rule) };
  });
}

async function deleteNow(config: Config, going: readonly Going[], now: number): Promise<void> {
  if (isLocked(config.dbPath))
    throw new StartupError(
      'The bot is running: it deletes what is too old by itself, every hour. Ask what would go with --dry-run.',
    );
  const store = await openStore({ path: config.dbPath });
  try {
    const workspaces = going.map(({ workspace }) => workspace);
    await store.erasure.expire(expiryFor(workspaces, config.retentionDays, now, Infinity));
  } finally {
    await store.close();
  }
}

function recordOf(going: readonly Going[], { dryRun = false }: Options) {
  return {
    dry_run: dryRun,
    workspaces: going.map(({ workspace, entries, sessions }) => ({
      workspace_id: `#${workspace.name}`,
      entries,
      sessions,
    })),
  };
}

function linesOf(going: readonly Going[], { retentionDays }: Config, { dryRun }: Options): string[] {
  if (going.length === 0) return ['No channel is mapped yet.'];
  const verb = dryRun ? 'would go' : 'gone';
  return going.map(({ workspace, entries, sessions }) => {
    const { days, hold } = retentionOf(workspace, retentionDays);
    const kept = hold ? 'on hold' : days === 0 ? 'kept for ever' : `kept for ${count(days, 'day')}`;
    const what = `${count(entries, 'step')} in ${count(sessions, 'session')}`;
    return `#${plainLine(workspace.name, 60)} · ${kept} · ${what} ${verb}`;
  });
}
