import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configFile } from '../../src/config/file.ts';
import { WORKSPACE_TYPES } from '../../src/domain/workspace.ts';
import type { WorkspaceType } from '../../src/domain/workspace.ts';
import { ask, startTeam, wordsOf } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';
import { endSession, insightsOf } from '../support/insights.ts';
import { partsOf } from '../views/support.ts';

type WorkLogs = NonNullable<z.input<typeof configFile>['work_logs']>;

/** What a key does, as somebody sees it who looks: with the key as it is by default, and `after` it was set. */
interface Row {
  key: string;
  set: WorkLogs;
  look(team: Running): Promise<unknown>;
  usually: unknown;
  after: unknown;
}

/** Keys whose effect is seen elsewhere, or is still to come. */
const ELSEWHERE = [
  'storage', // test/config/storage.test.ts
  'retention_days', // test/config/retention.test.ts
  'workspace_defaults.<type>.retention_days',
  'workspace_defaults.<type>.escalation_alerts',
];

const block = (entry: Record<string, unknown>) => `\`\`\`worklog\n${JSON.stringify(entry)}\n\`\`\``;

/** The researcher reports a step. */
async function report(team: Running, entry: Record<string, unknown>) {
  team.researcher.in(team.channel).send(block(entry));
  return steps(team);
}

/** What was kept in a channel, and how much was not. */
async function steps(team: Running, { id } = team.channel as { id: string }) {
  await team.running.settled();
  const { app } = team.running;
  const workspaceId = app.workspaces.byChannel(id)!.id;
  const log = await app.store.sessions.latest({ workspaceId, threadId: null });
  if (!log) return 'no session';
  const { entries } = await app.store.entries.page({ sessionId: log.sessionId }, 0, 100);
  const kept = entries.map(({ level, category, message }) => `${level}/${category}: ${message}`);
  return { kept, dropped: log.counts.dropped };
}

/** The category under which others may learn from the latest step. */
async function insight(team: Running, entry: Record<string, unknown>): Promise<string | null> {
  await report(team, entry);
  const { app } = team.running;
  const log = await app.store.sessions.latest({ workspaceId: 1, threadId: null });
  return (await app.store.entries.byStep(log!.sessionId, log!.counts.steps))!.insightCategory;
}

/** How that stands what others may learn, once its session has ended. */
async function learnedStates(team: Running) {
  await report(team, { category: 'tool_pattern', message: 'npm ci is faster', confidence: 0.95 });
  await endSession(team, team.channel);
  return insightsOf(team);
}

/** What the bot has posted in the channel that nobody asked for, once a session has ended there. */
async function posted(team: Running): Promise<string[]> {
  team.researcher.in(team.channel).send('Two holes');
  await team.running.settled();
  const { store, now } = team.running.app;
  await store.sessions.close({ workspaceId: 1, threadId: null }, now(), 'command');
  const texts = () =>
    team.ben
      .in(team.channel)
      .see()
      .filter(({ author }) => author.id === team.bot.id)
      .map((message) => wordsOf(message).split('\n')[0]!);
  // What is queued leaves within a second or so.
  const waits = async () => (await store.outbox.due(now() + 1000, 10)).length > 0;
  for (let tries = 0; tries < 300 && (await waits()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return texts();
}

async function explained(team: Running) {
  team.ben.in(team.channel).send('How many holes?');
  await team.running.settled();
  return ask(team.ben, team.channel, 'explain');
}

const NOTICE = expect.stringContaining('records this channel') as unknown;
const CARD = expect.stringContaining('This session is over') as unknown;
const THINKING = 'thinking/memory: I recall';
const unsure = { type: 'decision', category: 'routing', message: 'Take A', confidence: 0.6 };

const ROWS: Row[] = [
  {
    key: 'enabled',
    set: { enabled: false, show_in_response: true },
    look: async (team) => [await report(team, { type: 'info', message: 'hello' }), await posted(team)],
    usually: [{ kept: ['info/general: hello'], dropped: 0 }, [NOTICE]],
    after: ['no session', []],
  },
  {
    key: 'silent',
    set: { silent: true, show_in_response: true },
    look: async (team) => [await report(team, { type: 'info', message: 'hello' }), await posted(team)],
    usually: [{ kept: ['info/general: hello'], dropped: 0 }, [NOTICE]],
    after: [{ kept: ['info/general: hello'], dropped: 0 }, []],
  },
  {
    key: 'log_levels',
    set: { log_levels: ['info'] },
    look: (team) => report(team, { type: 'thinking', category: 'memory', message: 'I recall' }),
    usually: { kept: [THINKING], dropped: 0 },
    after: { kept: [], dropped: 1 },
  },
  {
    key: 'categories',
    set: { categories: ['tool'] },
    look: (team) => report(team, { type: 'thinking', category: 'memory', message: 'I recall' }),
    usually: { kept: [THINKING], dropped: 0 },
    after: { kept: [], dropped: 1 },
  },
  {
    key: 'learning_exchange.enabled',
    set: { learning_exchange: { enabled: false } },
    look: async (team) => {
      const flagged = await insight(team, { category: 'tool_pattern', message: 'x', confidence: 0.85 });
      await report(team, { type: 'insight', insight_category: 'tool_pattern', share: 'now', message: 'y' });
      return [flagged, (await learnedStates(team)).length];
    },
    usually: ['tool_pattern', 3],
    after: [null, 0],
  },
  {
    key: 'learning_exchange.min_confidence',
    set: { learning_exchange: { min_confidence: 0.5 } },
    look: async (team) => {
      const flagged = await insight(team, { category: 'tool_pattern', message: 'x', confidence: 0.84 });
      await report(team, {
        type: 'insight',
        insight_category: 'tool_pattern',
        confidence: 0.84,
        message: 'y',
      });
      const all = await learnedStates(team);
      return [flagged, all.filter(({ sensitive }) => sensitive.includes('unsure')).length];
    },
    usually: [null, 1],
    after: ['tool_pattern', 0],
  },
  {
    key: 'learning_exchange.shareable_categories',
    set: { learning_exchange: { shareable_categories: ['weather'] } },
    look: async (team) => {
      const flagged = await insight(team, { category: 'weather', message: 'x', confidence: 0.9 });
      return [flagged, (await learnedStates(team)).map(({ category }) => category)];
    },
    usually: [null, ['tool_pattern']],
    after: ['weather', ['weather']],
  },
  {
    key: 'learning_exchange.auto_approve',
    set: { learning_exchange: { auto_approve: true } },
    look: async (team) => (await learnedStates(team)).map(({ state }) => state),
    usually: ['pending'],
    after: ['approved'],
  },
  {
    key: 'show_in_response',
    set: { show_in_response: true },
    look: posted,
    usually: [NOTICE],
    after: [NOTICE, CARD],
  },
  {
    key: 'progressive_disclosure',
    set: { progressive_disclosure: false },
    look: async (team) => labelsOf((await explained(team)).reply).includes('Detailed'),
    usually: true,
    after: false,
  },
  {
    key: 'default_mode',
    set: { default_mode: 'debug' },
    look: async (team) => (await explained(team)).text.includes('triggered by user'),
    usually: false,
    after: true,
  },
  {
    key: 'confidence_threshold',
    set: { confidence_threshold: 0.5 },
    look: (team) => report(team, unsure),
    usually: { kept: ['uncertainty/routing: Take A'], dropped: 0 },
    after: { kept: ['decision/routing: Take A'], dropped: 0 },
  },
  {
    key: 'privacy.mask_secrets',
    set: { privacy: { mask_secrets: false } },
    look: (team) => report(team, { type: 'info', message: 'password=correct-horse-battery-9' }),
    usually: { kept: [expect.stringMatching(/^info\/general: password=\[masked:/)], dropped: 0 },
    after: { kept: ['info/general: password=correct-horse-battery-9'], dropped: 0 },
  },
  {
    key: 'privacy.workspace_isolation',
    set: { privacy: { workspace_isolation: false } },
    async look(team) {
      const other = team.guild.createChannel({ name: 'project-other' });
      await team.running.settled();
      team.researcher.in(other).send('The zebra is in the cellar');
      team.researcher.in(team.channel).send('Nothing here');
      await team.running.settled();
      const { text } = await ask(team.ben, team.channel, 'how', { question: 'where is the zebra?' });
      return text.includes('in the cellar');
    },
    usually: false,
    after: true,
  },
];

function labelsOf(reply: { components?: unknown }): unknown[] {
  return partsOf({ components: (reply.components ?? []) as never }).map((part) => part['label']);
}

async function seen(workLogs: WorkLogs, look: Row['look']): Promise<unknown> {
  const types = WORKSPACE_TYPES.filter((type) => type !== 'project');
  const workspaces = [
    { match: 'project-*', type: 'project' as const, coordinator: 'nanobot', owners: ['everyone' as const] },
    ...types.map((type) => ({ match: `${type}-*`, type, coordinator: 'nanobot' })),
  ];
  const team = await startTeam({ config: { workspaces, work_logs: workLogs } });
  try {
    return await look(team);
  } finally {
    await team.end();
  }
}

test.each(ROWS)('work_logs.$key has the effect that it promises', async ({ set, look, usually, after }) => {
  expect(await seen({}, look)).toEqual(usually);
  expect(await seen(set, look)).toEqual(after);
});

test('work_logs.privacy.user_only_access keeps all but the owner from reading', async () => {
  const rule = { match: 'project-*', type: 'project' as const };
  for (const [ownersOnly, mayRead] of [
    [true, false],
    [false, true],
  ]) {
    const privacy = { user_only_access: ownersOnly };
    const team = await startTeam({ config: { workspaces: [rule], work_logs: { privacy } } });
    team.ben.in(team.channel).send('How many holes?');
    await team.running.settled();
    const { text } = await ask(team.ben, team.channel, 'explain');
    expect(text.includes('How many holes?')).toBe(mayRead);
    await team.end();
  }
});

describe('work_logs.workspace_defaults', () => {
  const DEFAULTS: [WorkspaceType, boolean, boolean][] = [
    ['open', false, false],
    ['project', true, true],
    ['direct', true, false],
    ['coordination', true, true],
  ];

  /** What is kept of what bots say to each other, and of what coordinators say, in a workspace of a type. */
  async function keptIn(type: WorkspaceType, workLogs: WorkLogs) {
    return seen(workLogs, async (team) => {
      const place = team.guild.createChannel({ name: `${type}-one` });
      await team.running.settled();
      const nanobot = team.discord.createBot({ username: 'nanobot' });
      team.guild.add(nanobot);
      team.ben.in(place).send('hello');
      team.researcher.in(place).send(`thanks to ${nanobot}`);
      nanobot.in(place).send(block({ type: 'coordination', message: 'I take the first' }));
      return steps(team, place);
    });
  }

  const kept = (bots: boolean, coordination: boolean) => ({
    kept: [
      'info/general: hello',
      ...(bots ? ['info/bot_conversation: thanks to @nanobot'] : []),
      ...(coordination ? ['coordination/coordination: I take the first'] : []),
    ],
    dropped: Number(!bots) + Number(!coordination),
  });

  test.each(DEFAULTS)(
    '%s: log_bot_conversations %s, log_coordination %s',
    async (type, bots, coordination) => {
      expect(await keptIn(type, {})).toEqual(kept(bots, coordination));
      const flipped = { log_bot_conversations: !bots, log_coordination: !coordination };
      expect(await keptIn(type, { workspace_defaults: { [type]: flipped } })).toEqual(
        kept(!bots, !coordination),
      );
    },
  );
});

test('every key of work_logs is looked at', () => {
  const schema = z.toJSONSchema(configFile, { io: 'input', unrepresentable: 'any' });
  const keys = leavesOf((schema.properties as Record<string, Node>)['work_logs']!);
  const types = WORKSPACE_TYPES.join('|');
  const plain = keys.map((key) =>
    key.replace(new RegExp(`^(workspace_defaults)\\.(${types})\\.`), '$1.<type>.'),
  );
  const perType = ['log_bot_conversations', 'log_coordination'].map(
    (key) => `workspace_defaults.<type>.${key}`,
  );
  const looked = [...ROWS.map(({ key }) => key), ...ELSEWHERE, ...perType, 'privacy.user_only_access'];
  expect([...new Set(plain)].sort()).toEqual(looked.sort());
});

interface Node {
  properties?: Record<string, Node>;
}

function leavesOf({ properties }: Node): string[] {
  return Object.entries(properties ?? {}).flatMap(([key, inner]) =>
    inner.properties ? leavesOf(inner).map((rest) => `${key}.${rest}`) : [key],
  );
}
