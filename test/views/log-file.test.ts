import { describe, expect, test } from 'vitest';
import { noCounts } from '../../src/domain/work-log.ts';
import { FILE_MAX, logFileView } from '../../src/views/log-file.ts';
import { entries, entry, NOW, workLog, workspace } from './support.ts';

const log = workLog({ counts: { ...noCounts(), steps: 3 } });
const contentOf = (view: ReturnType<typeof logFileView>) => view.files[0]!.attachment.toString();

describe('a log as a file', () => {
  test('holds everything that is known of each step', () => {
    const said = entry(2, {
      message: 'line one\nline two \u202E',
      responseTo: 1,
      confidence: 0.6,
      durationMs: 3200,
      level: 'tool',
      triggeredBy: '@researcher',
      mentions: ['@coder'],
      tool: { name: 'bash', input: { command: 'ls' }, output: 'a.txt', status: 'error', error: 'no' },
      details: { why: 'because' },
    });
    expect(contentOf(logFileView(workspace(), log, [said], 1))).toBe(
      `#project-refactor · project · nanobot coordinates
Refactor the authentication module
session 300000000000000001, started 2026-01-05T09:07:00.000Z, active, 3 steps

2 🔧 nanobot · 2026-01-05T09:10:02.000Z · tool/general · answers step 1 · 60 % · 3.2 s · inferred, triggered by @researcher · mentions @coder · message 300000000000000002 · author 200000000000000001
  line one
  line two
bash (error), input:
  {
   "command": "ls"
  }
output:
  a.txt
error:
  no
details:
  {
   "why": "because"
  }
`,
    );
  });

  test('says when and why the session ended', () => {
    const ended = { ...log, endedAt: NOW, endReason: 'idle' as const };
    expect(contentOf(logFileView(workspace(), ended, [], 0))).toContain(
      'ended 2026-01-05T09:30:00.000Z (idle)',
    );
  });

  test('ends before Discord refuses it, and says what is missing', () => {
    const view = logFileView(workspace(), log, entries(30, { message: 'x'.repeat(400_000) }), 40);
    expect(view.files[0]!.attachment.length).toBeLessThanOrEqual(FILE_MAX);
    expect(view.content).toContain('· 20 steps. The file is full; left out: the last 20 steps.');
  });
});
