import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { summariseSessions } from '../../src/jobs/summarise-sessions.ts';
import { ask, OPEN_TO_ALL, startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

let dir: string;
let team: Running;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'work-logs-summaries-'));
});
afterEach(async () => {
  await team.end();
  rmSync(dir, { recursive: true });
});

/** A session of a person and a bot that has ended. */
async function ended(...said: string[]): Promise<string[]> {
  team = await startTeam({
    config: OPEN_TO_ALL,
    env: { WORK_LOGS_DB: join(dir, 'log.db') },
    db: join(dir, 'log.db'),
  });
  team.ana.in(team.channel).send('Build the website');
  const ids = said.map((content) => team.researcher.in(team.channel).send(content).id);
  await team.running.settled();
  await close();
  return ids;
}

const store = () => team.running.app.store;
const close = () => store().sessions.close({ workspaceId: 1, threadId: null }, Date.now(), 'command');
const summarise = () => summariseSessions.run(team.running.app, Date.now());
const latest = async () => (await store().sessions.latest({ workspaceId: 1, threadId: null }))!;

test('is among the jobs, and tells in few words what came of a session, once it has ended', async () => {
  expect(jobs).toContain(summariseSessions);
  await ended('Failed: the build does not run.', 'The drafts are finished.');
  expect(await latest()).toMatchObject({ finalOutput: null, summary: null });
  await summarise();
  expect(await latest()).toMatchObject({
    finalOutput: 'The drafts are finished.',
    isOutputReported: false,
    summary:
      'Completed: researcher: The drafts are finished.\nWent wrong: researcher: Failed: the build does not run.',
  });
  expect((await ask(team.ana, team.channel, 'explain')).text).toMatch(
    /-# Completed: researcher: The drafts are finished\. Went wrong: researcher: Failed/,
  );
  expect(await store().summaries.due(9)).toEqual([]);
});

test('is not forgotten when the bot stops before it', async () => {
  await ended('The drafts are finished.');
  await team.restart();
  await summarise();
  expect((await latest()).finalOutput).toBe('The drafts are finished.');
});

test('what an agent reports wins', async () => {
  await ended(
    'The drafts are finished.',
    '```worklog\n{"message": "Bye", "final_output": "Two drafts", "summary": "All went well"}\n```',
  );
  await summarise();
  expect(await latest()).toMatchObject({
    finalOutput: 'Two drafts',
    isOutputReported: true,
    summary: 'All went well',
  });
});

test('has at most a hundred words', async () => {
  await ended(...Array.from({ length: 60 }, (_, n) => `Failed: part ${n} of a list of parts that is long.`));
  await summarise();
  expect((await latest()).summary!.split(/\s+/).length).toBeLessThanOrEqual(100);
});

test('nothing that is deleted later lives on in it, not a byte', async () => {
  const [, second] = await ended('The drafts are finished.', 'Failed: the quetzal does not fly.');
  await summarise();
  expect(await latest()).toMatchObject({ finalOutput: 'Failed: the quetzal does not fly.' });
  team.researcher.in(team.channel).delete({ id: second! });
  await team.running.settled();
  expect(await latest()).toMatchObject({ finalOutput: null, summary: null });
  await summarise();
  expect(await latest()).toMatchObject({
    finalOutput: 'The drafts are finished.',
    summary: 'Completed: researcher: The drafts are finished.',
  });
  // Closing writes all there is into the file.
  await team.restart();
  for (const file of readdirSync(dir)) expect(readFileSync(join(dir, file)).includes('quetzal')).toBe(false);
});

test('what changes while it is made is made anew', async () => {
  const [first] = await ended('The drafts are finished.');
  const [due] = await store().summaries.due(1);
  await store().entries.erase([first!], Date.now());
  await store().summaries.keep(due!, { finalOutput: 'The drafts are finished.', summary: 'x' });
  expect(await latest()).toMatchObject({ finalOutput: null, summary: null });
  await summarise();
  expect(await latest()).toMatchObject({ finalOutput: null, summary: null });
});
