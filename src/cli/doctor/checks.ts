import type { APIUser } from 'discord.js';
import type { Workspace } from '../../domain/workspace.ts';
import type { Terminal } from '../terminal.ts';
import { checkChannels } from './channels.ts';
import { checkConfig } from './config.ts';
import { checkDatabase } from './database.ts';
import { checkCommands, checkGateway, checkIntent, checkToken, restOf } from './discord.ts';
import { checkFiles } from './files.ts';
import { ok } from './finding.ts';
import type { Finding } from './finding.ts';

/** Looks at everything that the bot needs, one after the other. Says by `begin` what it is about to look at, where that may take a while. */
export async function* checks(terminal: Terminal, begin: (what: string) => void): AsyncGenerator<Finding> {
  yield ok('node', process.versions.node);
  const { finding, connections, folder } = checkConfig(terminal);
  yield finding;
  if (connections === null) return;
  const { discord } = connections;
  let workspaces: Workspace[] = [];
  begin('the database');
  yield* checkDatabase(connections, (all) => {
    workspaces = all;
  });
  if (folder !== null) yield checkFiles(folder);
  const rest = restOf(discord);
  begin('the token');
  const { finding: token, me } = await checkToken(rest, discord);
  yield token;
  begin('the gateway');
  yield await checkGateway(rest, discord);
  if (me !== null) yield* checksAs(me, { rest, discord, workspaces, now: terminal.now(), begin });
}

interface Rest {
  rest: ReturnType<typeof restOf>;
  discord: Parameters<typeof restOf>[0];
  workspaces: readonly Workspace[];
  now: number;
  begin(what: string): void;
}

/** What can only be asked with a token that works. */
async function* checksAs({ id: userId }: APIUser, asked: Rest): AsyncGenerator<Finding> {
  const { rest, discord, workspaces, now, begin } = asked;
  begin('the intents');
  const { finding, applicationId } = await checkIntent(rest, discord);
  yield finding;
  begin('the commands');
  if (applicationId !== null) yield await checkCommands(rest, discord, applicationId);
  begin('the channels');
  yield* checkChannels(workspaces, { rest, apiUrl: discord.apiUrl, userId, now });
}
