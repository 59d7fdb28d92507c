import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { Archive } from './archive.ts';
import type { Found, Recorded } from './archive.ts';
import { UserError } from '../errors.ts';
import type { Sight } from './as-person.ts';

/** The part of an {@link Archive} that one person would see in Discord: the rest is as if it were not. */
export class PersonalArchive extends Archive {
  readonly #sight: Sight;

  /** @throws UserError where this person may read nothing */
  constructor(recorded: Recorded, sight: Sight) {
    if (sight.workspaces.length === 0) throw new UserError(nothingFor(sight.userId));
    super({ ...recorded, workspaces: sight.workspaces });
    this.#sight = sight;
  }

  override async latest(workspaces: readonly Workspace[], limit: number): Promise<Found[]> {
    const byGuild = Map.groupBy(workspaces, ({ guildId }) => guildId);
    const found = await Promise.all(
      [...byGuild].map(([guildId, those]) => this.#sight.readers.get(guildId)!.logs(those, limit)),
    );
    return found
      .flat()
      .toSorted((a, b) => b.log.lastAt - a.log.lastAt)
      .slice(0, limit);
  }

  protected override async found(log: WorkLog): Promise<Found | null> {
    const found = await super.found(log);
    if (!found) return null;
    const reader = this.#sight.readers.get(found.workspace.guildId);
    return (await reader?.maySee(found.workspace, log)) ? found : null;
  }
}

function nothingFor(userId: string): string {
  return (
    `${userId} may read no workspace at this moment: they are in none of the servers, see none of the channels, or only owners read ` +
    '(privacy.user_only_access).'
  );
}
