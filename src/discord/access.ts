import type { Workspace } from '../domain/workspace.ts';

/** Who asks, and in which server. */
export interface Asker {
  guildId: string;
  userId: string;
}

/** Decides who may read what, with Discord's permissions of the moment it is asked. */
export interface Access {
  /** True when the asker can view the workspace's channel, read its history, and owns it where owners only may read. */
  mayRead(asker: Asker, workspace: Workspace): Promise<boolean>;
  /** The same for what was said in a thread; for a private one, only its members and those who manage threads. */
  mayReadThread(asker: Asker, workspace: Workspace, threadId: string): Promise<boolean>;
  /** The workspaces of the server that the asker may read, unmapped ones included, as long as their channel exists. */
  readable(asker: Asker): Promise<Workspace[]>;
}
