import { describe, expect, it } from 'vitest';
import type { Author } from '../../src/domain/author.ts';
import type { Draft, Entry } from '../../src/domain/entry.ts';
import { newMemory, placeInSession, remember } from '../../src/domain/session.ts';
import type { SessionMemory, Setting } from '../../src/domain/session.ts';

const ana: Author = { key: '1', name: 'Ana', kind: 'person' };
const nanobot: Author = { key: '2', name: 'nanobot', kind: 'bot' };
const researcher: Author = { key: '3', name: 'researcher', kind: 'bot' };
const coder: Author = { key: 'w:coder', name: 'coder', kind: 'persona' };

const project: Setting = { type: 'project', coordinator: 'nanobot' };
const coordination: Setting = { type: 'coordination', coordinator: '@Nanobot' };

function draft(author: Author, message: string, extra: Partial<Draft> = {}): Draft {
  return {
    messageId: '100',
    part: 0,
    replyToMessageId: null,
    at: 1_000,
    author,
    level: 'info',
    category: 'general',
    message,
    origin: 'inferred',
    mentions: [],
    addressed: [],
    escalation: false,
    confidence: null,
    durationMs: null,
    tool: null,
    details: null,
    masked: 0,
    ...extra,
  };
}

/** Plays drafts into one session and gives back its entries. */
function play(setting: Setting, ...drafts: (Draft & { answers?: number })[]): Entry[] {
  const memory: SessionMemory = newMemory('s1');
  const entries: Entry[] = [];
  for (const each of drafts) {
    const answered = each.answers === undefined ? null : entries[each.answers - 1]!;
    const entry = placeInSession(each, memory, setting, answered);
    remember(memory, entry, each.mentions);
    entries.push(entry);
  }
  return entries;
}

describe('steps', () => {
  it('count from one without gaps', () => {
    const entries = play(project, draft(ana, 'a'), draft(nanobot, 'b'), draft(ana, 'c'));
    expect(entries.map((entry) => entry.step)).toEqual([1, 2, 3]);
  });

  it('name the step they answer only within their own session', () => {
    const memory = newMemory('s2');
    const elsewhere = { sessionId: 's1', step: 7, author: nanobot };
    const entry = placeInSession(draft(researcher, 'late'), memory, project, elsewhere);
    expect(entry).toMatchObject({ responseTo: null, triggeredBy: '@nanobot' });
  });
});

describe('what a bot says', () => {
  it('is a handoff when it addresses another bot', () => {
    const [entry] = play(
      project,
      draft(nanobot, '@researcher look', { mentions: [researcher], addressed: [researcher] }),
    );
    expect(entry).toMatchObject({
      level: 'handoff',
      category: 'bot_conversation',
      mentions: ['@researcher'],
      handoffTo: ['@researcher'],
      role: 'coordinator',
      coordinatorMode: true,
      triggeredBy: 'user',
    });
  });

  it('is bot conversation when it mentions another bot in passing', () => {
    const [entry] = play(project, draft(coder, 'as @researcher found', { mentions: [researcher] }));
    expect(entry).toMatchObject({
      level: 'info',
      category: 'bot_conversation',
      handoffTo: [],
      role: 'specialist',
    });
  });

  it('is caused by the bot that last mentioned it, until somebody else does', () => {
    const entries = play(
      project,
      draft(nanobot, '@researcher look', { mentions: [researcher], addressed: [researcher] }),
      draft(researcher, 'found two'),
      draft(researcher, 'and a third'),
      draft(ana, '@researcher thanks, go on', { mentions: [researcher] }),
      draft(researcher, 'going on'),
    );
    expect(entries.map((entry) => entry.triggeredBy)).toEqual([
      'user',
      '@nanobot',
      '@nanobot',
      'user',
      'user',
    ]);
    expect(entries.map((entry) => entry.category)).toEqual([
      'bot_conversation',
      'bot_conversation',
      'bot_conversation',
      'general',
      'general',
    ]);
  });

  it('is caused by what it replies to, whoever mentioned it last', () => {
    const entries = play(
      project,
      draft(ana, 'hello'),
      draft(nanobot, '@coder build', { mentions: [coder], addressed: [coder] }),
      { ...draft(coder, 'to Ana: hi'), answers: 1 },
      { ...draft(researcher, 'to nanobot: ok'), answers: 2 },
    );
    expect(entries[2]).toMatchObject({ triggeredBy: 'user', responseTo: 1, category: 'general' });
    expect(entries[3]).toMatchObject({
      triggeredBy: '@nanobot',
      responseTo: 2,
      category: 'bot_conversation',
    });
  });

  it('is never caused by itself, whether it answers or mentions itself', () => {
    const entries = play(
      project,
      draft(nanobot, '@coder build', { mentions: [coder], addressed: [coder] }),
      draft(coder, 'signed, @coder', { mentions: [coder] }),
      { ...draft(coder, 'and one thing more'), answers: 2 },
    );
    expect(entries.slice(1).map((entry) => entry.triggeredBy)).toEqual(['@nanobot', '@nanobot']);
  });

  it('is coordination when the coordinator speaks in a coordination workspace, but for handoffs', () => {
    const entries = play(
      coordination,
      draft(nanobot, 'parallel tasks complete'),
      draft(nanobot, '@coder proceed', { mentions: [coder], addressed: [coder] }),
      draft(coder, 'done'),
    );
    expect(entries.map((entry) => entry.level)).toEqual(['coordination', 'handoff', 'info']);
    expect(entries[0]).toMatchObject({ category: 'coordination', coordinatorMode: true });
  });

  it('keeps the level that was read from it', () => {
    const [entry] = play(
      coordination,
      draft(nanobot, '🚨 Escalation: x', { level: 'coordination', category: 'escalation', escalation: true }),
    );
    expect(entry).toMatchObject({ level: 'coordination', category: 'escalation', escalation: true });
  });
});

describe('what a person says', () => {
  it('is plain information from the user, whomever it mentions or answers', () => {
    const entries = play(coordination, draft(nanobot, 'shall I?'), {
      ...draft(ana, '@nanobot yes', { mentions: [nanobot], addressed: [nanobot] }),
      answers: 1,
    });
    expect(entries[1]).toMatchObject({
      level: 'info',
      category: 'general',
      role: null,
      triggeredBy: 'user',
      coordinatorMode: false,
      handoffTo: [],
      responseTo: 1,
    });
  });
});
