import type { Entry } from '../../src/domain/entry.ts';
import { startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import type { TestBotOptions } from '../support/bot.ts';

/** A team whose agents’ programs reach the bot; `researcher` has a token. */
export interface WithDoors extends Running {
  /** Where they do, which changes with a restart. */
  url(): string;
  token: string;
  /** Calls a function as the researcher's program, or with whatever is said. */
  call(name: string, input?: unknown, said?: CallSaid): Promise<Answered>;
}

export interface CallSaid {
  token?: string | null;
  headers?: Record<string, string>;
  /** The body as it is. */
  body?: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
  query?: string;
}

export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
}

/** Every port is free, and everyone may see every project. */
export async function startWithDoors(options: Partial<TestBotOptions> = {}): Promise<WithDoors> {
  const team = await startTeam({ ...options, env: { AGENT_API_PORT: '0', ...options.env } });
  const token = await tokenFor(team, team.researcher);
  const url = () => team.running.agentUrl!;
  // The same object, for its bot changes with a restart.
  return Object.assign(team, {
    token,
    url,
    call: (name: string, input?: unknown, said?: CallSaid) => callAt(url(), token, name, input, said),
  });
}

/** What a manager gets who makes a token for a bot. */
export async function tokenFor(team: Running, bot: { id: string }): Promise<string> {
  const run = await team.ana.in(team.channel).command('bot token create', { bot: bot.id });
  const text = JSON.stringify(await run.reply());
  const [token] = /wlt_\d+_[\w-]{43}/.exec(text) ?? [];
  if (!token || !run.ephemeral) throw new Error(`No token for its maker alone: ${text}`);
  return token;
}

async function callAt(
  url: string,
  token: string,
  name: string,
  input: unknown = {},
  { token: other, headers, body, signal, query = '' }: CallSaid = {},
): Promise<Answered> {
  const bearer = other === undefined ? token : other;
  const response = await fetch(`${url}/v1/${name}${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: body ?? JSON.stringify(input),
    ...(signal && { signal }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answered['body'],
  };
}

/** The steps of the latest session of the team's channel. */
export async function stepsOf(team: Running): Promise<Entry[]> {
  await team.running.settled();
  const { store, workspaces } = team.running.app;
  const workspaceId = workspaces.byChannel(team.channel.id)!.id;
  const [log] = await store.sessions.list({ workspaceIds: [workspaceId], limit: 1 });
  return log ? (await store.entries.page({ sessionId: log.sessionId }, 0, 5_000)).entries : [];
}
