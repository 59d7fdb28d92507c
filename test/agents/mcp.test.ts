import { fileURLToPath } from 'node:url';
import { createMCPClient } from '@ai-sdk/mcp';
import type { MCPClient, MCPClientConfig } from '@ai-sdk/mcp';
import { StdioMCPTransport } from '@ai-sdk/mcp/mcp-stdio';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functions } from '../../src/agents/functions/index.ts';
import { programEnv } from '../support/program-env.ts';
import { startWithDoors, stepsOf } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
beforeAll(async () => {
  team = await startWithDoors();
});
afterAll(() => team.end());

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

const mcpUrl = () => `${team.url()}/mcp`;
const headers = () => ({ authorization: `Bearer ${team.token}` });
const command = () => ({
  command: process.execPath,
  args: [CLI, 'mcp'],
  env: { ...programEnv(), WORK_LOGS_URL: team.url(), WORK_LOGS_TOKEN: team.token },
});

const overHttp = () =>
  new StreamableHTTPClientTransport(new URL(mcpUrl()), { requestInit: { headers: headers() } });

const overStdio = () => new StdioClientTransport(command());

type Content = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

async function connected(transport: ReturnType<typeof overHttp> | ReturnType<typeof overStdio>) {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  return client;
}

type Caller = Pick<Client, 'callTool'> | Pick<MCPClient, 'callTool'>;

/** Calls every tool once, in an order in which each has something to work on. */
async function callAll(client: Caller, conversation_id: string): Promise<Map<string, Content>> {
  const results = new Map<string, Content>();
  const call = async (name: string, input: Content) => {
    const { structuredContent, isError, content } = await client.callTool({ name, arguments: input });
    if (isError) throw new Error(`${name}: ${JSON.stringify(content)}`);
    results.set(name, structuredContent as Content);
    return structuredContent as Content;
  };
  const { session_id } = await call('start_session', {
    query: `Work of ${conversation_id}`,
    conversation_id,
  });
  await call('log_entries', {
    session_id,
    entries: [{ type: 'decision', message: 'Go on', confidence: 0.9 }],
  });
  await call('log_tool', { session_id, tool_name: 'read_file', tool_output: 'text', tool_status: 'success' });
  await call('handoff', { session_id, to: '@researcher', message: 'For myself', artifact: { n: 1 } });
  const { artifacts } = await call('list_artifacts', {});
  const { id } = artifacts.at(-1);
  await call('get_artifact', { id });
  await call('take_artifact', { id });
  const { escalation } = await call('escalate', { session_id, reason: `Which one, ${conversation_id}?` });
  await call('await_decision', { escalation, wait_s: 0 });
  const { insight } = await call('propose_insight', {
    session_id,
    message: `Short answers first, says ${conversation_id}`,
    insight_category: 'user_preference',
    confidence: 0.95,
  });
  await call('list_insights', {});
  const unheard = await client.callTool({ name: 'ack_insight', arguments: { insight: insight ?? 1 } });
  results.set('ack_insight', unheard as Content);
  await call('explain', { session_id });
  await call('how', { question: 'why go on?' });
  await call('list_logs', {});
  await call('end_session', { session_id, final_output: 'Done' });
  return results;
}

describe('MCP', () => {
  test.each([
    ['streamable HTTP', overHttp],
    ['stdio', overStdio],
  ])('a client lists and calls every tool over %s', async (name, transport) => {
    const client = await connected(transport());
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(functions.map((one) => one.name));
    for (const tool of tools) {
      expect(tool.description!.length).toBeGreaterThan(40);
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(tool.outputSchema).toMatchObject({ type: 'object' });
    }
    const results = await callAll(client, name);
    expect([...results.keys()].toSorted()).toEqual(functions.map((one) => one.name).toSorted());
    expect(results.get('await_decision')).toMatchObject({ waiting: true });
    expect(results.get('end_session')).toMatchObject({ status: 'recorded', step: 7 });
    const { resources } = await client.listResources();
    const log = resources.find(({ title }) => title === `Work of ${name}`)!;
    const { contents } = await client.readResource({ uri: log.uri });
    expect(JSON.parse((contents[0] as { text: string }).text)).toMatchObject({
      session: { final_output: 'Done' },
      total: 7,
    });
    await expect(client.readResource({ uri: 'work-logs://logs/nothing' })).rejects.toThrow(
      'There is nothing',
    );
    await client.close();
  });

  test('what is wrong with a call comes back as its result, for the model to mend', async () => {
    const client = await connected(overHttp());
    const wrong = await client.callTool({ name: 'log_tool', arguments: { tool_input: 1 } });
    expect(wrong.isError).toBe(true);
    expect(JSON.stringify(wrong.content)).toContain('tool_name');
    await expect(client.callTool({ name: 'nonsense', arguments: {} })).rejects.toThrow('no tool');
    await client.close();
  });

  // It shares no code with the SDK.
  test.each<[string, () => Pick<MCPClientConfig, 'transport' | 'protocolVersionDiscovery'>]>([
    ['streamable HTTP', () => ({ transport: { type: 'http', url: mcpUrl(), headers: headers() } })],
    [
      'streamable HTTP as the protocol was before',
      () => ({
        transport: { type: 'http', url: mcpUrl(), headers: headers() },
        protocolVersionDiscovery: false,
      }),
    ],
    ['stdio', () => ({ transport: new StdioMCPTransport(command()) })],
  ])('the client of another house lists and calls every tool over %s', async (name, config) => {
    const client = await createMCPClient(config());
    expect(client.serverInfo).toMatchObject({ name: 'work-logs' });
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(functions.map((one) => one.name));
    const results = await callAll(client, `another house, ${name}`);
    expect([...results.keys()].toSorted()).toEqual(functions.map((one) => one.name).toSorted());
    expect(results.get('end_session')).toMatchObject({ status: 'recorded', step: 7 });
    const { resources } = await client.listResources();
    const log = resources.find(({ title }) => title === `Work of another house, ${name}`)!;
    const { contents } = await client.readResource({ uri: log.uri });
    expect(JSON.parse((contents[0] as { text: string }).text)).toMatchObject({ total: 7 });
    await client.close();
    expect((await stepsOf(team)).at(-1)).toMatchObject({ message: 'Done', origin: 'reported' });
  });

  test('nobody is served without a token', async () => {
    const opened = createMCPClient({ transport: { type: 'http', url: mcpUrl() } });
    await expect(opened).rejects.toThrow('401');
  });
});
