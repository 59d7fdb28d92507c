import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../src/domain/entry.ts';
import { KEEP_ALL } from '../src/domain/policy.ts';
import { DEFAULT_IDLE_TIMES } from '../src/domain/work-log.ts';
import { Recorder } from '../src/recorder/recorder.ts';
import { createTeam, startTestBot } from './support/bot.ts';
import type { Team, TestBot } from './support/bot.ts';

let team: Team;
let bot: TestBot;
beforeEach(async () => {
  team = await createTeam();
  const config = { workspaces: [{ match: 'project-*', type: 'project' as const }] };
  bot = await startTestBot({ discord: team.discord, bot: team.bot, config });
  await bot.settled();
});
afterEach(async () => {
  await bot.stop();
  await team.discord.close();
});

async function entries(): Promise<Entry[]> {
  await bot.settled();
  const workspaceId = bot.app.workspaces.byChannel(team.channel.id)!.id;
  const log = await bot.app.store.sessions.latest({ workspaceId, threadId: null });
  return (await bot.app.store.entries.page({ sessionId: log!.sessionId }, 0, 100)).entries;
}

async function session() {
  await bot.settled();
  const workspaceId = bot.app.workspaces.byChannel(team.channel.id)!.id;
  return bot.app.store.sessions.latest({ workspaceId, threadId: null });
}

const found = async (word: string) => {
  await bot.settled();
  const workspaceId = bot.app.workspaces.byChannel(team.channel.id)!.id;
  return (await bot.app.store.entries.search({ workspaceId, words: [word], tags: [], limit: 10 })).length;
};

describe('an edit', () => {
  test('soon after is the same message growing, in the log and in the search', async () => {
    const { channel, researcher } = team;
    const at = researcher.in(channel);
    const message = at.send('Looking');
    expect(await found('looking')).toBe(1);
    at.edit(message, 'Found the leak in cache.ts');
    const [entry, ...more] = await entries();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ step: 1, message: 'Found the leak in cache.ts', level: 'info' });
    expect(entry!.editedAt).toBeGreaterThan(0);
    expect([await found('looking'), await found('leak')]).toEqual([0, 1]);
  });

  test('that is heard of before its message is what the message says', async () => {
    const { channel, researcher, discord } = team;
    const at = researcher.in(channel);
    discord.faults.reorderEvents({ event: 'MESSAGE_CREATE', bot: team.bot });
    const message = at.send('Looking');
    at.edit(message, 'Found the leak in cache.ts');
    expect(await entries()).toMatchObject([{ step: 1, message: 'Found the leak in cache.ts' }]);
    expect([await found('looking'), await found('leak')]).toEqual([0, 1]);
  });

  test('that is heard of before its message, and that before its deletion, leaves nothing', async () => {
    const { channel, researcher, discord } = team;
    const at = researcher.in(channel);
    at.send('hello');
    discord.faults.reorderEvents({ event: 'MESSAGE_CREATE', bot: team.bot });
    const message = at.send('Looking');
    at.edit(message, 'Found the leak in cache.ts');
    at.delete(message);
    expect(await found('leak')).toBe(0);
  });

  test('soon after, into a block, says what that block says of its step', async () => {
    const { channel, ana, researcher } = team;
    ana.in(channel).send('Which model?');
    const message = researcher.in(channel).send('Thinking…');
    await bot.settled();
    const block = {
      message: 'Small ones do',
      response_to: 1,
      triggered_by: '@coder',
      insight_category: 'tool_pattern',
    };
    researcher.in(channel).edit(message, `\`\`\`worklog\n${JSON.stringify(block)}\n\`\`\``);
    expect((await entries())[1]).toMatchObject({
      message: 'Small ones do',
      origin: 'reported',
      responseTo: 1,
      triggeredBy: '@coder',
      insightCategory: 'tool_pattern',
    });
    researcher.in(channel).edit(message, 'None after all');
    expect((await entries())[1]).toMatchObject({ message: 'None after all', insightCategory: null });
  });

  test('soon after, into a block, says what that block says of its session', async () => {
    const { channel, ana, researcher } = team;
    const asked = ana.in(channel).send('Which mdel?');
    const message = researcher.in(channel).send('Thinking…');
    await bot.settled();
    ana.in(channel).edit(asked, 'Which model?');
    const block = { session: 'end', final_output: 'Small ones', summary: '1 question' };
    researcher.in(channel).edit(message, `\`\`\`worklog\n${JSON.stringify(block)}\n\`\`\``);
    expect(await session()).toMatchObject({
      query: 'Which model?',
      finalOutput: 'Small ones',
      summary: '1 question',
      endReason: 'reported',
    });
    ana.in(channel).send('And which size?');
    expect(await session()).toMatchObject({ query: 'And which size?', endedAt: null });
  });

  test('that makes it address a bot makes it a handoff', async () => {
    const { channel, ana, researcher } = team;
    const nanobot = team.discord.createBot({ username: 'nanobot' });
    team.guild.add(nanobot);
    const message = nanobot.in(channel).send('…');
    nanobot.in(channel).edit(message, `${researcher} please look`);
    ana.in(channel).send('ok');
    expect((await entries())[0]).toMatchObject({ level: 'handoff', handoffTo: ['@researcher'] });
    const workspaceId = bot.app.workspaces.byChannel(channel.id)!.id;
    const log = await bot.app.store.sessions.latest({ workspaceId, threadId: null });
    expect(log!.counts).toMatchObject({ steps: 2, handoffs: 1 });
  });

  test('much later that says something else is a correction, which keeps before and after', async () => {
    const { store } = bot.app;
    const { channel, researcher } = team;
    const message = researcher.in(channel).send('The limit is 100');
    const [first] = await entries();
    // As if it had been written a minute ago: the edit below then comes late.
    const observation = (content: string, editedAt: number) => ({ ...base(first!), content, editedAt });
    const late = first!.at + 60_000;
    const rules = { idle: DEFAULT_IDLE_TIMES, policy: KEEP_ALL, maskSecrets: true };
    const recorder = new Recorder(store, rules);
    await recorder.record([observation('The limit is 20', late)]);
    await recorder.record([observation('The limit is 20', late)]);
    await recorder.record([observation('The limit is 30', late + 60_000)]);
    expect(
      (await entries()).map(({ step, level, responseTo, details }) => [step, level, responseTo, details]),
    ).toEqual([
      [1, 'info', null, null],
      [2, 'correction', 1, { corrects: 1, before: 'The limit is 100', after: 'The limit is 20' }],
      [3, 'correction', 1, { corrects: 1, before: 'The limit is 20', after: 'The limit is 30' }],
    ]);
    expect(await store.entries.ofMessage(message.id)).toHaveLength(3);
  });

  test('of a message that is not recorded changes nothing', async () => {
    const { channel, ana, researcher } = team;
    ana.in(channel).send('hello');
    const hidden = team.guild.createChannel({ name: 'private' });
    const message = researcher.in(hidden).send('a');
    researcher.in(hidden).edit(message, 'b');
    expect(await entries()).toHaveLength(1);
  });

  function base(entry: Entry) {
    return {
      workspaceId: bot.app.workspaces.byChannel(team.channel.id)!.id,
      messageId: entry.messageId,
      threadId: null,
      privateThread: false,
      author: entry.author,
      at: entry.at,
      replyToMessageId: null,
      mentions: [],
      embeds: [],
      componentTexts: [],
      attachments: [],
      flags: 0,
    };
  }
});

describe('a deletion', () => {
  test('removes the text everywhere and keeps the marked step', async () => {
    const { channel, ana, researcher } = team;
    const opening = ana.in(channel).send('The secret plan');
    const answer = researcher.in(channel).send('Understood, the plan');
    expect(await found('plan')).toBe(2);
    ana.in(channel).delete(opening);
    const [first, second] = await entries();
    expect(first).toMatchObject({ step: 1, message: '', author: { name: 'Ana' } });
    expect(first!.deletedAt).toBeGreaterThan(0);
    expect(second).toMatchObject({ step: 2, message: 'Understood, the plan', deletedAt: null });
    expect(await found('plan')).toBe(1);
    const log = await bot.app.store.sessions.get(opening.id);
    expect(log).toMatchObject({ query: '', counts: { steps: 2 } });
    researcher.in(channel).delete(answer);
    await entries();
    expect(await found('plan')).toBe(0);
  });

  test('of many at once removes all of them; a later edit brings nothing back', async () => {
    const { channel, ana } = team;
    const messages = [1, 2, 3].map((n) => ana.in(channel).send(`text ${n}`));
    await entries();
    ana.in(channel).bulkDelete(messages.slice(0, 2));
    expect((await entries()).map(({ message }) => message)).toEqual(['', '', 'text 3']);
    const [first] = await entries();
    await bot.app.store.entries.erase([first!.messageId], Date.now());
    expect((await entries())[0]!.deletedAt).toBe(first!.deletedAt);
  });
});
