import { z } from 'zod';
import { coverageOfLog } from '../../coverage.ts';
import { placeFields } from '../../domain/agent-report.ts';
import { sameName } from '../../domain/author.ts';
import type { Coverage } from '../../domain/coverage.ts';
import { toRecord } from '../../domain/entry-record.ts';
import type { EntryRecord } from '../../domain/entry-record.ts';
import { recordSetting, sessionRecord } from '../../domain/session-record.ts';
import { visibleFrom } from '../../domain/visibility.ts';
import type { Readable } from '../../discord/reader.ts';
import type { EntryFilter } from '../../store/store.ts';
import type { Call } from '../doors.ts';
import { AgentError } from '../errors.ts';
import { NOTHING_HERE, readableLog, readableWorkspaces, readerOf } from '../places.ts';
import { define } from './define.ts';

/** As in exports: docs/agents.md names the fields. */
const entryRecord = z
  .record(z.string(), z.unknown())
  .describe('A step with all its fields, as in an export.');
const session = z.record(z.string(), z.unknown()).describe('A session without its steps.');
const workspace = placeFields.shape.workspace;

const STEPS_MAX = 200;
const LOGS_MAX = 100;
const ANSWERS_MAX = 20;

export const explain = define({
  name: 'explain',
  title: 'Explain a session',
  description:
    'The steps of a session, in order: what was done, by which bot, how sure it was, what tools gave. Without session_id it is the ' +
    'latest session of the workspace. A long one comes in pages: go on with from_step = next_step.',
  isReading: true,
  input: z.strictObject({
    workspace,
    thread_id: placeFields.shape.thread_id,
    session_id: placeFields.shape.session_id,
    mode: z
      .enum(['summary', 'detailed', 'coordination'])
      .default('summary')
      .describe(
        'summary: without what tools took and gave, and details; coordination: only what was done while coordinating.',
      ),
    bot: z.string().max(100).nullish().describe('Only the steps of this bot.'),
    from_step: z.int().min(1).default(1),
    limit: z.int().min(1).max(STEPS_MAX).default(50),
  }),
  output: z.strictObject({
    session,
    entries: z.array(entryRecord),
    total: z.int().describe('How many steps there are of this kind.'),
    next_step: z.int().nullable(),
    unseen: z.array(z.strictObject({ from: z.string(), to: z.string().nullable(), reason: z.string() })),
  }),
  async run({ mode, bot, from_step, limit, ...where }, call) {
    const readable = where.session_id ? await readableLog(call, where.session_id) : await latest(call, where);
    const { log, workspace } = readable;
    const { store, now } = call.doors.app;
    const participants = await store.sessions.participants(log.sessionId);
    const only = bot ? participants.find(({ author }) => sameName(author.name, bot)) : undefined;
    if (bot && !only) throw new AgentError('not_found', 'No bot of that name took part in this session.');
    const filter = {
      sessionId: log.sessionId,
      authorKey: only?.author.key,
      coordinatorMode: mode === 'coordination',
    };
    const { entries, total } = await pageFrom(call, filter, from_step, limit);
    const setting = recordSetting(workspace, participants);
    const last = entries.at(-1);
    const records = entries.map((entry) => toRecord(entry, setting));
    return {
      session: { ...sessionRecord(log, setting) },
      entries: records.map((record) => ({ ...(mode === 'summary' ? brief(record) : record) })),
      total,
      next_step: last && last.step < log.counts.steps && entries.length === limit ? last.step + 1 : null,
      unseen: unseenOf(await coverageOfLog(store, workspace, log, now())),
    };
  },
});

export const how = define({
  name: 'how',
  title: 'Ask the work logs',
  description:
    'Finds the steps that answer a plain question best, such as “why was the rate limit 60 a minute?” or “what did @researcher find?”, ' +
    'over all sessions that this bot may read, or in one workspace.',
  isReading: true,
  input: z.strictObject({
    question: z.string().trim().min(1).max(2000),
    workspace,
    limit: z.int().min(1).max(ANSWERS_MAX).default(5),
  }),
  output: z.strictObject({ answers: z.array(z.strictObject({ query: z.string(), entry: entryRecord })) }),
  async run({ question, workspace, limit }, call) {
    const workspaces = await readableWorkspaces(call, workspace);
    const { privacy } = call.doors.app.config.workLogs;
    const searched = visibleFrom(undefined, workspaces, privacy.workspaceIsolation);
    const { hits } = await readerOf(call).ask(question, searched, limit);
    const answers = await Promise.all(
      hits.map(async ({ entry, log, workspace }) => {
        const participants = await call.doors.app.store.sessions.participants(log.sessionId);
        return { query: log.query, entry: { ...toRecord(entry, recordSetting(workspace, participants)) } };
      }),
    );
    return { answers };
  },
});

export const listLogs = define({
  name: 'list_logs',
  title: 'List sessions',
  description:
    'The latest sessions that this bot may read, newest first, with what each was about and how it stands.',
  isReading: true,
  input: z.strictObject({ workspace, limit: z.int().min(1).max(LOGS_MAX).default(10) }),
  output: z.strictObject({ logs: z.array(session) }),
  async run({ workspace, limit }, call) {
    const logs = await readerOf(call).logs(await readableWorkspaces(call, workspace), limit);
    return { logs: await Promise.all(logs.map((readable) => sessionOf(call, readable))) };
  },
});

async function sessionOf({ doors }: Call, { workspace, log }: Readable): Promise<Record<string, unknown>> {
  const participants = await doors.app.store.sessions.participants(log.sessionId);
  return { ...sessionRecord(log, recordSetting(workspace, participants)) };
}

/** @throws AgentError where there is none that the bot may read */
async function latest(
  call: Call,
  where: { workspace?: string | null | undefined; thread_id?: string | null | undefined },
): Promise<Readable> {
  const workspaces = await readableWorkspaces(call, where.workspace);
  const reader = readerOf(call);
  const logs = await reader.logs(workspaces, where.thread_id ? LOGS_MAX : 1);
  const found = where.thread_id ? logs.find(({ log }) => log.threadId === where.thread_id) : logs[0];
  if (!found) throw new AgentError('not_found', NOTHING_HERE);
  return found;
}

/** Steps from a number on: those that a filter lets through are counted otherwise. */
async function pageFrom({ doors }: Call, filter: EntryFilter, step: number, limit: number) {
  const { entries } = doors.app.store;
  if (filter.authorKey === undefined && !filter.coordinatorMode) return entries.page(filter, step - 1, limit);
  for (let offset = 0; ; offset += STEPS_MAX) {
    const page = await entries.page(filter, offset, STEPS_MAX);
    const first = page.entries.findIndex((entry) => entry.step >= step);
    if (first === -1 && page.entries.length === STEPS_MAX) continue;
    const { total } = page;
    return first === -1
      ? { entries: [], total }
      : { ...(await entries.page(filter, offset + first, limit)), total };
  }
}

function brief({
  tool_input: _in,
  tool_output: _out,
  details: _details,
  ...record
}: EntryRecord): Partial<EntryRecord> {
  return record;
}

/** Of what times it is not known what was said. */
function unseenOf({ gaps }: Coverage) {
  return gaps.map(({ from, to, reason }) => ({
    from: new Date(from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
    reason,
  }));
}
