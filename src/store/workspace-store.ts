import type { MappedBy, Owner, Workspace, WorkspaceSettings, WorkspaceType } from '../domain/workspace.ts';
import type { OutboxMessage } from './outbox-store.ts';

export interface Mapping {
  guildId: string;
  channelId: string;
  name: string;
  type: WorkspaceType;
  coordinator: string | null;
  owners: Owner[];
  mappedBy: MappedBy;
  /** All that is set of it by command; absent: as before. */
  settings?: WorkspaceSettings;
}

/** What a channel is told of its workspace. */
export interface Notice extends OutboxMessage {
  /** What holds, where the message says more than that: by it is known whether the channel was told that already. */
  holds?: string;
}

/** So long a change waits for others, in ms: several that are made in a row are told in one notice. */
export const NOTICE_DELAY = 5000;

export interface WorkspaceStore {
  /** All that were ever mapped, unmapped ones included, by id. */
  list(): Promise<Workspace[]>;
  /**
   * Maps a channel, or changes how it is mapped, and queues `notice` for it in the same transaction when that changed what is
   * recorded or for whom, or when its channel was told something else last. Mapping an unmapped channel again continues the same workspace.
   */
  map(mapping: Mapping, at: number, notice: Notice | null): Promise<Workspace>;
  /** Stops recording and closes its open sessions. What was recorded stays. */
  unmap(workspaceId: number, at: number): Promise<void>;
  rename(workspaceId: number, name: string): Promise<void>;
  /** Changes the settings that are given; one given as undefined is as the config file says again. */
  configure(workspaceId: number, settings: WorkspaceSettings): Promise<Workspace>;
  /** Queues `notice`, after {@link NOTICE_DELAY}, when its channel was told something else last, or nothing yet. */
  tellAnew(workspaceId: number, notice: Notice, at: number): Promise<void>;
}
