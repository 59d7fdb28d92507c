import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../sandbox/sandbox.ts';
import { retention } from '../src/jobs/retention.ts';
import { writeSessionFiles } from '../src/jobs/write-session-files.ts';
import { openTestStore } from './support/empty-store.ts';
import type { Store } from '../src/store/store.ts';
import type { APIMessage } from 'discord.js';
import { ask, deployed, idOf, wordsOf } from './commands/support.ts';
import { insightBlock } from './support/insights.ts';
import { partsOf } from './views/support.ts';
import { createTeam, startTestBot } from './support/bot.ts';
import type { Team, TestBot } from './support/bot.ts';

const DAY = 24 * 60 * 60_000;
/** In every planted text, and nowhere else. */
const PLANTED = 'zyxqplanted';

let team: Team;
let dir: string;
let store: Store;
let bot: TestBot;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'work-logs-erasure-'));
  team = await createTeam('project-site');
  const db = join(dir, 'work-logs.db');
  store = await openTestStore({ path: db });
  bot = await startTestBot({
    discord: team.discord,
    bot: team.bot,
    db: store,
    env: { WORK_LOGS_DB: db },
    config: {
      workspaces: [{ match: 'project-*', type: 'project', owners: ['everyone'] }],
      work_logs: { storage: 'file' },
    },
  });
  await deployed(bot);
  await bot.settled();
});

afterEach(async () => {
  await bot.stop();
  await store.close();
  await team.discord.close();
  rmSync(dir, { recursive: true });
});

/** Every byte of what the bot keeps on the disk, and of what it logged. */
function traces(of = PLANTED): string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const found = files.filter(({ parentPath, name }) =>
    readFileSync(join(parentPath, name)).toString('latin1').toLowerCase().includes(of),
  );
  const logged = bot.logged().filter((line) => line.toLowerCase().includes(of));
  return [
    ...found.map(({ name }) => name),
    ...logged,
    ...readdirSync(dir).filter((name) => name.includes(of)),
  ];
}

const block = (fields: Record<string, unknown>) => `\`\`\`worklog\n${JSON.stringify(fields)}\n\`\`\``;

let lastPlant = 0;
const plant = () => `${PLANTED}${(lastPlant += 1)}`;

/** What an agent says, with a planted text wherever one can be. */
function agentSays(): { id: string }[] {
  const { researcher, channel } = team;
  const speak = (content: string) => researcher.in(channel).send(content);
  return [
    speak(`I looked at ${plant()}`),
    speak(
      block({
        level: 'decision',
        message: plant(),
        category: plant(),
        details: { [plant()]: plant(), alternatives: [plant()] },
        query: plant(),
        summary: plant(),
        triggered_by: plant(),
        handoff_to: [plant()],
        confidence: 0.5,
      }),
    ),
    speak(
      block({
        level: 'tool',
        message: plant(),
        tool_name: plant(),
        tool_input: { path: plant() },
        tool_output: plant(),
        tool_error: plant(),
      }),
    ),
    speak(
      block({
        type: 'escalation',
        reason: plant(),
        options: [plant(), plant()],
        default: 'wait',
        dedupe_key: plant(),
      }),
    ),
    speak(
      block({
        type: 'artifact',
        message: plant(),
        artifact: {
          schema: 'notes-v1',
          consumer: plant(),
          workflow_id: plant(),
          content: { [plant()]: plant() },
        },
      }),
    ),
  ];
}

async function endSession() {
  await bot.settled();
  await store.sessions.close({ workspaceId: 1, threadId: null }, Date.now(), 'command');
  await store.entries.search({ workspaceId: 1, words: [PLANTED], tags: [], limit: 1 });
  await writeSessionFiles.run(bot.app, Date.now());
}

async function command(person: Person, name: string, ...labels: string[]) {
  const run = await person.in(team.channel).command(name);
  let shown = await run.reply();
  for (const label of labels) {
    const before = JSON.stringify(shown);
    await person.in(team.channel).click(shown, idOf(shown, label));
    await expect.poll(async () => JSON.stringify(await run.reply())).not.toBe(before);
    shown = await run.reply();
  }
}

/** What is left once all is done that is done by the way: files of sessions are written by a job. */
async function left(of = PLANTED): Promise<string[]> {
  await writeSessionFiles.run(bot.app, Date.now() + 60_000);
  for (let tries = 0; tries < 80 && traces(of).length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return traces(of);
}

/** The button that words anew the insight that holds this. */
function editOf({ components = [] }: APIMessage, content: string): string {
  const parts = partsOf({ components: components as never });
  const from = parts.findIndex((part) => String(part['content']).includes(content));
  const button = parts.slice(from).find((part) => part['label'] === 'Edit and approve…');
  return String(button!['custom_id']);
}

function newcomer(displayName: string): Person {
  const person = team.discord.createPerson({ username: 'newcomer', displayName });
  team.guild.add(person);
  return person;
}

describe('not a byte is left', () => {
  test('of what was deleted in Discord', async () => {
    const messages = [team.ben.in(team.channel).send(`Please look at ${plant()}`), ...agentSays()];
    await endSession();
    expect(traces()).not.toEqual([]);
    expect(existsSync(join(dir, 'work-logs.db.sessions'))).toBe(true);
    for (const message of messages) team.ana.in(team.channel).delete(message);
    await bot.settled();
    expect(await left()).toEqual([]);
  });

  test('of what was said in a thread or a channel that is deleted', async () => {
    const { ana, ben, channel } = team;
    const thread = ana.in(channel).startThread({ name: 'aside' });
    ben.in(thread).send(`Please look at ${plant()}`);
    await endSession();
    expect(traces()).not.toEqual([]);
    thread.delete();
    await bot.settled();
    expect(await left()).toEqual([]);
    ben.in(channel).send(`Please look at ${plant()}`);
    agentSays();
    await endSession();
    expect(traces()).not.toEqual([]);
    channel.delete();
    await bot.settled();
    expect(await left()).toEqual([]);
  });

  test('of what became too old', async () => {
    team.ben.in(team.channel).send(`Please look at ${plant()}`);
    agentSays();
    await endSession();
    await retention.run(bot.app, Date.now() + 100 * DAY);
    expect(await left()).toEqual([]);
  });

  test('of a person who is forgotten, what they wrote, decided, objected to and are called', async () => {
    const { channel, researcher } = team;
    const ben = newcomer(PLANTED);
    ben.in(channel).send(`Please look at ${plant()}`);
    const asked = researcher
      .in(channel)
      .send(block({ type: 'escalation', reason: 'Which?', options: ['A', 'B'] }));
    researcher.in(channel).send(`<@${ben.id}> it is done, ${PLANTED}`);
    await bot.settled();
    const { sessionId } = (await store.entries.byMessage(asked.id))!;
    const by = { key: ben.id, name: PLANTED, kind: 'person' as const };
    const escalation = (await store.escalations.byStep(sessionId, 2))!;
    const decision = { option: null, note: plant() };
    const actor = { author: by, interactionId: '1099000000000000777' };
    await store.escalations.act(escalation.id, { kind: 'decide', decision }, actor, Date.now());
    await store.feedback.rate({ userId: ben.id, sessionId, helped: true }, Date.now());
    await endSession();
    expect(traces()).not.toEqual([]);
    await command(ben, 'privacy forget-me', 'Forget me');
    expect(await left()).toEqual([]);
  });

  test('of what a person who is forgotten asked, taught, or worded for a bot', async () => {
    const { channel, researcher } = team;
    const ben = newcomer('Benedict');
    const run = (name: string, options: Record<string, string>) => ask(ben, channel, name, options);
    await run('escalate', { reason: `May ${plant()} go on?`, options: `${plant()}, No` });
    await run('insights add', { content: `Always ${plant()} first`, category: plant() });
    const said = researcher.in(channel).send('Tests are slow here');
    researcher.in(channel).send(insightBlock('Builds are slow here', { share: 'now' }));
    await bot.settled();
    const share = await ben.in(channel).messageCommand('Share as insight', said);
    await ben.in(channel).submit(share.modal!, { content: `Not ${plant()}`, category: ['tool_pattern'] });
    const review = await ask(ben, channel, 'insights review');
    const edit = await ben.in(channel).click(review.reply, editOf(review.reply, 'Builds'));
    await ben.in(channel).submit(edit.modal!, { content: `Builds take ${plant()}` });
    await endSession();
    expect(traces()).not.toEqual([]);
    await command(ben, 'privacy forget-me', 'Forget me');
    expect(await left()).toEqual([]);
  });

  test('of what a person who is forgotten is called, wherever others said it', async () => {
    const { channel, researcher } = team;
    const ben = newcomer(PLANTED);
    for (const fields of [
      {
        level: 'tool',
        message: 'Sent',
        tool_name: 'mail',
        tool_input: { to: PLANTED },
        tool_output: PLANTED,
      },
      { level: 'decision', message: 'Chose', details: { who: [PLANTED] }, summary: `Done for ${PLANTED}` },
      { type: 'escalation', reason: `What does ${PLANTED} want?`, options: [`As ${PLANTED} says`, 'B'] },
      {
        type: 'escalation',
        reason: `Does ${PLANTED} agree?`,
        options: [PLANTED, 'Nobody'],
        dedupe_key: `ask-${PLANTED}`,
      },
      { type: 'artifact', message: 'Notes', artifact: { schema: 'notes-v1', content: { by: PLANTED } } },
      { level: 'decision', message: 'Voted', details: { votes: { [PLANTED]: 'A', status: PLANTED } } },
      { level: 'handoff', message: 'Please look', handoff_to: [PLANTED], category: PLANTED },
      {
        type: 'artifact',
        message: 'Votes',
        artifact: { schema: 'votes-v1', workflow_id: `of ${PLANTED}`, content: { [PLANTED]: 'B' } },
      },
    ])
      researcher.in(channel).send(block(fields));
    researcher.in(channel).send(insightBlock(`${PLANTED} prefers short summaries`, { share: 'now' }));
    await bot.settled();
    const { escalations } = await store.escalations.waiting({ workspaceIds: [1], offset: 0, limit: 9 });
    const actor = {
      author: { key: '7', name: 'Ana', kind: 'person' as const },
      interactionId: '1099000000000000778',
    };
    const decision = { option: PLANTED, note: `Ask ${PLANTED}` };
    await store.escalations.act(escalations.at(-1)!.id, { kind: 'decide', decision }, actor, Date.now());
    await endSession();
    await command(ben, 'privacy forget-me', 'Forget me');
    expect(await left()).toEqual([]);
  });

  test('of what a person who is forgotten is called, in long answers, and in insights and the reasons of others', async () => {
    const { channel, researcher, ana } = team;
    const ben = newcomer(PLANTED);
    const answer = researcher.in(channel).send(`${PLANTED} asked.\n${'So it goes on.\n'.repeat(125)}`.trim());
    researcher.in(channel).send(`And on, ${PLANTED}.`);
    await bot.settled();
    expect((await store.entries.byMessage(answer.id))!.message).toMatch(/asked[^]*And on/);
    const run = (name: string, options: Record<string, string | number>) => ask(ana, channel, name, options);
    await run('insights add', { content: `${PLANTED} likes tables`, category: 'user_preference' });
    await run('insights add', { content: 'Tables are liked', category: 'tool_pattern' });
    await run('insights revoke', { id: 2, reason: `${PLANTED} changed minds` });
    await endSession();
    await command(ben, 'privacy forget-me', 'Forget me');
    expect(await left()).toEqual([]);
    expect((await run('insights show', { id: 1 })).text).toContain('someone likes tables');
  });

  test('of the id of a person who is forgotten, wherever others said it', async () => {
    const { channel, researcher, ana } = team;
    const ben = newcomer('Benedict');
    const { id } = ben;
    ben.in(channel).send('Please look at it');
    const answer = researcher.in(channel).send(`<@${id}> asked.\n${'So it goes on.\n'.repeat(125)}`.trim());
    for (const text of [`And on, <@!${id}>.`, `User ${id} is user_${id}`]) researcher.in(channel).send(text);
    for (const fields of [
      { level: 'tool', message: id, tool_name: 'dm', tool_input: { to: id }, tool_output: `<@${id}>` },
      { level: 'decision', message: 'Chose', details: { [id]: [Number(id)] }, triggered_by: `<@${id}>` },
      { level: 'handoff', message: 'Please look', handoff_to: [`<@${id}>`], category: id, summary: id },
      { type: 'escalation', reason: `What does <@${id}> want?`, options: [`<@${id}>`, 'B'], dedupe_key: id },
      { type: 'artifact', message: 'Notes', artifact: { schema: 'notes-v1', content: { by: id } } },
    ])
      researcher.in(channel).send(block(fields));
    const run = (name: string, options: Record<string, string | number>) => ask(ana, channel, name, options);
    await run('insights add', { content: `<@${id}> likes tables`, category: 'user_preference' });
    await run('insights add', { content: 'Tables are liked', category: 'tool_pattern' });
    await run('insights revoke', { id: 2, reason: `${id} changed minds` });
    await endSession();
    expect((await store.entries.byMessage(answer.id))!.message).toMatch(/asked[^]*And on/);
    expect(traces(id)).not.toEqual([]);
    await command(ben, 'privacy forget-me', 'Forget me');
    expect(await left(id)).toEqual([]);
    expect(await left(String(Number(id)))).toEqual([]);
  });

  test('of a server whose owner deletes it', async () => {
    team.ben.in(team.channel).send(`Please look at ${plant()}`);
    agentSays();
    await endSession();
    await command(team.ana, 'privacy guild-erase', 'Delete everything', 'Delete all of it');
    expect(await left()).toEqual([]);
  });

  test('of what a person writes who opted out, or an agent says after them', async () => {
    const { channel, researcher } = team;
    const ben = newcomer(`${PLANTED} the First`);
    await command(ben, 'privacy opt-out');
    const words = `my dog is called ${plant()} and he is four years old`;
    ben.in(channel).send(words);
    researcher.in(channel).send(`<@${ben.id}> You say ${words}. Noted, ${PLANTED} the First!`);
    researcher
      .in(channel)
      .send(block({ level: 'info', message: `He says that ${words}`, details: { said: words } }));
    await endSession();
    expect(await left()).toEqual([]);
  });

  test('of what a person who opted out would have bots learn', async () => {
    const { channel, researcher } = team;
    const ben = newcomer('Benedict');
    const said = researcher.in(channel).send(insightBlock('Builds are slow here', { share: 'now' }));
    await command(ben, 'privacy opt-out');
    await bot.settled();
    const refusal = 'You opted out here, so I keep nothing that you write';
    expect((await ask(ben, channel, 'insights add', { content: plant() })).text).toContain(refusal);
    const share = await ben.in(channel).messageCommand('Share as insight', said);
    expect(wordsOf(await share.reply())).toContain(refusal);
    const review = await ask(ben, channel, 'insights review');
    const edit = await ben.in(channel).click(review.reply, editOf(review.reply, 'Builds'));
    const edited = await ben.in(channel).submit(edit.modal!, { content: plant() });
    expect(wordsOf(await edited.reply())).toContain(refusal);
    await ben.in(channel).click(review.reply, idOf(review.reply, 'Approve'));
    const revoked = await ask(ben, channel, 'insights revoke', { id: 1, reason: plant() });
    expect(revoked.text).toContain(refusal);
    expect((await ask(ben, channel, 'insights revoke', { id: 1 })).text).toContain('taken back');
    expect(await left()).toEqual([]);
  });
});

test('no secret ever reaches the disk or the log', async () => {
  const secret = `ghp_${'Zyxqplanted0123456789abcdefghijklmnopqrs'.slice(0, 36)}`;
  const { ben, researcher, channel } = team;
  ben.in(channel).send(`my token is ${secret}`);
  researcher.in(channel).send(
    block({
      level: 'tool',
      message: secret,
      category: secret,
      tool_name: secret,
      tool_input: { token: secret },
      tool_output: secret,
      details: { [secret]: secret },
      query: secret,
      triggered_by: secret,
      handoff_to: [secret],
    }),
  );
  researcher
    .in(channel)
    .send(block({ type: 'escalation', reason: secret, options: [secret, 'B'], dedupe_key: secret }));
  await endSession();
  expect(traces()).toEqual([]);
});
