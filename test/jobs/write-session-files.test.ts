import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { writeSessionFiles } from '../../src/jobs/write-session-files.ts';
import { ask, deployed, idOf } from '../commands/support.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot } from '../support/bot.ts';

const MINUTE = 60_000;

let dir: string;
let db: string;
let folder: string;
let team: Team;
let bot: TestBot;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'work-logs-files-'));
  db = join(dir, 'log.db');
  folder = `${db}.sessions`;
  team = await createTeam('project-site');
  bot = await start();
});
afterEach(async () => {
  await bot.stop();
  await team.discord.close();
  rmSync(dir, { recursive: true });
});

async function start(storage: 'file' | 'sqlite' = 'file'): Promise<TestBot> {
  const workspaces = [{ match: '*', type: 'project' as const, owners: ['everyone' as const] }];
  const config = { workspaces, work_logs: { storage } };
  const env = { WORK_LOGS_DB: db };
  const started = await startTestBot({ discord: team.discord, bot: team.bot, config, env, db });
  await started.settled();
  return started;
}

async function restart(storage?: 'file' | 'sqlite'): Promise<void> {
  await bot.stop();
  bot = await start(storage);
}

/** What somebody finds in the folder; nothing where there is none. */
const files = () => (existsSync(folder) ? readdirSync(folder).toSorted() : []);
const content = (name = files()[0]!) => readFileSync(join(folder, name), 'utf8');
const write = (now = bot.app.now()) => writeSessionFiles.run(bot.app, now);
const end = async (threadId: string | null = null) => {
  await bot.settled();
  await bot.app.store.sessions.close({ workspaceId: 1, threadId }, bot.app.now(), 'command');
};

test('is among the jobs, and writes nothing of a session that still runs', async () => {
  expect(jobs).toContain(writeSessionFiles);
  team.ana.in(team.channel).send('How many holes?');
  await bot.settled();
  await write();
  expect(files()).toEqual([]);
});

test('an ended session is there as JSON for people, with all that is known of it', async () => {
  const question = team.ana.in(team.channel).send('How many holes?');
  const run = { tool_name: 'count_holes', tool_input: { in: 'login' }, tool_output: { holes: 2 } };
  team.researcher.in(team.channel).send(`\`\`\`worklog\n${JSON.stringify(run)}\n\`\`\``);
  await end();
  await write();
  const day = new Date(bot.app.now()).toISOString().slice(0, 10);
  expect(files()).toEqual([`project-site-${day}-${question.id}.json`]);
  const modes = [folder, join(folder, files()[0]!)].map((path) => (statSync(path).mode & 0o777).toString(8));
  expect(modes).toEqual(['700', '600']);
  expect(content()).toMatch(/^\{\n {2}"session_id": "\d+",\n/);
  expect(JSON.parse(content())).toMatchObject({
    session_id: question.id,
    workspace_id: '#project-site',
    workspace_type: 'project',
    query: 'How many holes?',
    participants: ['researcher'],
    end_reason: 'command',
    counts: { steps: 2, tools: 1 },
    entries: [
      { step: 1, message: 'How many holes?', author_kind: 'person' },
      { step: 2, tool_name: 'count_holes', tool_input: { in: 'login' }, tool_output: { holes: 2 } },
    ],
    artifact: {
      schema: 'work-log-v1',
      decisions: [{ step: 2, tool: 'count_holes' }],
      summary: { total_steps: 2 },
    },
  });
  expect(content()).toBe(`${JSON.stringify(JSON.parse(content()), null, 2)}\n`);
});

test('a session of many pages is whole', async () => {
  for (let n = 1; n <= 200; n += 1) team.ana.in(team.channel).send(`message ${n}`);
  await end();
  await write();
  const { entries } = JSON.parse(content()) as { entries: { step: number }[] };
  expect(entries.map(({ step }) => step)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  expect(content()).toBe(`${JSON.stringify(JSON.parse(content()), null, 2)}\n`);
});

describe('however a session ends, it is written:', () => {
  test.each<[string, () => Promise<void> | void]>([
    [
      'idle',
      async () =>
        void (await bot.app.store.sessions.closeIdle(
          bot.app.now() + 999 * MINUTE,
          bot.app.config.recording.idle,
        )),
    ],
    ['reported', () => void team.researcher.in(team.channel).send('```worklog\n{"session":"end"}\n```')],
    ['unmapped', () => bot.app.workspaces.unmap(bot.app.workspaces.byChannel(team.channel.id)!)],
    ['command', () => end()],
  ])('%s', async (reason, endIt) => {
    team.ana.in(team.channel).send('How many holes?');
    await bot.settled();
    await endIt();
    await bot.settled();
    await write();
    expect(JSON.parse(content())).toMatchObject({ end_reason: reason, query: 'How many holes?' });
  });

  test('and so is what ended just before a stop, or before files were wanted', async () => {
    await restart('sqlite');
    team.ana.in(team.channel).send('How many holes?');
    await end();
    await write();
    expect(files()).toEqual([]);
    await restart('file');
    await write();
    expect(files()).toHaveLength(1);
  });
});

describe('what changes after the end changes in the file:', () => {
  beforeEach(async () => {
    team.ana.in(team.channel).send('How many holes?');
    await bot.settled();
  });

  test('a deleted message leaves it, also where files are not wanted any more', async () => {
    const first = team.ana.in(team.channel).send('The key is under the mat');
    const second = team.ana.in(team.channel).send('The cat is on the roof');
    await end();
    await write();
    team.ana.in(team.channel).delete(first);
    await bot.settled();
    expect(content()).toContain('under the mat');
    await write();
    expect(content()).not.toContain('under the mat');
    await restart('sqlite');
    team.ana.in(team.channel).delete(second);
    await bot.settled();
    await write();
    expect(content()).not.toContain('on the roof');
    expect(files()).toHaveLength(1);
  });

  test('the query leaves it with the message that asked it', async () => {
    await end();
    await write();
    const { session_id: opener } = JSON.parse(content()) as { session_id: string };
    await bot.app.store.entries.erase([opener], bot.app.now());
    await write();
    expect(content()).not.toContain('How many holes?');
  });

  test('an objection comes into it', async () => {
    await deployed(bot);
    team.researcher.in(team.channel).send('Two holes');
    await end();
    await write();
    const { reply } = await ask(team.ana, team.channel, 'explain', { mode: 'detailed' });
    const asked = await team.ana.in(team.channel).select(reply, idOf(reply, 'A step was wrong'), ['2']);
    await team.ana.in(team.channel).submit(asked.modal!, { reason: 'There are three' });
    await bot.settled();
    await write();
    expect(JSON.parse(content())).toMatchObject({
      counts: { steps: 3 },
      entries: [
        {},
        {},
        { level: 'correction', message: expect.stringContaining('There are three') as unknown },
      ],
    });
  });

  test('nothing is written again that has not changed', async () => {
    await end();
    await write();
    const name = files()[0]!;
    writeFileSync(join(folder, name), 'mine');
    await write();
    expect(content(name)).toBe('mine');
  });
});

test('the file follows the name of its channel', async () => {
  const message = team.ana.in(team.channel).send('How many holes?');
  await end();
  await write();
  await bot.app.workspaces.map({ ...bot.app.workspaces.byId(1)!, name: 'project-garden' });
  await bot.app.store.entries.erase([message.id], bot.app.now());
  await write();
  expect(files()).toEqual([expect.stringMatching(/^project-garden-/)]);
});

describe('where it cannot be written', () => {
  test('that is logged, recording goes on, and it is tried again with growing pauses', async () => {
    team.ana.in(team.channel).send('How many holes?');
    await end();
    writeFileSync(folder, 'a file where the folder should be');
    const now = bot.app.now();
    await write(now);
    const complaints = () =>
      bot.logged().filter((line) => line.includes('The file of a session cannot be written'));
    expect(complaints()).toHaveLength(1);
    await write(now + 9_000);
    expect(complaints()).toHaveLength(1);
    await write(now + 10_000);
    expect(complaints()).toHaveLength(2);
    team.ana.in(team.channel).send('Still there?');
    await bot.settled();
    const latest = await bot.app.store.sessions.latest({ workspaceId: 1, threadId: null });
    expect(latest).toMatchObject({ query: 'Still there?' });
    rmSync(folder);
    await write(now + 60_000);
    expect(files()).toHaveLength(1);
    expect(bot.logged().join('\n')).toContain('can be written again');
  });

  test('one bad file does not keep the others from being written', async () => {
    const first = team.ana.in(team.channel).send('How many holes?');
    await end();
    const day = new Date(bot.app.now()).toISOString().slice(0, 10);
    const inTheWay = `project-site-${day}-${first.id}.json`;
    mkdirSync(join(folder, inTheWay, 'x'), { recursive: true });
    team.ana.in(team.channel).send('How many doors?');
    await end();
    const now = bot.app.now();
    await write(now);
    await write(now + 20_000);
    expect(files().filter((name) => name !== inTheWay)).toEqual([expect.stringMatching(/^project-site-/)]);
    expect(readdirSync(folder).some((name) => name.endsWith('.part'))).toBe(false);
  });
});

test('a crash while it is written leaves no half file, and the next start writes it', async () => {
  team.ana.in(team.channel).send('How many holes?');
  await end();
  await write();
  const [name] = files();
  // As it is when the process ends between noting the name and having written the file.
  await bot.stop();
  rmSync(join(folder, name!));
  writeFileSync(join(folder, `.${name}.part`), '{ "session_id": ');
  bot = await start();
  const log = await bot.app.store.sessions.latest({ workspaceId: 1, threadId: null });
  await bot.app.store.entries.erase([log!.sessionId], bot.app.now());
  await write();
  expect(readdirSync(folder)).toEqual([name]);
  expect(JSON.parse(content(name))).toMatchObject({ session_id: log!.sessionId });
});
