import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bot } from '../../sandbox/sandbox.ts';
import { ask, idOf, OPEN_TO_ALL, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
let nanobot: Bot;

beforeEach(async () => {
  await begin();
});
afterEach(() => team.end());

async function begin(workLogs = {}): Promise<void> {
  team = await startTeam({ config: { ...OPEN_TO_ALL, work_logs: workLogs } });
  nanobot = team.discord.createBot({ username: 'nanobot' });
  team.guild.add(nanobot);
}

/** Ana asks, nanobot hands over, and the researcher answers while Ben speaks of something else. */
async function handOver() {
  const question = team.ana.in(team.channel).send('Is the login safe?');
  nanobot.in(team.channel).send({ content: 'On it', replyTo: question });
  nanobot.in(team.channel).send(`<@${team.researcher.id}> please audit the login`);
  team.ben.in(team.channel).send('Lunch, anyone?');
  const found = team.researcher.in(team.channel).send('Two holes, both in login.ts');
  await team.running.settled();
  return found;
}

/** The lines of steps, without their links. */
function stepsOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /\[\d+\]\(/.test(line))
    .map((line) => line.replace(/\]\([^)]*\)/, ']'));
}

const CONVERSATIONS = [
  '[1] 💬 **Ana** Is the login safe?',
  '↳ [2] 💬 **nanobot** (to 1) On it',
  '[3] 🤝 **nanobot → researcher** please audit the login',
  '↳ [5] 💬 **researcher** Two holes, both in login.ts',
  '[4] 💬 **Ben** Lunch, anyone?',
];

describe('coordination', () => {
  test('shows what the coordinator wrote, in full, and counts it', async () => {
    await handOver();
    const { text } = await ask(team.ben, team.channel, 'explain', { mode: 'coordination' });
    expect(text).toContain('only what was written in coordinator mode: 2 steps');
    expect(stepsOf(text)).toEqual([
      '[2] 💬 info: **nanobot** (to 1)',
      '[3] 🤝 handoff: **nanobot → researcher**',
    ]);
    expect(text).toContain('> @researcher please audit the login');
  });

  test('of one bot that coordinates nothing says so', async () => {
    await handOver();
    const { text } = await ask(team.ben, team.channel, 'explain', {
      mode: 'coordination',
      bot: 'researcher',
    });
    expect(text).toContain('only **researcher**, what was written in coordinator mode: 0 steps');
    expect(text).toContain('Nothing from this one here');
  });
});

describe('conversations', () => {
  test('put each answer below what it answers', async () => {
    await handOver();
    const { text } = await ask(team.ben, team.channel, 'explain', { mode: 'conversations' });
    expect(stepsOf(text)).toEqual(CONVERSATIONS);
  });

  test('have pages, and show every step once', async () => {
    const question = team.ana.in(team.channel).send('Count, please');
    for (let i = 2; i <= 30; i++) {
      const replyTo = i % 3 === 0 ? { replyTo: question } : {};
      team.researcher.in(team.channel).send({ content: `number ${i}`, ...replyTo });
    }
    await team.running.settled();
    let { reply, text } = await ask(team.ben, team.channel, 'explain', { mode: 'conversations' });
    const seen = [...stepsOf(text)];
    while (seen.length < 30) {
      reply = await (await team.ben.in(team.channel).click(reply, idOf(reply, '›'))).reply();
      text = wordsOf(reply);
      seen.push(...stepsOf(text));
    }
    const steps = seen.map((line) => Number(/\[(\d+)\]/.exec(line)![1]));
    expect(steps.slice(0, 4)).toEqual([1, 3, 6, 9]);
    expect(steps.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});

describe('five buttons', () => {
  test('lead from each mode to each other, after a restart too', async () => {
    await handOver();
    const { reply } = await ask(team.ben, team.channel, 'explain');
    await team.restart();
    const press = async (message: typeof reply, label: string) =>
      (await team.ben.in(team.channel).click(message, idOf(message, label))).reply();
    const threads = await press(reply, 'Conversations');
    expect(stepsOf(wordsOf(threads))).toEqual(CONVERSATIONS);
    const coordinated = await press(threads, 'Coordination');
    expect(wordsOf(coordinated)).toContain('in coordinator mode: 2 steps');
    expect(stepsOf(wordsOf(await press(coordinated, 'Summary')))).toHaveLength(5);
  });

  test('are below “Explain this” as well', async () => {
    const found = await handOver();
    const run = await team.ben.in(team.channel).messageCommand('Explain this', found);
    const reply = await run.reply();
    for (const label of ['Summary', 'Detailed', 'Debug', 'Coordination'])
      expect(idOf(reply, label)).toBeDefined();
    const opened = await team.ben.in(team.channel).click(reply, idOf(reply, 'Conversations'));
    expect(opened.ephemeral).toBe(true);
    expect(stepsOf(wordsOf(await opened.reply()))).toEqual(CONVERSATIONS);
  });
});

describe('without progressive disclosure', () => {
  beforeEach(async () => {
    await team.end();
    await begin({ progressive_disclosure: false, default_mode: 'conversations' });
  });

  test('there is the usual mode alone, whatever is asked for', async () => {
    await handOver();
    const { reply, text } = await ask(team.ben, team.channel, 'explain', { mode: 'debug' });
    expect(stepsOf(text)).toEqual(CONVERSATIONS);
    expect(() => idOf(reply, 'Debug')).toThrow('No component');
  });

  test('“Explain this” opens the log in it', async () => {
    const found = await handOver();
    const reply = await (await team.ben.in(team.channel).messageCommand('Explain this', found)).reply();
    expect(() => idOf(reply, 'Debug')).toThrow('No component');
    const opened = await team.ben.in(team.channel).click(reply, idOf(reply, 'See it in its log'));
    expect(stepsOf(wordsOf(await opened.reply()))).toEqual(CONVERSATIONS);
  });
});
