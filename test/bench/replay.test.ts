import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DifferenceKind } from '../../bench/replay/compare.ts';
import type { Conversation, Line } from '../../sandbox/replay/conversations.ts';
import type { Played } from '../../bench/replay/play.ts';
import { formatReports, isIdentical, summarizeFiles } from '../../bench/replay/report.ts';
import { checkDatabase, record } from '../../bench/replay/run.ts';

const dir = mkdtempSync(join(tmpdir(), 'work-logs-replay-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Said = [author: string, content: string, more?: Partial<Line>];

function conversation(id: string, ...said: Said[]): Conversation {
  const messages = said.map(([author, content, more]) => ({
    author,
    content,
    role: 'bot' as const,
    to: undefined,
    ...more,
  }));
  return { file: id.startsWith('crowd') ? 'crowd.ndjson' : 'hostile.ndjson', line: 1, id, messages };
}

const fence = `${'x'.repeat(1994)}\n\`\`\`ts\n${'const a = 1;\n'.repeat(300)}\`\`\`\nand done`;
const longName = 'A very long name indeed of an expert in ';

const hostile: Conversation[] = [
  conversation(
    'fences',
    ['coder', fence],
    ['coder', `\`\`\`\n${'y'.repeat(2500)}\n\`\`\``],
    ['tester', '```'],
  ),
  conversation('emoji', ['coder', `${'x'.repeat(1999)}🚀🚀`], ['coder', '👩‍👩‍👧‍👦'.repeat(400)]),
  conversation('spaces', ['coder', ''], ['coder', ' \n\t'], ['coder', '  padded \n'], ['coder', '\u00a0']),
  conversation('nothing', ['coder', ''], ['tester', '   ']),
  conversation('same', ['coder', 'done'], ['coder', 'done'], ['tester', 'done'], ['coder', 'done']),
  conversation(
    'names',
    ['Coder', 'who is who?', { to: 'coder' }],
    ['coder', 'me', { to: 'Coder' }],
    [`${longName}1`, 'short', { to: `${longName}2` }],
    [`${longName}2`, 'z'.repeat(4100), { to: 'everyone' }],
    ['everyone', '@everyone @here look', { to: 'план бот 🤖' }],
    ['план бот 🤖', 'да', { to: 'design' }],
    ['design', 'I am not the design bot', { to: 'design bot' }],
    ['design bot', 'right', { to: 'nobody here' }],
    ['@odd#1:name', '`code` first', { to: 'design bot' }],
  ),
  conversation(
    'people',
    ['ana', 'please fix it', { role: 'human', to: 'coder' }],
    ['coder', 'which one?', { to: 'ana' }],
    ['ANA', 'the second', { role: 'human' }],
    ['ana', 'I am a bot of her name', { to: 'coder' }],
  ),
  conversation(
    'syntax',
    ['coder', `'); DROP TABLE entries; -- " OR NEAR( * ^`],
    ['coder', '@tester in plain text\n- @coder too\n@unknown, hello'],
    [
      'coder',
      '# Heading\n> quote\n-# small\n||spoiler|| <t:1700000000:R> <:x:1> \\*not bold\\* \u202eright to left',
    ],
    ['tester', 'line\r\nline\u2028separator\u0085next'],
  ),
];

const crowd = Array.from({ length: 30 }, (_, index) =>
  conversation(
    `crowd ${index}`,
    ...Array.from({ length: 12 }, (_, n): Said => {
      const [author, to] = n % 2 === 0 ? ['coder', 'tester'] : ['tester', 'coder'];
      return [author!, `${index}: step ${n}`, n % 3 === 0 ? { to } : {}];
    }),
  ),
);

describe('a replay', () => {
  const dbPath = join(dir, 'replay.db');
  let played: Played[];

  beforeAll(async () => {
    played = await record([...hostile, ...crowd], { concurrency: 40, dbPath, dir });
  }, 60_000);

  test('of hostile and of many interleaved conversations finds everything in the log as it was said', async () => {
    const checked = await checkDatabase(dbPath, played);
    expect(checked.conversations.flatMap(({ differences }) => differences)).toEqual([]);
    const [first, second] = summarizeFiles(checked);
    expect(first).toMatchObject({ file: 'hostile.ndjson', conversations: 8, messages: 32, notPostable: 5 });
    expect(first!.recorded).toBe(first!.discordMessages);
    expect(first!.discordMessages).toBeGreaterThan(32);
    expect(second).toMatchObject({ conversations: 30, messages: 360, discordMessages: 360, recorded: 360 });
    expect(isIdentical([first!, second!])).toBe(true);
  });

  test('records the handoffs that were made', () => {
    const handoffs = played.flatMap(({ expected }) => expected.filter(({ handoffTo }) => handoffTo !== null));
    expect(handoffs).toHaveLength(10 + 30 * 4);
  });

  const lastOf = (where: string) => `(SELECT id FROM entries WHERE ${where} ORDER BY id DESC LIMIT 1)`;
  const EXTRA = `CREATE TEMP TABLE more AS SELECT * FROM entries WHERE id = ${lastOf('step = 12')};
    UPDATE more SET id = id + 1, step = 13, message_id = '1' || message_id;
    INSERT INTO entries SELECT * FROM more`;

  test.each<[name: string, sql: string, kinds: DifferenceKind[]]>([
    ['a text', `UPDATE entries SET message = message || '.' WHERE id = ${lastOf('1')}`, ['text']],
    ['an author', `UPDATE authors SET name = 'someone else' WHERE name = 'everyone_'`, ['author']],
    ['a lost message', `DELETE FROM entries WHERE id = ${lastOf('step = 12')}`, ['missing']],
    ['a lost message within', `DELETE FROM entries WHERE id = ${lastOf('step = 1')}`, ['missing', 'step']],
    ['a message too many', EXTRA, ['extra']],
    ['a step', `UPDATE entries SET step = 99 WHERE id = ${lastOf('step = 12')}`, ['step']],
    [
      'the order',
      `UPDATE entries SET step = -step WHERE id = ${lastOf('step = 11')}; UPDATE entries SET step = 11 WHERE id = ${lastOf('step = 12')};
       UPDATE entries SET step = 12 WHERE step = -11`,
      ['order'],
    ],
    ['a handoff', `UPDATE entries SET level = 'info' WHERE id = ${lastOf("level = 'handoff'")}`, ['handoff']],
    [
      'a session',
      `INSERT INTO sessions (session_id, workspace_id, private_thread, query, started_at, last_at, ended_at)
       SELECT 'x', workspace_id, 0, '', 0, 0, 0 FROM sessions WHERE thread_id IS NULL LIMIT 1`,
      ['sessions'],
    ],
    [
      'a session elsewhere',
      `UPDATE sessions SET thread_id = '1' WHERE thread_id IS NOT NULL AND id = (SELECT max(id) FROM sessions)`,
      ['missing', 'extra', 'sessions'],
    ],
  ])('whose database is damaged in %s is reported as different', async (_, sql, kinds) => {
    const damaged = join(dir, 'damaged.db');
    copyFileSync(dbPath, damaged);
    const db = new Database(damaged);
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
    const reports = summarizeFiles(await checkDatabase(damaged, played));
    expect(isIdentical(reports)).toBe(false);
    const found = new Set(
      reports.flatMap(({ differences }) =>
        Object.entries(differences).flatMap(([kind, count]) => (count > 0 ? [kind] : [])),
      ),
    );
    expect([...found].sort()).toEqual([...kinds].sort());
    expect(formatReports(reports)).toContain('hostile.ndjson');
  });
});

describe('npm run replay', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const script = join(import.meta.dirname, '../../bench/replay.ts');
      const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) =>
        resolve({ code: child.exitCode!, stdout, stderr }),
      );
    });

  const fileOf = (name: string, text: string) => {
    const file = join(dir, name);
    writeFileSync(file, text);
    return file;
  };
  const good = JSON.stringify({ id: 'a', messages: [{ author: 'coder', role: 'bot', content: 'done' }] });

  test('prints one JSON object, keeps the database on demand, and ends with 0', async () => {
    const db = join(dir, 'kept.db');
    const { code, stdout } = await run('--json', '--db', db, fileOf('good.ndjson', good));
    expect(JSON.parse(stdout)).toMatchObject({
      identical: true,
      files: [{ conversations: 1, messages: 1, recorded: 1, identical: 1 }],
      differences: [],
    });
    expect(code).toBe(0);
    expect(existsSync(db)).toBe(true);
  });

  test('ends with 2 at bad input and says where it is', async () => {
    const file = fileOf('bad.ndjson', `${good}\n${good.replace('bot', 'system')}`);
    const { code, stdout, stderr } = await run(file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/bad\.ndjson:2: messages\[0\]\.role: /);
  });
});
