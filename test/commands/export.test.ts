import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOTHING_YET } from '../../src/discord/session-option.ts';
import { REFUSAL } from '../../src/discord/reader.ts';
import { EXPORT_MAX } from '../../src/views/export.ts';
import type { HasId, Person } from '../../sandbox/sandbox.ts';
import { RULES, draft } from '../store/support.ts';
import { ask, converse, startTeam } from './support.ts';
import type { Options, Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

/** The file that a person gets, and what is said of it. */
async function exported(person: Person, place: HasId, options: Options = {}) {
  const { reply, text } = await ask(person, place, 'export', options);
  const [file, ...others] = reply.attachments;
  expect(others).toEqual([]);
  return { text, file: file!, content: await (await fetch(file!.url)).text() };
}

async function session() {
  const { app } = team.running;
  const workspace = app.workspaces.byChannel(team.channel.id)!;
  const log = (await app.store.sessions.latest({ workspaceId: workspace.id, threadId: null }))!;
  return { workspace, log, app };
}

/** The researcher runs a tool and says what came out. */
function runTool(output: Record<string, unknown>): void {
  const block = { tool_name: 'scan_skill', tool_output: output, tool_status: 'success', duration_ms: 342 };
  team.researcher.in(team.channel).send(`\`\`\`worklog\n${JSON.stringify(block)}\n\`\`\``);
}

describe('as an artifact', () => {
  test('an open session is given to the asker alone, with the tool runs as data', async () => {
    await converse(team, team.channel, 3);
    runTool({ risk_score: 15, next_actions: ['manual_review'] });
    await team.running.settled();
    const { log } = await session();
    const { text, file, content } = await exported(team.ben, team.channel);
    expect(text).toBe('📓 “Please look at the login” · 1 tool run as an artifact (work-log-v1).');
    expect(file.filename).toBe(`work-log-${log.sessionId}.json`);
    expect(JSON.parse(content)).toEqual({
      schema: 'work-log-v1',
      workflow_id: null,
      query: 'Please look at the login',
      decisions: [
        {
          step: 4,
          category: 'tool',
          tool: 'scan_skill',
          input: null,
          output: { risk_score: 15, next_actions: ['manual_review'] },
          status: 'success',
          confidence: null,
          duration_ms: 342,
          error: null,
        },
      ],
      summary: { total_steps: 4, tool_calls: 1, errors: 0, total_duration_ms: 342, final_output: null },
      recommendations: ['manual_review'],
      _meta: {
        id: log.sessionId,
        producer: 'nanobot',
        consumer: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        schema: 'work-log-v1',
      },
    });
  });

  test('a closed session too, named by its id, of another workspace', async () => {
    await converse(team, team.channel, 2);
    const { app, log, workspace } = await session();
    await app.store.sessions.close({ workspaceId: workspace.id, threadId: null }, log.lastAt + 1, 'command');
    const elsewhere = team.guild.createChannel({ name: 'project-other' });
    await team.running.settled();
    for (const options of [{ session: log.sessionId }, { workspace: team.channel }]) {
      const { content } = await exported(team.ben, elsewhere, options);
      expect(JSON.parse(content)).toMatchObject({
        decisions: [],
        _meta: { id: log.sessionId, created_at: new Date(log.lastAt + 1).toISOString() },
      });
    }
  });
});

test('as ndjson every step is a line with every field', async () => {
  await converse(team, team.channel, 3);
  runTool({ ok: true });
  await team.running.settled();
  const { log, app } = await session();
  const { text, file, content } = await exported(team.ben, team.channel, { format: 'ndjson' });
  expect(text).toBe('📓 “Please look at the login” · 4 steps, one per line.');
  expect(file.filename).toBe(`work-log-${log.sessionId}.ndjson`);
  expect(content.endsWith('\n')).toBe(true);
  const lines = content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  expect(lines[0]).toMatchObject({
    bot_name: 'Ben',
    bot_role: null,
    author_kind: 'person',
    triggered_by: 'user',
  });
  expect(lines[1]).toMatchObject({ bot_name: 'researcher', response_to: 1, message: 'finding 2 on login' });
  expect(lines[3]).toMatchObject({ tool_name: 'scan_skill', tool_output: { ok: true }, origin: 'reported' });
  for (const line of lines)
    expect(line).toMatchObject({
      session_id: log.sessionId,
      workspace_id: '#project-site',
      workspace_type: 'project',
      participants: ['researcher'],
    });
  const { entries } = await app.store.entries.page({ sessionId: log.sessionId }, 0, 10);
  expect(lines.map(({ message_id }) => message_id)).toEqual(entries.map(({ messageId }) => messageId));
});

test('a long session is whole, and what was deleted in Discord is not in it', async () => {
  await converse(team, team.channel, 1);
  const { app, log, workspace } = await session();
  const place = { workspaceId: workspace.id, threadId: null, privateThread: false };
  const many = Array.from({ length: 1202 }, (_, n) => ({
    ...place,
    draft: draft(n, { at: log.lastAt + n }),
  }));
  await app.store.entries.append(many, RULES);
  await app.store.entries.erase([draft(7).messageId], log.lastAt + 5000);
  const { content } = await exported(team.ben, team.channel, { format: 'ndjson' });
  const lines = content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ step }) => step)).toEqual(Array.from({ length: 1203 }, (_, n) => n + 1));
  expect(lines[8]).toMatchObject({ message: '', deleted_at: new Date(log.lastAt + 5000).toISOString() });
  expect(content).not.toContain('"message 7"');
});

test('a session larger than 10 MiB fills the file to its end, and what is left out is said', async () => {
  await converse(team, team.channel, 1);
  const { app, log, workspace } = await session();
  const big = Array.from({ length: 420 }, (_, n) => ({
    workspaceId: workspace.id,
    threadId: null,
    privateThread: false,
    draft: draft(n, {
      at: log.lastAt + n,
      message: 'ü'.repeat(4000),
      origin: 'reported',
      durationMs: 1,
      tool: {
        name: 'read',
        input: 'x'.repeat(16_000),
        output: 'y'.repeat(16_000),
        status: 'success',
        error: null,
      },
    }),
  }));
  await app.store.entries.append(big, RULES);

  const all = await exported(team.ben, team.channel, { format: 'ndjson' });
  const lines = all.content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: number });
  expect(all.file.size).toBeLessThanOrEqual(EXPORT_MAX);
  expect(all.file.size).toBeGreaterThan(EXPORT_MAX - 64 * 1024);
  expect(lines.at(-1)!.step).toBe(lines.length);
  expect(all.text).toContain(`Left out: the last ${421 - lines.length} steps.`);

  const data = await exported(team.ben, team.channel, { format: 'json' });
  const artifact = JSON.parse(data.content) as { decisions: unknown[]; summary: object; _meta: object };
  expect(data.file.size).toBeLessThanOrEqual(EXPORT_MAX);
  const left = 420 - artifact.decisions.length;
  expect(left).toBeGreaterThan(0);
  expect(data.text).toContain(`Left out: the last ${left} tool runs. The summary in it counts them.`);
  expect(artifact).toMatchObject({
    summary: { total_steps: 421, tool_calls: 420, total_duration_ms: 420 },
    _meta: { decisions_left_out: left },
  });
});

describe('who may not read gets the same answer, whatever the reason:', () => {
  test('a hidden workspace, an unmapped channel, and sessions that are hidden or made up', async () => {
    const hidden = team.guild.createChannel({
      name: 'project-hidden',
      overwrites: [
        { id: team.guild.everyone, deny: 1n << 10n },
        { id: team.bot, allow: 1n << 10n },
      ],
    });
    const unmapped = team.guild.createChannel({ name: 'random' });
    await team.running.settled();
    team.ana.in(hidden).send('Top secret');
    await team.running.settled();
    const { app } = team.running;
    const { id } = app.workspaces.byChannel(hidden.id)!;
    const secret = (await app.store.sessions.latest({ workspaceId: id, threadId: null }))!;
    const answers = await Promise.all([
      ask(team.ben, unmapped, 'export'),
      ask(team.ben, team.channel, 'export', { workspace: unmapped }),
      ask(team.ben, team.channel, 'export', { session: secret.sessionId }),
      ask(team.ben, team.channel, 'export', { session: secret.sessionId, format: 'ndjson' }),
      ask(team.ben, team.channel, 'export', { session: '123456789012345678' }),
    ]);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set([REFUSAL]));
    expect(answers.flatMap(({ reply }) => reply.attachments)).toEqual([]);
    const { content } = await exported(team.ana, team.channel, { session: secret.sessionId });
    expect(content).toContain('Top secret');
  });

  test('the session of a private thread, but not for its members', async () => {
    const secret = team.ana
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    const { id } = team.ana.in(secret).send('The secret plan');
    await team.running.settled();
    expect((await ask(team.ben, team.channel, 'export', { session: id })).text).toBe(REFUSAL);
    expect((await exported(team.ana, team.channel, { session: id })).content).toContain('The secret plan');
  });
});

test('where nothing is recorded yet that is said', async () => {
  expect((await ask(team.ben, team.channel, 'export')).text).toBe(NOTHING_YET);
});

test('sessions are suggested while typing, those that the asker may see', async () => {
  await converse(team, team.channel, 2);
  const { log } = await session();
  const choices = await team.ben
    .in(team.channel)
    .autocomplete('export', { focused: 'session', value: 'login' });
  expect(choices.map(({ value }) => value)).toEqual([log.sessionId]);
});
