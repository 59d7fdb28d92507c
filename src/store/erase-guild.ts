import { newExpiring, prepareExpire, prepareFollow } from './expire.ts';
import { prepareExpireRest, prepareSweepNames } from './leftovers.ts';
import type { IndexRemoval } from './index-removal.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import type { Live } from './live.ts';
import { prepareRoughOutlook } from './outlook.ts';
import type { Slices } from './slices.ts';
import type { Db } from './sqlite.ts';

/** A server whose data goes. */
interface Erasing {
  guildId: string;
  /** What is set of its workspaces stays. */
  keep: boolean;
}

interface Parts {
  db: Db;
  live: Live;
  slices: Slices;
  removal: IndexRemoval;
  texts: IndexedTexts;
  forgetAuthors(): void;
}

/** {@link ErasureStore.eraseGuild} and what belongs to it. */
export function prepareEraseGuild(parts: Parts) {
  const { db } = parts;
  const note = db.prepare<[string, number, number]>(
    'INSERT INTO guild_erasures VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET keep = min(keep, excluded.keep)',
  );
  const unfinished = db.prepare<[], { guildId: string; keep: number }>(
    'SELECT guild_id AS guildId, keep FROM guild_erasures',
  );
  const end = db.prepare<[string]>('DELETE FROM guild_erasures WHERE guild_id = ?');
  const eraseAll = prepareEraseAll(parts);
  const erase = async (guild: Erasing) => {
    const { entries, isDone } = await eraseAll(guild);
    if (isDone) end.run(guild.guildId);
    return entries;
  };
  return {
    async erase(guild: Erasing, at: number): Promise<number> {
      note.run(guild.guildId, Number(guild.keep), at);
      return erase(guild);
    },
    async goOn(): Promise<number> {
      const guilds = unfinished.all();
      for (const { guildId, keep } of guilds) await erase({ guildId, keep: keep === 1 });
      return guilds.length;
    },
    departed: prepareDeparted(db),
  };
}

function prepareEraseAll({ db, live, slices, removal, texts, forgetAuthors }: Parts) {
  const roughly = prepareRoughOutlook(db);
  const workspacesOf = db
    .prepare<[string], number>('SELECT id FROM workspaces WHERE guild_id = ? ORDER BY id')
    .pluck();
  const endSessions = db.prepare<[number]>(
    "UPDATE sessions SET ended_at = last_at, end_reason = 'unmapped' WHERE workspace_id = ? AND ended_at IS NULL",
  );
  const expire = prepareExpire(db, live, texts);
  const follow = prepareFollow(db, live);
  const expireRest = prepareExpireRest(db);
  const remove = prepareRemove(db);
  const sweep = prepareSweepNames(db);
  return async ({ guildId, keep }: Erasing) => {
    let entries = 0;
    let isDone = true;
    for (const workspaceId of workspacesOf.all(guildId)) {
      endSessions.run(workspaceId);
      live.get(workspaceId)?.open.clear();
      const age = { workspaceId, before: Number.MAX_SAFE_INTEGER };
      const run = newExpiring(age);
      const isMany = roughly(age) > removal.few;
      const step = removal.removing(isMany, (hasRoom) => expire(run, hasRoom));
      isDone &&= await slices.run(step, () => follow(run));
      isDone &&= await slices.run((hasRoom) => expireRest(age, hasRoom));
      entries += run.entries;
      if (!isDone) return { entries, isDone };
      remove.workspace(workspaceId, keep);
      if (!keep) live.delete(workspaceId);
    }
    remove.guild(guildId, keep);
    let after: number | null = 0;
    isDone = await slices.run((hasRoom) => (after = sweep(after!, hasRoom)) !== null, forgetAuthors);
    return { entries, isDone };
  };
}

/** What belongs to a workspace, or to a server, beside what was said. */
function prepareRemove(db: Db) {
  const of = (table: string, column: string) =>
    db.prepare<[number | string]>(`DELETE FROM ${table} WHERE ${column} = ?`);
  const outbox = db.prepare<[{ workspaceId: number }]>(`
    DELETE FROM outbox
    WHERE workspace_id = :workspaceId OR channel_id = (SELECT channel_id FROM workspaces WHERE id = :workspaceId)`);
  const tables = [
    'insights',
    'insight_posts',
    'insight_cards',
    'gaps',
    'workspace_bots',
    'escalation_pings',
    'escalation_digests',
    'reports',
    'report_looks',
  ];
  const emptied = tables.map((table) => of(table, 'workspace_id'));
  const marks = of('marks', 'workspace_id');
  const workspace = of('workspaces', 'id');
  const used = ['askers', 'agent_tokens'].map((table) => of(table, 'guild_id'));
  const set = ['opt_outs', 'departures', 'guilds'].map((table) => of(table, 'guild_id'));
  return {
    workspace: db.transaction((workspaceId: number, keep: boolean) => {
      outbox.run({ workspaceId });
      for (const statement of emptied) statement.run(workspaceId);
      if (keep) return;
      marks.run(workspaceId);
      workspace.run(workspaceId);
    }),
    guild: db.transaction((guildId: string, keep: boolean) => {
      for (const statement of keep ? used : [...used, ...set]) statement.run(guildId);
    }),
  };
}

/** Every table that knows a server by itself. */
const GUILDS = ['workspaces', 'guilds', 'opt_outs', 'askers', 'agent_tokens']
  .map((table) => `SELECT guild_id FROM ${table}`)
  .join(' UNION ');

function prepareDeparted(db: Db) {
  const known = db.prepare<[], string>(GUILDS).pluck();
  const leave = db.prepare<[string, number]>('INSERT OR IGNORE INTO departures VALUES (?, ?)');
  const back = db.prepare<[string]>(
    'DELETE FROM departures WHERE guild_id IN (SELECT value FROM json_each(?))',
  );
  const due = db.prepare<[number], string>('SELECT guild_id FROM departures WHERE left_at < ?').pluck();
  return db.transaction((memberOf: readonly string[], at: number, before: number): string[] => {
    const members = new Set(memberOf);
    for (const guildId of known.all()) if (!members.has(guildId)) leave.run(guildId, at);
    back.run(JSON.stringify(memberOf));
    return due.all(before);
  });
}
