import { expect, test } from 'vitest';
import { SEEN } from '../../src/domain/coverage.ts';
import { DigestFold } from '../../src/domain/digest.ts';
import type { DigestLine } from '../../src/domain/digest-line.ts';
import type { Digest, DigestEnds } from '../../src/domain/digest.ts';
import type { Entry } from '../../src/domain/entry.ts';
import type { LiveWorkLog } from '../../src/domain/live-work-log.ts';
import { noCounts } from '../../src/domain/work-log.ts';
import type { WorkLog } from '../../src/domain/work-log.ts';
import { START, testManager } from './live-log.ts';

const HOUR = 3_600_000;
const NOTHING: DigestEnds = { sessions: [], escalations: [], insights: [], coverage: SEEN };

function digestOf(entries: readonly Entry[], ends: Partial<DigestEnds> = {}, from = START - HOUR): Digest {
  const fold = new DigestFold({ from, to: START + 10 * HOUR, confidenceThreshold: 0.7 });
  for (const entry of entries) fold.add(entry);
  return fold.digest({ ...NOTHING, ...ends });
}

/** `who → to: text → result (note)`, as far as it is there. */
function read({ who, to, text, result, note, times }: DigestLine): string {
  const people = [who, to].filter((name) => name !== null).join(' → ');
  const outcome = result === null ? '' : ` → ${result}`;
  return `${people ? `${people}: ` : ''}${text}${outcome}${note ? ` (${note})` : ''}${times > 1 ? ` ×${times}` : ''}`;
}

function sectionsOf(digest: Digest): Record<string, string[]> {
  return Object.fromEntries(digest.sections.map(({ section, lines }) => [section, lines.map(read)]));
}

function session(start: (log: LiveWorkLog) => void): readonly Entry[] {
  const log = testManager().manager.startWorkspaceSession({
    workspaceId: '#night',
    workspaceType: 'coordination',
    query: 'Build the website',
    participants: ['nanobot', 'researcher', 'coder', 'creative'],
    coordinator: 'nanobot',
  });
  start(log);
  return log.entries;
}

const say = (log: LiveWorkLog, botName: string, message: string, mentions: string[] = []) =>
  log.addBotMessage({ botName, message, mentions });

test('a night of several bots reads as what was done, what waits and what comes next', () => {
  const entries = session((log) => {
    const all = ['@researcher', '@creative', '@coder'];
    say(
      log,
      'nanobot',
      '@researcher Analyse three competitors. @creative Draft the homepage. @coder Set up the repository. In parallel, please.',
      all,
    );
    say(log, 'researcher', 'Three sites analysed. All of them use React.');
    say(log, 'creative', 'Two drafts are ready. Somebody has to choose.');
    say(log, 'coder', 'The repository is set up.');
    say(log, 'nanobot', '@coder Go on with the minimalist one. @creative Give coder the specs.', [
      '@coder',
      '@creative',
    ]);
    say(log, 'creative', 'I disagree: visual is better for the brand. Test both?');
  });
  expect(sectionsOf(digestOf(entries))).toEqual({
    completed: [
      'nanobot → researcher: Analyse three competitors. → Three sites analysed.',
      'nanobot → creative: Draft the homepage. → Two drafts are ready.',
      'nanobot → coder: Set up the repository. → The repository is set up.',
    ],
    pending: [
      'nanobot → coder: Go on with the minimalist one. (no_answer)',
      'nanobot → creative: Give coder the specs. → I disagree: visual is better for the brand. (not_done)',
    ],
  });
});

test('what failed is never among what was completed', () => {
  const entries = session((log) => {
    say(log, 'nanobot', '@coder Deploy it. @researcher Check the logs.', ['@coder', '@researcher']);
    say(log, 'coder', 'The deployment failed: the disk is full.');
    say(log, 'researcher', 'Checked the logs. Two requests timed out.');
  });
  expect(sectionsOf(digestOf(entries))).toEqual({
    completed: ['nanobot → researcher: Check the logs. → Checked the logs.'],
    went_wrong: [
      'nanobot → coder: Deploy it. → The deployment failed: the disk is full.',
      'researcher: Two requests timed out.',
    ],
  });
});

test.each([
  ['No errors, 0 failed, nothing is broken.'],
  ['exit code: 0, all is well'],
  ['I fixed the failing test.'],
])('%s: that is no failure', (message) => {
  const entries = session((log) => void say(log, 'coder', message));
  expect(sectionsOf(digestOf(entries))).not.toHaveProperty('went_wrong');
});

test('tool work is grouped, failed runs are told apart, and those that worked later say so', () => {
  const entries = session((log) => {
    const tool = (toolName: string, toolInput: unknown, toolStatus: 'success' | 'error' | 'timeout') =>
      log.addEntry({
        botName: 'coder',
        toolName,
        toolInput,
        toolStatus,
        toolError: toolStatus === 'error' ? 'Connection refused.\n at line 3' : undefined,
      });
    tool('write_file', { path: 'a.ts' }, 'success');
    tool('write_file', { path: 'a.ts' }, 'success');
    tool('edit', { file_path: 'b.ts' }, 'success');
    tool('bash', { command: 'npm test' }, 'error');
    tool('bash', { command: 'npm test' }, 'success');
    tool('weather', {}, 'timeout');
    tool('weather', {}, 'timeout');
  });
  expect(sectionsOf(digestOf(entries))).toEqual({
    completed: ['2 files edited, 1 test run'],
    went_wrong: ['coder: bash: Connection refused. (succeeded_later)', 'coder: weather (timed_out) ×2'],
  });
});

test('the least sure comes first among the unsure, and what is only told in words comes last', () => {
  const entries = session((log) => {
    say(log, 'coder', 'I assume the port is 8080.');
    log.addEntry({ botName: 'coder', level: 'decision', message: 'Take Redis', confidence: 0.6 });
    log.addEntry({ botName: 'coder', level: 'decision', message: 'Take port 80', confidence: 0 });
    log.addEntry({ botName: 'coder', level: 'decision', message: 'Take TypeScript', confidence: 0.9 });
  });
  expect(sectionsOf(digestOf(entries))).toEqual({
    unsure: ['coder: Take port 80', 'coder: Take Redis', 'coder: I assume the port is 8080.'],
  });
});

test('a question to people waits until one of them speaks', () => {
  const ask = (log: LiveWorkLog) => say(log, 'coder', 'Half of it stands. Shall I go on with the tests?');
  expect(sectionsOf(digestOf(session(ask)))).toEqual({
    pending: ['coder: Shall I go on with the tests? (nobody_answered)'],
  });
});

test('who only says that it begins has not done it, until it tells what came of it', () => {
  const begin = (log: LiveWorkLog) => {
    say(log, 'nanobot', '@coder Read the table.', ['@coder']);
    say(log, 'coder', 'Sure, I will read it. Let me start.');
  };
  expect(sectionsOf(digestOf(session(begin)))).toEqual({
    pending: ['nanobot → coder: Read the table. → Sure, I will read it. (begun)'],
  });
  const done = session((log) => {
    begin(log);
    say(log, 'coder', 'It has three columns.');
  });
  expect(sectionsOf(digestOf(done))).toEqual({
    completed: ['nanobot → coder: Read the table. → It has three columns.'],
  });
});

test('code that fails when another runs it is told with its author', () => {
  const entries = session((log) => {
    say(log, 'coder', 'This counts the rows:\n```python\ncount()\n```');
    say(log, 'creative', 'Looks fine to me.');
    say(log, 'terminal', "exitcode: 1 (execution failed)\nNameError: name 'count' is not defined");
    say(log, 'terminal', 'exitcode: 1');
  });
  expect(sectionsOf(digestOf(entries))).toEqual({
    went_wrong: [
      "coder: This counts the rows: → exitcode: 1: NameError: name 'count' is not defined",
      'terminal: exitcode: 1',
    ],
  });
});

const twice = (again: string, between: string[] = []) =>
  session((log) => {
    say(log, 'nanobot', '@coder Look up the opening hours of the museum.', ['@coder']);
    say(log, 'coder', 'I opened the page of the museum.');
    for (const task of between) {
      say(log, 'nanobot', `@coder ${task}`, ['@coder']);
      say(log, 'coder', 'That is in place.');
    }
    say(log, 'nanobot', `@coder ${again}`, ['@coder']);
    say(log, 'coder', 'It opens at nine.');
  });

test('an answer after which the same is asked again did not do', () => {
  expect(sectionsOf(digestOf(twice('Please look up the opening hours of the museum again.')))).toEqual({
    completed: ['nanobot → coder: look up the opening hours of the museum again. → It opens at nine.'],
    went_wrong: [
      'nanobot → coder: Look up the opening hours of the museum. → I opened the page of the museum. (asked_again)',
    ],
  });
});

test.each([
  ['another task', twice('Book a table for four.')],
  ['the same after something else', twice('Look up the opening hours of the museum.', ['Fix the login.'])],
])('%s is nothing that went wrong', (_, entries) => {
  expect(sectionsOf(digestOf(entries))['went_wrong']).toBeUndefined();
});

const concluded = (...after: [botName: string, message: string][]) =>
  sectionsOf(
    digestOf(
      session((log) => {
        say(log, 'researcher', 'I counted the rows of the table. There are many. Thus, the answer is 42.');
        for (const [botName, message] of after) say(log, botName, message);
      }),
    ),
  );
const UNCHECKED = { unsure: ['researcher: Thus, the answer is 42. (unchecked)'] };

test('what one agent of a team concludes is unsure until another has looked at it', () => {
  expect(concluded(['coder', 'I go on with the homepage.'])).toEqual(UNCHECKED);
  expect(concluded(['researcher', 'I am sure that this is correct.'], ['coder', 'Good morning.'])).toEqual(
    UNCHECKED,
  );
  const checked = { completed: ['researcher: Thus, the answer is 42.'] };
  expect(concluded(['coder', 'I counted them too, and that is correct.'])).toEqual(checked);
  expect(concluded()).toEqual(checked);
});

test('what was asked for is looked at by whoever asked', () => {
  const entries = session((log) => {
    say(log, 'nanobot', '@coder Count the rows.', ['@coder']);
    say(log, 'coder', 'The answer is 42.');
  });
  expect(sectionsOf(digestOf(entries))).toEqual({
    completed: ['nanobot → coder: Count the rows. → The answer is 42.'],
  });
});

test('what a task mentions is neither wrong nor unsure, and what an agent says it did is done', () => {
  const entries = session((log) => {
    say(log, 'nanobot', '@coder Fix the build: it fails, and something is missing. Is the cache wrong?', [
      '@coder',
    ]);
    say(log, 'creative', 'The drafts are finished.');
  });
  expect(sectionsOf(digestOf(entries))).toEqual({
    completed: ['creative: The drafts are finished.'],
    pending: ['nanobot → coder: Fix the build: it fails, and something is missing. (no_answer)'],
  });
});

test('a handoff from before the time of the report is still waited for, and what was answered then is not told', () => {
  const { manager, clock } = testManager();
  const log = manager.startWorkspaceSession({
    workspaceId: '#night',
    workspaceType: 'coordination',
    query: 'q',
    coordinator: 'nanobot',
  });
  say(log, 'nanobot', '@coder Build it. @researcher Look it up.', ['@coder', '@researcher']);
  say(log, 'researcher', 'Looked it up.');
  clock.at += 2 * HOUR;
  say(log, 'coder', 'Built it.');
  expect(sectionsOf(digestOf(log.entries, {}, START + HOUR))).toEqual({
    completed: ['nanobot → coder: Build it. → Built it.'],
  });
});

test('nothing at all is a quiet time', () => {
  expect(digestOf([])).toMatchObject({ quiet: true, steps: 0, sections: [], next: { kind: 'nothing' } });
});

test('what was said in a thread is linked to there', () => {
  const entries = session((log) => void say(log, 'coder', 'The build failed.'));
  const { sessionId } = entries[0]!;
  const log = { ...ranLog(sessionId), threadId: '77' };
  const { sections, next } = digestOf(entries, { sessions: [log] });
  expect(sections[0]!.lines[0]!.source).toMatchObject({ threadId: '77' });
  expect(next).toMatchObject({ kind: 'look', line: { source: { threadId: '77' } } });
});

test('a session that ends while it waits for a decision is not finished', () => {
  const [first] = session((log) => void say(log, 'coder', 'Built.'));
  const log = {
    ...ranLog(first!.sessionId),
    endedAt: START + HOUR,
    endReason: 'reported' as const,
    finalOutput: 'All is done.',
    isOutputReported: true,
  };
  const told = (ends: Partial<DigestEnds>) => sectionsOf(digestOf([], { sessions: [log], ...ends }));
  expect(told({})).toEqual({ completed: ['Build the website → All is done. (finished)'] });
  expect(told({ sessions: [{ ...log, isOutputReported: false }] })).toEqual({});
});

test('two hundred bots and names of any script make a report of a few lines', () => {
  const entries = session((log) => {
    for (let n = 0; n < 200; n += 1) say(log, `בוט 🤖 ${n}`, 'The upload failed.');
  });
  const [section] = digestOf(entries).sections;
  expect([section!.lines.length, section!.more, section!.lines[0]!.who]).toEqual([25, 175, 'בוט 🤖 0']);
});

function ranLog(sessionId: string): WorkLog {
  return {
    sessionId,
    workspaceId: 1,
    threadId: null,
    privateThread: false,
    query: 'Build the website',
    coordinator: null,
    startedAt: START,
    lastAt: START,
    endedAt: null,
    endReason: null,
    finalOutput: null,
    isOutputReported: false,
    summary: null,
    waiting: 0,
    counts: noCounts(),
  };
}
