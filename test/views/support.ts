import type { Author } from '../../src/domain/author.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { noCounts } from '../../src/domain/work-log.ts';
import type { Participant, WorkLog } from '../../src/domain/work-log.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import type { View } from '../../src/views/limits.ts';

export const NOW = Date.UTC(2026, 0, 5, 9, 30);
export const MINUTE = 60_000;

export const nanobot: Author = { key: '200000000000000001', name: 'nanobot', kind: 'bot' };
export const researcher: Author = { key: '200000000000000002', name: 'researcher', kind: 'bot' };
export const ana: Author = { key: '100000000000000001', name: 'Ana', kind: 'person' };

export function entry(step: number, overrides: Partial<Entry> = {}): Entry {
  return {
    sessionId: '300000000000000001',
    step,
    messageId: String(300000000000000000n + BigInt(step)),
    part: 0,
    at: NOW - 20 * MINUTE + step * 1000,
    author: nanobot,
    role: 'specialist',
    level: 'info',
    category: 'general',
    message: `what was said in step ${step}`,
    origin: 'inferred',
    triggeredBy: 'user',
    mentions: [],
    handoffTo: [],
    responseTo: null,
    coordinatorMode: false,
    escalation: false,
    confidence: null,
    durationMs: null,
    tool: null,
    details: null,
    insightCategory: null,
    masked: 0,
    editedAt: null,
    deletedAt: null,
    ...overrides,
  };
}

export function entries(n: number, overrides: Partial<Entry> = {}): Entry[] {
  return Array.from({ length: n }, (_, index) => entry(index + 1, overrides));
}

/** Who wrote these, in the order of their first step. */
export function participantsOf(all: Entry[]): Participant[] {
  const byKey = Map.groupBy(all, ({ author }) => author.key);
  return [...byKey.values()].map((of) => ({ author: of[0]!.author, steps: of.length }));
}

export function workspace(overrides: Partial<Workspace> = {}): Workspace {
  return {
    id: 1,
    guildId: '400000000000000001',
    channelId: '500000000000000001',
    name: 'project-refactor',
    type: 'project',
    coordinator: 'nanobot',
    owners: [],
    mappedBy: 'command',
    mappedAt: 0,
    unmappedAt: null,
    settings: {},
    ...overrides,
  };
}

export function workLog(overrides: Partial<WorkLog> = {}): WorkLog {
  return {
    sessionId: '300000000000000001',
    workspaceId: 1,
    threadId: null,
    privateThread: false,
    query: 'Refactor the authentication module',
    coordinator: 'nanobot',
    startedAt: NOW - 23 * MINUTE,
    lastAt: NOW - MINUTE,
    endedAt: null,
    endReason: null,
    finalOutput: null,
    isOutputReported: false,
    summary: null,
    waiting: 0,
    counts: noCounts(),
    ...overrides,
  };
}

type Part = Record<string, unknown>;

/** Every component of a view, those inside others included. */
export function partsOf({ components }: Pick<View, 'components'>): Part[] {
  return (components as unknown as Part[]).flatMap(deep);
}

function deep(part: Part): Part[] {
  return [part, ...((part['components'] as Part[] | undefined) ?? []).flatMap(deep)];
}

/** All that a view says, one text after the other. */
export function textOf(view: Pick<View, 'components'>): string {
  return partsOf(view)
    .flatMap(({ content }) => (typeof content === 'string' ? [content] : []))
    .join('\n');
}

export function buttonOf(view: Pick<View, 'components'>, label: string): Part | undefined {
  return partsOf(view).find((part) => part['label'] === label);
}

export function customIdOf(view: Pick<View, 'components'>, label: string): string {
  return String(buttonOf(view, label)?.['custom_id']);
}
