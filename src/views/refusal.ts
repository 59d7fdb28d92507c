import { RESTJSONErrorCodes } from 'discord.js';
import type { Workspace } from '../domain/workspace.ts';
import { shown, shownName } from './text.ts';

export interface RefusalFacts {
  workspace: Workspace;
  /** Where the bot would have written: the workspace's channel, a thread of it, or the one that is set for escalations. */
  channelId: string;
  /** Discord's code. */
  code: number;
  /** The server's name; null when it is not known. */
  server: string | null;
}

/** The direct message to an owner of a workspace: the body of Create Message. */
export function refusalPost({ workspace, channelId, code, server }: RefusalFacts): Record<string, unknown> {
  const name = `#${shown(workspace.name, 100)}`;
  const where = server === null ? name : `${name} in ${shownName(server, 100)}`;
  const place = channelId === workspace.channelId ? 'there' : `in <#${channelId}>`;
  const content = [
    `⚠ **I cannot write for ${where}.** What I have to say ${place}, such as decisions that wait for a person, does not arrive.`,
    wayOut(code),
    '-# You own this workspace, and I say this once. `/status` shows what was not sent, `/escalations` what waits.',
  ].join('\n');
  return { content, allowed_mentions: { parse: [] } };
}

function wayOut(code: number): string {
  if (code === RESTJSONErrorCodes.UnknownChannel)
    return 'The channel is gone. `/workspace map` chooses another one for escalations.';
  const needs =
    code === RESTJSONErrorCodes.MissingAccess
      ? '**View Channel**'
      : '**Send Messages** (in threads: **Send Messages in Threads**)';
  return `Give me ${needs} there, and I say what still matters.`;
}
