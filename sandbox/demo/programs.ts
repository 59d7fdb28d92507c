import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Cast } from './cast.ts';
import type { Reported } from './conversation.ts';
import { wrap } from './render/width.ts';
import type { Stage } from './stage.ts';

/** Where agents' programs reach the guest. */
export interface Door {
  /** Such as `http://127.0.0.1:8787`. */
  url: string;
  /** The guest's own client for programs that have a token. */
  clientFor(token: string): DoorClient;
}

export interface DoorClient {
  call(name: 'log_tool', input: ToolRun): Promise<Step>;
}

/** A run of a tool as the door takes it, and where it is recorded: in a channel by its name. */
export type ToolRun = Reported['run'] & { workspace: string };

/** As which step it was recorded. */
interface Step {
  step: number | null;
}

/** The programs of agents that report what they do without a message. Each speaks with the token that the owner made for its bot. */
export class Programs {
  readonly #door: Door;
  readonly #stage: Stage;
  readonly #tokens = new Map<string, string>();
  readonly #mcp = new Map<string, Client>();

  constructor(door: Door, stage: Stage, signal: AbortSignal) {
    this.#door = door;
    this.#stage = stage;
    signal.addEventListener('abort', () => void this.#close(), { once: true });
  }

  /** Gives the program of an agent its token: what `make`, the owner's command, is answered with. */
  async employ(agent: string, cast: Cast, make: () => Promise<void>): Promise<void> {
    const answers = await answersTo(cast, make);
    const [token] = /wlt_[\w-]+/.exec(answers) ?? [];
    if (token === undefined) throw new Error(`${agent} got no token.`);
    this.#tokens.set(agent, token);
  }

  /** Reports as an agent's program does; what has no token stays silent. @throws Error when it is refused */
  async report(agent: string, channel: string, { over, run }: Reported): Promise<void> {
    const token = this.#tokens.get(agent);
    if (token === undefined) return;
    const input = { ...run, workspace: `#${channel}` };
    const { step } =
      over === 'mcp'
        ? await this.#callOverMcp(agent, token, input)
        : await this.#door.clientFor(token).call('log_tool', input);
    this.#show(`${agent}’s program`, over, { ...input, step });
  }

  async #callOverMcp(agent: string, token: string, input: ToolRun): Promise<Step> {
    const client = this.#mcp.get(agent) ?? (await this.#connect(agent, token));
    const { isError, content, structuredContent } = await client.callTool({
      name: 'log_tool',
      arguments: { ...input },
    });
    if (isError) throw new Error(`${agent} could not report over MCP: ${JSON.stringify(content)}`);
    return structuredContent as unknown as Step;
  }

  async #connect(agent: string, token: string): Promise<Client> {
    const client = new Client({ name: agent, version: '1.0.0' });
    const headers = { authorization: `Bearer ${token}` };
    await client.connect(
      new StreamableHTTPClientTransport(new URL('/mcp', this.#door.url), { requestInit: { headers } }),
    );
    this.#mcp.set(agent, client);
    return client;
  }

  #show(program: string, over: Reported['over'], run: ToolRun & Step): void {
    const { screen, transcript } = this.#stage;
    const { tool_name: tool, tool_status: status, duration_ms: ms, workspace, step } = run;
    const way = over === 'mcp' ? 'MCP' : 'HTTP';
    const how = `${(ms / 1000).toFixed(1)} s, ${status}`;
    const line = `⇢ ${program} reports over ${way}: ${tool}, ${how}: step ${step} in ${workspace}`;
    transcript.interrupt();
    screen.print(['', ...wrap(screen.paint('dim', `     ${line}`), screen.width, 7)]);
  }

  async #close(): Promise<void> {
    // The door may be closed already; then there is nobody to say goodbye to.
    await Promise.allSettled([...this.#mcp.values()].map((client) => client.close()));
  }
}

/** What the guest tells the owner alone while something is done. */
async function answersTo({ discord, owner }: Cast, act: () => Promise<void>): Promise<string> {
  const { messageListeners } = discord.core.events;
  const answers: string[] = [];
  const listener: Parameters<typeof messageListeners.add>[0] = (message) => {
    if (message.ephemeralTo === owner.id) answers.push(JSON.stringify([message.content, message.components]));
  };
  messageListeners.add(listener);
  try {
    await act();
    return answers.join('\n');
  } finally {
    messageListeners.delete(listener);
  }
}
