import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Command } from 'commander';
import { RefusedError, WorkLogsClient } from '../agents/client.ts';
import { AgentError, STATUSES } from '../agents/errors.ts';
import type { AgentErrorCode } from '../agents/errors.ts';
import type { Functions } from '../agents/functions/index.ts';
import { createMcpServer } from '../agents/mcp/server.ts';
import type { Invoke } from '../agents/mcp/server.ts';
import { ConfigError } from '../errors.ts';
import type { Terminal } from './terminal.ts';

const NOTES = `\
It speaks on standard input and output, for programs that start their MCP servers themselves, and passes every call on to the bot.
  WORK_LOGS_TOKEN   what /bot token create gave
  WORK_LOGS_URL     where the bot's door is (default: http://127.0.0.1 with AGENT_API_PORT)`;

/** `work-logs mcp`: the MCP door over stdio. */
export function addMcp(program: Command, terminal: Terminal): void {
  program
    .command('mcp')
    .summary('serve the Model Context Protocol to one agent')
    .description('Serve the Model Context Protocol to one agent, by way of the running bot.')
    .addHelpText('after', `\n${NOTES}`)
    .action(() => serve(terminal));
}

async function serve({ env }: Terminal): Promise<void> {
  const client = clientFrom(env);
  serveStdio(() => createMcpServer(through(client)));
  await once(process.stdin, 'close');
}

function clientFrom(env: Terminal['env']): WorkLogsClient {
  const { WORK_LOGS_TOKEN: token, WORK_LOGS_URL, AGENT_API_PORT: port } = env;
  const url = WORK_LOGS_URL || (port ? `http://127.0.0.1:${port}` : '');
  if (!token) throw new ConfigError('Set WORK_LOGS_TOKEN to what `/bot token create` gave.');
  if (!URL.canParse(url))
    throw new ConfigError('Set WORK_LOGS_URL to where the bot’s door is, such as http://127.0.0.1:8787.');
  return new WorkLogsClient({ url, token });
}

function through(client: WorkLogsClient): Invoke {
  return async (name, input, { signal, key }) => {
    try {
      return (await client.call(name as keyof Functions, input as never, {
        signal,
        ...(key !== undefined && { key }),
      })) as Record<string, unknown>;
    } catch (error) {
      throw refusedAs(error);
    }
  };
}

/** What the agent can mend, or somebody whom it can tell. */
function refusedAs(error: unknown): unknown {
  if (error instanceof RefusedError) {
    const code = error.code in STATUSES ? (error.code as AgentErrorCode) : 'failed';
    return new AgentError(code, error.message, { index: error.index });
  }
  if (error instanceof TypeError)
    return new AgentError(
      'unavailable',
      'The bot’s door cannot be reached: is it running, with AGENT_API_PORT?',
    );
  return error;
}
