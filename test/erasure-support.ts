import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIMessage } from 'discord.js';
import { expect } from 'vitest';
import type { HasId, Person } from '../sandbox/sandbox.ts';
import { writeSessionFiles } from '../src/jobs/write-session-files.ts';
import type { Store } from '../src/store/store.ts';
import { deployed, idOf } from './commands/support.ts';
import { createTeam, startTestBot } from './support/bot.ts';
import type { Team, TestBot } from './support/bot.ts';
import { openTestStore } from './support/empty-store.ts';
import { partsOf } from './views/support.ts';

/** In every planted text, and nowhere else. */
export const PLANTED = 'zyxqplanted';

/** A team whose bot keeps all that it can on the disk, in a folder of its own. */
export interface Planted extends Team {
  dir: string;
  store: Store;
  running: TestBot;
  /** A text that was not there before. */
  plant(): string;
  /** All that is said is recorded, the session is over, and its file is written. */
  endSession(): Promise<void>;
  /** Names what holds a planted text, or another: every byte of what the bot keeps on the disk, and of what it logged. */
  traces(of?: string): string[];
  /** The same once all is done that is done by the way: files of sessions are written by a job. */
  left(of?: string): Promise<string[]>;
  newcomer(displayName: string): Person;
  end(): Promise<void>;
}

export async function startPlanted(): Promise<Planted> {
  const dir = mkdtempSync(join(tmpdir(), 'work-logs-erasure-'));
  const team = await createTeam('project-site');
  const { store, running } = await startBot(team, join(dir, 'work-logs.db'));
  let lastPlant = 0;
  const traces = (of = PLANTED) => tracesIn(dir, running, of);
  return {
    ...team,
    dir,
    store,
    running,
    plant: () => `${PLANTED}${(lastPlant += 1)}`,
    traces,
    async endSession() {
      await running.settled();
      await store.sessions.close({ workspaceId: 1, threadId: null }, Date.now(), 'command');
      await store.entries.search({ workspaceId: 1, words: [PLANTED], tags: [], limit: 1 });
      await writeSessionFiles.run(running.app, Date.now());
    },
    async left(of) {
      await writeSessionFiles.run(running.app, Date.now() + 60_000);
      for (let tries = 0; tries < 80 && traces(of).length > 0; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      return traces(of);
    },
    newcomer(displayName) {
      const person = team.discord.createPerson({ username: 'newcomer', displayName });
      team.guild.add(person);
      return person;
    },
    async end() {
      await running.stop();
      await store.close();
      await team.discord.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** Its database is a file. */
async function startBot(team: Team, db: string): Promise<Pick<Planted, 'store' | 'running'>> {
  const store = await openTestStore({ path: db });
  const running = await startTestBot({
    discord: team.discord,
    bot: team.bot,
    db: store,
    env: { WORK_LOGS_DB: db },
    config: {
      workspaces: [{ match: 'project-*', type: 'project', owners: ['everyone'] }],
      work_logs: { storage: 'file' },
    },
  });
  await deployed(running);
  await running.settled();
  return { store, running };
}

function tracesIn(dir: string, bot: TestBot, of: string): string[] {
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

/** What agents write to say something as data. */
export const block = (fields: Record<string, unknown>) => `\`\`\`worklog\n${JSON.stringify(fields)}\n\`\`\``;

/** What an agent says, with a planted text wherever one can be. */
export function agentSays({ researcher, channel, plant }: Planted): { id: string }[] {
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

/** Types a command and presses one button after the other, each when it is there. */
export async function command(
  place: HasId,
  person: Person,
  name: string,
  ...labels: string[]
): Promise<void> {
  const run = await person.in(place).command(name);
  let shown = await run.reply();
  for (const label of labels) {
    const before = JSON.stringify(shown);
    await person.in(place).click(shown, idOf(shown, label));
    await expect.poll(async () => JSON.stringify(await run.reply())).not.toBe(before);
    shown = await run.reply();
  }
}

/** The button that words anew the insight that holds this. */
export function editOf({ components = [] }: APIMessage, content: string): string {
  const parts = partsOf({ components: components as never });
  const from = parts.findIndex((part) => String(part['content']).includes(content));
  const button = parts.slice(from).find((part) => part['label'] === 'Edit and approve…');
  return String(button!['custom_id']);
}
