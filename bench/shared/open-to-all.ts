import type { Access } from '../../src/discord/access.ts';
import type { Workspaces } from '../../src/discord/workspaces.ts';
import type { Workspace } from '../../src/domain/workspace.ts';

/** Permissions come from Discord's cache and are no part of what is measured. */
export function allowAll(workspaces: Workspace[]): Access {
  return {
    mayRead: async () => true,
    owns: async () => true,
    mayReadThread: async () => true,
    managesThreads: async () => true,
    sees: async () => true,
    readable: async () => workspaces,
  };
}

/** The map of channels as it stands. */
export function fixed(workspaces: Workspace[]): Workspaces {
  const byChannel = new Map(workspaces.map((one) => [one.channelId, one]));
  const byId = new Map(workspaces.map((one) => [one.id, one]));
  const refuse = async () => {
    throw new Error('Nothing is mapped here.');
  };
  return {
    byChannel: (channelId) => byChannel.get(channelId),
    byId: (id) => byId.get(id),
    all: () => workspaces,
    ofGuild: () => workspaces,
    skipped: () => [],
    map: refuse,
    unmap: refuse,
    forgetGuild: refuse,
    configure: refuse,
    setByCommand: () => ({}),
  };
}
