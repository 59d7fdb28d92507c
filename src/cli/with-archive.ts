import { loadConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { StartupError } from '../errors.ts';
import { openStoreReadOnly } from '../store/read-only.ts';
import type { StoreReader } from '../store/read-only.ts';
import { Archive } from './archive.ts';
import { sightOf } from './as-person.ts';
import { besideTheBot } from './beside-the-bot.ts';
import { PersonalArchive } from './personal-archive.ts';
import type { Terminal } from './terminal.ts';

/**
 * Opens what the configuration names, for as long as `use` takes. `as`: the id of the person who asks, who sees what Discord shows
 * them; undefined: the operator, who sees all.
 *
 * @throws StartupError, ConfigError
 */
export async function withArchive(
  terminal: Terminal,
  as: string | undefined,
  use: (archive: Archive) => Promise<void>,
): Promise<void> {
  const config = loadConfig(terminal);
  if (config.memoryBecause !== null) throw new StartupError(onlyInMemory(config.memoryBecause));
  const store = await openStoreReadOnly({ path: config.dbPath });
  try {
    await use(await archiveFor(as, { config, store, at: terminal.now() }));
  } finally {
    await store.close();
  }
}

async function archiveFor(
  as: string | undefined,
  { config, store, at }: { config: Config; store: StoreReader; at: number },
): Promise<Archive> {
  const workspaces = await store.workspaces.list();
  const timezones = await store.guilds.timezones();
  const recorded = { config, store: besideTheBot(store, at), workspaces, timezones, at };
  return as === undefined
    ? new Archive(recorded)
    : new PersonalArchive(recorded, await sightOf(as, recorded));
}

function onlyInMemory(because: string): string {
  return (
    `${because}: the log is in the memory of the bot, where no other program can read it. Ask in Discord (/explain, /how, ` +
    '/export), or keep the log on disk.'
  );
}
