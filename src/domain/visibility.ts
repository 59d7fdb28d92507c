import type { Owner, Workspace } from './workspace.ts';

/** What Discord says about a person and a channel at this moment. */
export interface Viewer {
  userId: string;
  /** Every role of theirs; @everyone (whose id is the server's) may be among them. */
  roleIds: readonly string[];
  /** They own the server. */
  guildOwner: boolean;
  /** The channel's VIEW_CHANNEL, for them. */
  canView: boolean;
  /** The channel's READ_MESSAGE_HISTORY, for them. */
  canReadHistory: boolean;
}

/** What Discord says about a person and a private thread at this moment. */
export interface ThreadViewer {
  member: boolean;
  canManageThreads: boolean;
}

/**
 * The rule of who reads a workspace's logs: whoever may read the channel itself, and with `ownersOnly` (the setting
 * `privacy.user_only_access`) only its owners among them.
 */
export function mayReadWorkspace(viewer: Viewer, owners: readonly Owner[], ownersOnly: boolean): boolean {
  if (!viewer.canView || !viewer.canReadHistory) return false;
  return !ownersOnly || isOwner(viewer, owners);
}

/**
 * Which of the workspaces that somebody may read an answer draws on, when none is named. With `isolated` (the setting
 * `privacy.workspace_isolation`), what was said in other workspaces does not come up in a workspace's own channel.
 *
 * @param channelId where it was asked; undefined: nobody knows
 */
export function visibleFrom<T extends Pick<Workspace, 'channelId'>>(
  channelId: string | undefined,
  readable: readonly T[],
  isolated: boolean,
): T[] {
  const own = readable.filter((workspace) => workspace.channelId === channelId);
  return isolated && own.length > 0 ? own : [...readable];
}

/** Without a named owner, the server's owner owns the workspace; being an administrator makes nobody an owner. */
export function isOwner(
  viewer: Pick<Viewer, 'userId' | 'roleIds' | 'guildOwner'>,
  owners: readonly Owner[],
): boolean {
  if (owners.length === 0) return viewer.guildOwner;
  return owners.some(
    (owner) =>
      owner === 'everyone' ||
      owner === `user:${viewer.userId}` ||
      viewer.roleIds.some((roleId) => owner === `role:${roleId}`),
  );
}

/** What was said in a private thread is for its members and for those who manage threads, as in Discord. */
export function mayReadPrivateThread(viewer: ThreadViewer): boolean {
  return viewer.member || viewer.canManageThreads;
}
