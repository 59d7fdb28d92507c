import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWithDoors, stepsOf } from '../agents/support.ts';

const guide = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8');
const hasPython = spawnSync('python3', ['--version']).status === 0;

const PROGRAM = `
work_log = WorkLog("#project-site")

@work_log.tool
def search(query):
    if query == "nothing":
        raise ValueError("no hits")
    return {"hits": 2}

def execute(tier, context):
    search("limits")
    try:
        search("nothing")
    except ValueError:
        pass
    return "60 a minute"

router = Router(work_log, lambda message: ("small", 0.4, ["large"]))
builder = ContextBuilder(work_log, lambda query: "", ["search"])
print(AgentLoop(work_log, router, builder, execute).process("turn-1", "Choose a rate limit"))
print(work_log.ask("Which one?", ["A", "B"], wait=0.2))
try:
    work_log.log("nonsense", "general", "x")
except RuntimeError as error:
    print(error)
`;

test.skipIf(!hasPython)('the Python of the guide reports a whole turn', async () => {
  const team = await startWithDoors();
  const dir = mkdtempSync(join(tmpdir(), 'work-logs-python-'));
  try {
    const blocks = [...guide.matchAll(/^```python\n(.*?)^```/gms)].map(([, code]) => code);
    const file = join(dir, 'program.py');
    writeFileSync(file, [...blocks, PROGRAM].join('\n'));
    const said = await run(file, { WORK_LOGS_URL: team.url(), WORK_LOGS_TOKEN: team.token });
    expect(said).toMatch(/^60 a minute\nNone\n.*level/);
    const { store, workspaces } = team.running.app;
    await stepsOf(team);
    const workspaceIds = [workspaces.byChannel(team.channel.id)!.id];
    const logs = await store.sessions.list({ workspaceIds, limit: 10 });
    const log = logs.find(({ finalOutput }) => finalOutput === '60 a minute')!;
    const { entries } = await store.entries.page({ sessionId: log.sessionId }, 0, 50);
    expect(log.query).toBe('Choose a rate limit');
    expect(entries.map(({ level, tool }) => tool?.status ?? level)).toEqual([
      'info',
      'thinking',
      'warning',
      'info',
      'uncertainty',
      'success',
      'error',
      'info',
    ]);
  } finally {
    rmSync(dir, { recursive: true });
    await team.end();
  }
});

function run(file: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', [file], { env: { PATH: process.env['PATH'] ?? '', ...env } });
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(err))));
  });
}
