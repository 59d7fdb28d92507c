import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWithDoors, stepsOf } from './support.ts';
import type { WithDoors } from './support.ts';

let team: WithDoors;
let mcp: Client;
beforeAll(async () => {
  team = await startWithDoors();
  mcp = new Client({ name: 'test', version: '1' });
  const headers = { authorization: `Bearer ${team.token}` };
  await mcp.connect(
    new StreamableHTTPClientTransport(new URL(`${team.url()}/mcp`), { requestInit: { headers } }),
  );
});
afterAll(async () => {
  await mcp.close();
  await team.end();
});

interface Run {
  tool: string;
  output?: string;
  workspace?: string;
  /** The same for the same call. */
  key: string;
}

/** Reports a run of a tool through a door; the code of what it was refused with, or null. */
type Door = (run: Run) => Promise<string | null>;

const overHttp: Door = async ({ tool, output, workspace, key }) => {
  const input = { tool_name: tool, tool_output: output, workspace, tool_status: 'success' };
  const { body } = await team.call('log_tool', input, { headers: { 'idempotency-key': key } });
  return body['error']?.code ?? null;
};

const overMcp: Door = async ({ tool, output, workspace, key }) => {
  const { isError, content } = await mcp.callTool({
    name: 'log_tool',
    arguments: { tool_name: tool, tool_output: output, workspace, tool_status: 'success' },
    _meta: { 'work-logs/idempotency-key': key },
  });
  const [first] = content as { text: string }[];
  return isError ? (JSON.parse(first!.text) as { error: { code: string } }).error.code : null;
};

const overOtlp: Door = async ({ tool, output, workspace, key }) => {
  const said = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': tool,
    'gen_ai.tool.call.result': output,
  };
  const attributes = Object.entries(said).map(([name, stringValue]) => ({
    key: name,
    value: { stringValue },
  }));
  const span = {
    traceId: 'd00d',
    spanId: Buffer.from(key).toString('hex').slice(0, 16),
    name: tool,
    attributes,
  };
  const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  const answer = await team.call('traces', body, {
    query: workspace ? `?workspace=${encodeURIComponent(workspace)}` : '',
  });
  return answer.body['error']?.code ?? null;
};

describe.each([
  ['HTTP', overHttp],
  ['MCP', overMcp],
  ['OTLP', overOtlp],
])('over %s', (name, report) => {
  const runs = async (tool: string) => (await stepsOf(team)).filter((step) => step.tool?.name === tool);

  test('what is secret is hidden before it is stored', async () => {
    const secret = 'ghp_1234567890abcdefghijABCDEFGHIJ123456';
    const tool = `secret_${name}`;
    expect(await report({ tool, output: `it is ${secret}`, key: tool })).toBeNull();
    const [step] = await runs(tool);
    expect(step).toMatchObject({ origin: 'reported', masked: 1 });
    expect(JSON.stringify(step)).not.toContain(secret);
  });

  test('a call that is made again has the effect of one', async () => {
    const run = { tool: `again_${name}`, output: 'x', key: `again ${name}` };
    expect([await report(run), await report(run)]).toEqual([null, null]);
    expect(await runs(run.tool)).toHaveLength(1);
  });

  test('a channel that the bot does not see is not there', async () => {
    const hidden = team.guild.createChannel({ name: `project-hidden-${name.toLowerCase()}` });
    hidden.setOverwrites([{ id: team.researcher, deny: PermissionFlagsBits.ViewChannel }]);
    await team.running.settled();
    const run = { tool: 'x', workspace: hidden.name, key: `hidden ${name}` };
    expect(await report(run)).toBe('not_found');
    expect(await report({ ...run, workspace: '#project-nowhere', key: `nowhere ${name}` })).toBe('not_found');
  });

  test('what is no good is refused', async () => {
    const refused = await report({ tool: '', key: `bad ${name}` });
    // A span is what it is: one without a name is a tool all the same.
    expect(refused).toBe(name === 'OTLP' ? null : 'invalid');
  });
});
