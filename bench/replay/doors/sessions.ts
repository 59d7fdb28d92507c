import { basename } from 'node:path';
import { z } from 'zod';
import type { WorkLogsClient } from '../../../src/agents/client.ts';
import type { Entry } from '../../../src/domain/entry.ts';
import { TOOL_STATUSES } from '../../../src/domain/entry.ts';
import type { Store } from '../../../src/store/store.ts';
import { readAs } from '../../../sandbox/replay/conversations.ts';
import { differences } from './compare.ts';
import { resultOf } from './result.ts';
import type { ExpectedEntry, FileResult } from './result.ts';

const session = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  question: z.string().nullish(),
  messages: z.array(
    z.object({
      author: z.string(),
      role: z.enum(['human', 'bot']),
      content: z.string(),
      to: z
        .string()
        .nullish()
        .transform((name) => name ?? undefined),
      ts: z.string().nullish(),
      tool: z
        .object({
          name: z.string(),
          input: z.unknown().optional(),
          output: z.unknown().optional(),
          status: z.enum(TOOL_STATUSES),
          error: z.string().nullish(),
          duration_ms: z.number().nullish(),
        })
        .nullish(),
    }),
  ),
});

type Session = z.output<typeof session>;
type Message = Session['messages'][number];

export interface PlayedSession {
  file: string;
  entries: { expected: ExpectedEntry; sessionId: string | null; step: number | null }[];
}

const AT_ONCE = 1_000;

/** Reports what the bots of these files did, session by session; what people said is not theirs to report. */
export async function playSessions(
  client: WorkLogsClient,
  files: readonly string[],
): Promise<PlayedSession[]> {
  const played: PlayedSession[] = [];
  for (const file of files) {
    for (const { id, question, messages } of readAs(session, file)) {
      const conversation_id = `${basename(file)} ${id}`.slice(0, 200);
      await client.call('start_session', {
        conversation_id,
        query: question?.trim() || id,
        timestamp: firstTime(messages),
      });
      const said = messages.filter(
        ({ role, tool, content }) => role === 'bot' && (tool || content.trim() !== ''),
      );
      const entries: PlayedSession['entries'] = [];
      for (let from = 0; from < said.length; from += AT_ONCE) {
        const some = said.slice(from, from + AT_ONCE);
        const answer = await client.call('log_entries', { conversation_id, entries: some.map(entryOf) });
        for (const [index, { session_id, step }] of answer.entries.entries())
          entries.push({
            expected: expectedOf(some[index]!, `${id}[${from + index}]`),
            sessionId: session_id,
            step,
          });
      }
      await client.call('end_session', {
        conversation_id,
        summary: 'Replayed.',
        timestamp: firstTime(messages),
      });
      played.push({ file, entries });
    }
  }
  return played;
}

export async function checkSessions(store: Store, played: readonly PlayedSession[]): Promise<FileResult[]> {
  const byFile = Map.groupBy(played, ({ file }) => file);
  const results: FileResult[] = [];
  for (const [file, sessions] of byFile) {
    const entries = sessions.flatMap((one) => one.entries);
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const { expected, sessionId, step } of entries) {
      const entry: Entry | null =
        sessionId === null || step === null ? null : await store.entries.byStep(sessionId, step);
      const place = `${sessionId}/${step}`;
      wrong.push(...differences(expected, entry && !seen.has(place) ? [entry] : []));
      seen.add(place);
    }
    results.push(
      resultOf(
        basename(file),
        entries.map(({ expected }) => expected),
        wrong,
      ),
    );
  }
  return results;
}

function entryOf({ content, tool, author, ts }: Message) {
  const common = { bot_name: author.slice(0, 100) || 'bot', timestamp: ts ?? null };
  if (!tool) return { ...common, message: content };
  return {
    ...common,
    type: 'tool' as const,
    tool_name: tool.name,
    tool_input: tool.input,
    tool_output: tool.output,
    tool_status: tool.status,
    tool_error: tool.error ?? null,
    duration_ms: tool.duration_ms ?? null,
    ...(content.trim() !== '' && { message: content }),
  };
}

function expectedOf({ tool }: Message, name: string): ExpectedEntry {
  if (!tool) return { name, kind: 'message', tool: null, status: null, error: null, durationMs: null };
  const { status, error = null, duration_ms: durationMs = null } = tool;
  return { name, kind: 'tool', tool: tool.name, status, error, durationMs };
}

function firstTime(messages: readonly Message[]): string | null {
  return messages.find(({ ts }) => ts)?.ts ?? null;
}
