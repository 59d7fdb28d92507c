import { createHash } from 'node:crypto';
import type { MappedBy, Owner, Workspace, WorkspaceSettings, WorkspaceType } from '../domain/workspace.ts';
import { newLiveWorkspace } from './live.ts';
import type { Live } from './live.ts';
import { prepareWithdraw } from './outbox.ts';
import type { EscalationCore } from './escalation-core.ts';
import type { Enqueue } from './outbox.ts';
import type { EndSession } from './sessions.ts';
import type { Db } from './sqlite.ts';
import type { Mapping, WorkspaceStore } from './store.ts';
import { NOTICE_DELAY } from './workspace-store.ts';
import type { Notice } from './workspace-store.ts';

interface Row {
  id: number;
  guild_id: string;
  channel_id: string;
  name: string;
  type: WorkspaceType;
  coordinator: string | null;
  owners: string;
  mapped_by: MappedBy;
  mapped_at: number;
  unmapped_at: number | null;
  notice: number | null;
  told: string | null;
  settings: string;
}

export function createWorkspaces(
  db: Db,
  live: Live,
  enqueue: Enqueue,
  endSession: EndSession,
  escalations: Pick<EscalationCore, 'cancelAll'>,
): WorkspaceStore {
  const all = db.prepare<[], Row>('SELECT * FROM workspaces ORDER BY id');
  const rename = db.prepare<[string, number]>('UPDATE workspaces SET name = ? WHERE id = ?');
  const tell = prepareTell(db, enqueue);
  const tellAnew = prepareTellAnew(db, tell);
  const map = prepareMap(db, tell, tellAnew);
  const unmap = prepareUnmap(db, live, endSession, escalations);
  const configure = prepareConfigure(db);
  return {
    async list() {
      return all.all().map(toWorkspace);
    },
    async map(mapping, at, notice) {
      const workspace = toWorkspace(map(mapping, at, notice));
      follow(live, workspace);
      return workspace;
    },
    async unmap(workspaceId, at) {
      unmap(workspaceId, at);
      const workspace = live.get(workspaceId);
      workspace?.open.clear();
      if (workspace) workspace.recorded = false;
    },
    async rename(workspaceId, name) {
      rename.run(name, workspaceId);
    },
    async configure(workspaceId, settings) {
      return toWorkspace(configure(workspaceId, settings));
    },
    async tellAnew(workspaceId, notice, at) {
      tellAnew(workspaceId, notice, at);
    },
  };
}

/** Queues a notice, to be sent at that time; one that the channel has not seen yet gives way to it. */
type Tell = (workspace: Pick<Row, 'id' | 'notice'>, notice: Notice, at: number) => void;

function prepareTell(db: Db, enqueue: Enqueue): Tell {
  const set = db.prepare<[number, string, number]>('UPDATE workspaces SET notice = ?, told = ? WHERE id = ?');
  const withdraw = prepareWithdraw(db);
  return ({ id, notice: before }, notice, at) => {
    withdraw(before);
    set.run(enqueue(notice, at), digestOf(notice), id);
  };
}

type TellAnew = (workspaceId: number, notice: Notice, at: number) => void;

function prepareTellAnew(db: Db, tell: Tell): TellAnew {
  const find = db.prepare<[number], Row>('SELECT * FROM workspaces WHERE id = ?');
  const note = db.prepare<[string, number]>('UPDATE workspaces SET told = ? WHERE id = ?');
  return db.transaction((workspaceId: number, notice: Notice, at: number) => {
    const row = find.get(workspaceId)!;
    if (row.told === '') note.run(digestOf(notice), workspaceId);
    else if (row.told !== digestOf(notice)) tell(row, notice, at + NOTICE_DELAY);
  });
}

function digestOf({ payload, holds = JSON.stringify(payload) }: Notice): string {
  return createHash('sha256').update(holds).digest('base64');
}

function prepareMap(
  db: Db,
  tell: Tell,
  tellAnew: TellAnew,
): (mapping: Mapping, at: number, notice: Notice | null) => Row {
  const find = db.prepare<[string, string], Row>(
    'SELECT * FROM workspaces WHERE guild_id = ? AND channel_id = ?',
  );
  const upsert = db.prepare<[Record<string, unknown>], Row>(`
    INSERT INTO workspaces (guild_id, channel_id, name, type, coordinator, owners, mapped_by, mapped_at, settings)
    VALUES (:guildId, :channelId, :name, :type, :coordinator, :owners, :mappedBy, :at, coalesce(:settings, '{}'))
    ON CONFLICT (guild_id, channel_id) DO UPDATE SET
      name = excluded.name, type = excluded.type, coordinator = excluded.coordinator, owners = excluded.owners,
      mapped_by = excluded.mapped_by, unmapped_at = NULL, settings = coalesce(:settings, settings),
      mapped_at = iif(unmapped_at IS NULL, mapped_at, excluded.mapped_at)
    RETURNING *`);
  return db.transaction((mapping: Mapping, at: number, notice: Notice | null) => {
    const before = find.get(mapping.guildId, mapping.channelId);
    const settings = mapping.settings === undefined ? null : JSON.stringify(mapping.settings);
    const after = upsert.get({ ...mapping, owners: JSON.stringify(mapping.owners), settings, at })!;
    if (notice && (!before || before.unmapped_at !== null)) tell(after, notice, at);
    else if (notice && changesRecording(before!, after)) tell(after, notice, at + NOTICE_DELAY);
    else if (notice) tellAnew(after.id, notice, at);
    return after;
  });
}

function prepareUnmap(
  db: Db,
  live: Live,
  endSession: EndSession,
  escalations: Pick<EscalationCore, 'cancelAll'>,
): (workspaceId: number, at: number) => void {
  const unmap = db.prepare<[number, number]>(
    'UPDATE workspaces SET unmapped_at = ? WHERE id = ? AND unmapped_at IS NULL',
  );
  const notice = db.prepare<[number], number | null>('SELECT notice FROM workspaces WHERE id = ?').pluck();
  const withdraw = prepareWithdraw(db);
  return db.transaction((workspaceId: number, at: number) => {
    unmap.run(at, workspaceId);
    withdraw(notice.get(workspaceId) ?? null);
    for (const session of live.get(workspaceId)?.open.values() ?? []) endSession(session, at, 'unmapped');
    escalations.cancelAll(workspaceId, at);
  });
}

function prepareConfigure(db: Db): (workspaceId: number, settings: WorkspaceSettings) => Row {
  const settingsOf = db.prepare<[number], string>('SELECT settings FROM workspaces WHERE id = ?').pluck();
  const set = db.prepare<[string, number], Row>(
    'UPDATE workspaces SET settings = ? WHERE id = ? RETURNING *',
  );
  return db.transaction((workspaceId: number, settings: WorkspaceSettings) => {
    const before = JSON.parse(settingsOf.get(workspaceId)!) as WorkspaceSettings;
    return set.get(JSON.stringify({ ...before, ...settings }), workspaceId)!;
  });
}

/** What is recorded depends on the type and the coordinator, for whom on the owners. */
function changesRecording(before: Row, after: Row): boolean {
  return (
    before.type !== after.type || before.coordinator !== after.coordinator || before.owners !== after.owners
  );
}

function follow(live: Live, { id, type, coordinator }: Workspace): void {
  const known = live.get(id);
  if (known) Object.assign(known, { setting: { type, coordinator }, recorded: true });
  else live.set(id, newLiveWorkspace(id, { type, coordinator }, true));
}

function toWorkspace(row: Row): Workspace {
  return {
    id: row.id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    name: row.name,
    type: row.type,
    coordinator: row.coordinator,
    owners: JSON.parse(row.owners) as Owner[],
    mappedBy: row.mapped_by,
    mappedAt: row.mapped_at,
    unmappedAt: row.unmapped_at,
    settings: JSON.parse(row.settings) as WorkspaceSettings,
  };
}
