import { z } from 'zod';
import { exportOf } from '../../discord/export.ts';
import { placeFields } from '../../domain/agent-report.ts';
import { sameName } from '../../domain/author.ts';
import { INSIGHT_SCHEMA } from '../../domain/insight-message.ts';
import { ARTIFACT_MAX, stateOf, withMeta } from '../../domain/stored-artifact.ts';
import type { StoredArtifact } from '../../domain/stored-artifact.ts';
import type { Call } from '../doors.ts';
import { AgentError } from '../errors.ts';
import { NOTHING_HERE, readableLog, readableWorkspaces } from '../places.ts';
import { define } from './define.ts';

const LISTED_MAX = 100;

const listed = z.strictObject({
  id: z.string(),
  schema: z.string(),
  producer: z.string(),
  consumer: z.string().nullable(),
  session_id: z.string().nullable(),
  workflow_id: z.string().nullable(),
  state: z.enum(['waiting', 'taken', 'expired']),
  created_at: z.string(),
});
const content = z.record(z.string(), z.unknown()).describe('The data, with `_meta` that says whose it is.');
const id = z.string().min(1).max(100);

export const listArtifacts = define({
  name: 'list_artifacts',
  title: 'List artifacts',
  description:
    'The data that other bots have handed to this one and that it has not taken yet, the oldest first.',
  isReading: true,
  input: z.strictObject({
    workspace: placeFields.shape.workspace,
    limit: z.int().min(1).max(LISTED_MAX).default(20),
  }),
  output: z.strictObject({ artifacts: z.array(listed) }),
  async run({ workspace, limit }, call) {
    const workspaceIds = (await readableWorkspaces(call, workspace)).map(({ id }) => id);
    const { store } = call.doors.app;
    const consumer = call.caller.bot.name;
    const waiting = await store.artifacts.waiting({ consumer, workspaceIds, limit });
    const visible = await Promise.all(waiting.map((artifact) => isVisible(call, artifact)));
    return { artifacts: waiting.filter((_, index) => visible[index]).map(listedOf) };
  },
});

export const getArtifact = define({
  name: 'get_artifact',
  title: 'Read an artifact',
  description:
    'An artifact by its id, without taking it; or with session_id a whole session as data for the next agent (schema work-log-v1).',
  isReading: true,
  input: z.strictObject({ id: id.nullish(), session_id: placeFields.shape.session_id }),
  output: z.strictObject({ artifact: content }),
  async run({ id, session_id }, call) {
    if (id) return { artifact: withMeta(await readable(call, id)) };
    if (!session_id) throw new AgentError('invalid', 'Give the `id` of an artifact, or a `session_id`.');
    const exported = await exportOf(
      call.doors.app,
      await readableLog(call, session_id),
      'json',
      ARTIFACT_MAX,
    );
    return { artifact: JSON.parse(exported.body) as Record<string, unknown> };
  },
});

export const takeArtifact = define({
  name: 'take_artifact',
  title: 'Take an artifact',
  description:
    'Takes an artifact that was handed to this bot, or to any: only one bot gets it. Taken by this bot before, it is given again.',
  isReading: false,
  input: z.strictObject({ id }),
  output: z.strictObject({ artifact: content }),
  async run({ id }, call) {
    const { store, now } = call.doors.app;
    const { name } = call.caller.bot;
    const { workspaceId } = await readable(call, id);
    const taken = await store.artifacts.take({ id, by: name, workspaceIds: [workspaceId] }, now());
    const own = taken ?? (await readable(call, id));
    if (!taken && (own.takenBy === null || !sameName(own.takenBy, name)))
      throw new AgentError('conflict', 'That artifact is for another bot, or another bot has taken it.');
    return { artifact: withMeta(own) };
  },
});

/** @throws AgentError for one that the bot may not read, or that is gone, as for one that there is not */
async function readable(call: Call, id: string): Promise<StoredArtifact> {
  const workspaceIds = (await readableWorkspaces(call, null)).map((workspace) => workspace.id);
  const artifact = await call.doors.app.store.artifacts.get(id, workspaceIds);
  if (!artifact || artifact.content === null || !(await isVisible(call, artifact)))
    throw new AgentError('not_found', NOTHING_HERE);
  return artifact;
}

/** What came from a private thread stays with its members, and an insight with the account it is for, however another calls itself. */
async function isVisible(call: Call, { id, sessionId, schema }: StoredArtifact): Promise<boolean> {
  if (schema === INSIGHT_SCHEMA) {
    const holder = await call.doors.app.store.insights.holderOf(id);
    if (holder !== null && holder !== call.caller.bot.key) return false;
  }
  if (sessionId === null) return true;
  return readableLog(call, sessionId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AgentError) return false;
      throw error;
    },
  );
}

function listedOf(artifact: StoredArtifact): z.output<typeof listed> {
  const { id, schema, producer, consumer, sessionId, workflowId, createdAt } = artifact;
  return {
    id,
    schema,
    producer,
    consumer,
    session_id: sessionId,
    workflow_id: workflowId,
    state: stateOf(artifact),
    created_at: new Date(createdAt).toISOString(),
  };
}
