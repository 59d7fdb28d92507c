import type { Author } from '../../src/domain/author.ts';
import type { Draft } from '../../src/domain/entry.ts';
import { DEFAULT_IDLE_TIMES } from '../../src/domain/work-log.ts';
import type { PlacedDraft, Store } from '../../src/store/store.ts';
import { createWriter, seededRandom } from './text.ts';
import type { Random, Writer } from './text.ts';

/** Seven agents work in each workspace. */
const AGENTS = ['nanobot', 'researcher', 'coder', 'tester', 'creative', 'analyst', 'reviewer'];

/** A session has so many steps on average. */
const SESSION_STEPS = 100;

/** First instant of the data, ms UTC, and the time between two messages of a workspace. */
const START = Date.UTC(2026, 0, 5, 9);
const PACE_MS = 4000;

/** Opens `count` workspaces in a new store and returns their ids. */
export async function mapWorkspaces(store: Store, count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 1; n <= count; n += 1) {
    const channelId = snowflake(n);
    const mapping = { guildId: snowflake(0), channelId, name: `project-${n}`, coordinator: 'nanobot' };
    const rule = { type: 'project' as const, owners: ['everyone' as const], mappedBy: 'rule' as const };
    ids.push((await store.workspaces.map({ ...mapping, ...rule }, START, null)).id);
  }
  return ids;
}

/**
 * Agents at work in all the given workspaces at once, in channels and threads, one session after another: mostly plain talk, some
 * handoffs and replies. Endless; the same seed gives the same drafts.
 */
export function* generateDrafts(workspaceIds: readonly number[], seed = 1): Generator<PlacedDraft, never> {
  const random = seededRandom(seed);
  const writer = createWriter(random);
  const teams = workspaceIds.map((workspaceId) => newTeam(workspaceId));
  for (let n = 1; ; n += 1) {
    const team = teams[Math.floor(random() * teams.length)]!;
    if (random() < 1 / SESSION_STEPS) startSession(team, n, random);
    const draft = nextDraft(team, snowflake(n), random, writer);
    yield { workspaceId: team.workspaceId, threadId: team.threadId, privateThread: false, draft };
  }
}

interface Team {
  workspaceId: number;
  agents: Author[];
  threadId: string | null;
  at: number;
  lastMessageId: string | null;
}

function newTeam(workspaceId: number): Team {
  const agents = AGENTS.map((name, index) => ({
    key: snowflake(workspaceId * 100 + index),
    name,
    kind: 'bot' as const,
  }));
  return { workspaceId, agents, threadId: null, at: START, lastMessageId: null };
}

/** Half of the sessions run in a thread of their own; in the channel one ends when it has been idle long enough. */
function startSession(team: Team, n: number, random: Random): void {
  team.threadId = random() < 0.5 ? snowflake(n) : null;
  team.at += DEFAULT_IDLE_TIMES.project + PACE_MS;
  team.lastMessageId = null;
}

function nextDraft(team: Team, messageId: string, random: Random, writer: Writer): Draft {
  const author = team.agents[Math.floor(random() * team.agents.length)]!;
  const other = team.agents.find(({ key }) => key !== author.key)!;
  const addressed = random() < 0.08 ? [other] : [];
  const text = writer.write(writer.length());
  const draft: Draft = {
    messageId,
    part: 0,
    replyToMessageId: random() < 0.05 ? team.lastMessageId : null,
    at: (team.at += PACE_MS),
    author,
    level: 'info',
    category: 'general',
    message: addressed.length > 0 ? `@${other.name} ${text}` : text,
    origin: 'inferred',
    mentions: addressed,
    addressed,
    escalation: false,
    confidence: null,
    durationMs: null,
    tool: null,
    details: null,
    masked: 0,
  };
  team.lastMessageId = messageId;
  return draft;
}

/** The n-th id, of a real one's size. */
export function snowflake(n: number): string {
  return `1${n.toString().padStart(18, '0')}`;
}

/** The next `count` of an endless series. */
export function take<T>(series: Iterator<T, unknown>, count: number): T[] {
  return Array.from({ length: count }, () => series.next().value as T);
}
