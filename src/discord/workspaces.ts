import type { Owner, Workspace, WorkspaceType } from '../domain/workspace.ts';

/** A channel that should be a workspace but is not recorded, and why, in words for a person. */
export interface Skipped {
  guildId: string;
  channelId: string;
  name: string;
  reason: string;
}

/** Which channel is which workspace, in memory and in step with the store. */
export interface Workspaces {
  /** The workspace of a channel, recorded or unmapped; undefined when it never was one. */
  byChannel(channelId: string): Workspace | undefined;
  byId(id: number): Workspace | undefined;
  /** All of a server, unmapped ones included, by name. */
  ofGuild(guildId: string): Workspace[];
  /** Those of a server that ought to be recorded and are not. */
  skipped(guildId: string): Skipped[];
  /** Maps a channel on a person's order, which wins over any rule, and tells the channel. */
  map(order: {
    guildId: string;
    channelId: string;
    name: string;
    type: WorkspaceType;
    coordinator: string | null;
    owners: Owner[];
  }): Promise<Workspace>;
  unmap(workspace: Workspace): Promise<void>;
}
