import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECT_NAMES } from '../../src/domain/dialect.ts';
import { DIALECTS } from '../../src/recorder/dialects/index.ts';
import { botList } from '../../src/views/bots.ts';
import { faultsOf } from '../support/message-limits.ts';
import { textOf } from '../views/support.ts';
import { ask, startTeam } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

async function lastStep() {
  await team.running.settled();
  const workspaceId = team.running.app.workspaces.byChannel(team.channel.id)!.id;
  const log = await team.running.app.store.sessions.latest({ workspaceId, threadId: null });
  return team.running.app.store.entries.byStep(log!.sessionId, log!.counts.steps);
}

describe('/bot set', () => {
  test('says how a bot writes and what it is, from its next message on', async () => {
    const { ana, channel, researcher } = team;
    researcher.in(channel).send('┣ bash _pnpm test_');
    expect(await lastStep()).toMatchObject({ level: 'info', role: 'specialist' });
    const { text } = await ask(ana, channel, 'bot set', {
      bot: 'researcher',
      dialect: 'kimaki',
      role: 'user-proxy',
    });
    expect(text).toContain('**researcher** · user-proxy · kimaki');
    researcher.in(channel).send('┣ bash _pnpm test_');
    expect(await lastStep()).toMatchObject({ level: 'tool', role: 'user-proxy', tool: { name: 'bash' } });
    await ask(ana, channel, 'bot set', { bot: '@Researcher', dialect: 'plain' });
    researcher.in(channel).send('┣ bash _pnpm test_');
    expect(await lastStep()).toMatchObject({ level: 'info', role: 'user-proxy', tool: null });
  });

  test('tells what is missing, and which bots there are', async () => {
    const { ana, channel, researcher } = team;
    researcher.in(channel).send('hello');
    await team.running.settled();
    expect((await ask(ana, channel, 'bot set', { bot: 'researcher' })).text).toContain('Say what to set');
    expect((await ask(ana, channel, 'bot set', { bot: 'nobody', role: 'specialist' })).text).toContain(
      'No bot called “nobody”',
    );
    const choices = await ana.in(channel).autocomplete('bot set', { focused: 'bot', value: 'res' });
    expect(choices.map(({ name }) => name)).toEqual(['researcher']);
  });
});

describe('/bot list', () => {
  test('shows name, role, dialect and when it was last seen', async () => {
    const { ana, channel, researcher } = team;
    const at = researcher.in(channel);
    at.send('┣ bash _pnpm test_');
    at.send('┣ grep *foo*');
    await team.running.settled();
    const { text } = await ask(ana, channel, 'bot list');
    expect(text).toContain('🤖 **1 bot**');
    expect(text).toMatch(/\*\*researcher\*\* · specialist · kimaki \(found out\) · last seen <t:\d+:R>/);
  });

  test('keeps within Discord’s limits and turns its pages', () => {
    const bots = Array.from({ length: 200 }, (_, n) => ({
      author: { key: String(n), name: `${n} ${'`*_[@everyone]'.repeat(9)}`, kind: 'bot' as const },
      role: null,
      dialect: 'claude-code-discord',
      dialectBy: 'detected' as const,
      lastAt: 1_700_000_000_000,
    }));
    for (const page of [0, 7, 13, 99, -1]) expect(faultsOf(botList(bots, page))).toEqual([]);
    expect(textOf(botList(bots, 99))).toContain('199 ');
  });
});

test('every dialect can be set by its name', () => {
  expect([...DIALECTS.keys()].toSorted()).toEqual([...DIALECT_NAMES].toSorted());
});
