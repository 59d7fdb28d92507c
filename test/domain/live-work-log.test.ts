import { describe, expect, it } from 'vitest';
import { toArtifact } from '../../src/domain/artifact.ts';
import { KEEP_ALL } from '../../src/domain/policy.ts';
import { POLICY, START, testManager } from './live-log.ts';

function newLog(policy = POLICY) {
  const { manager, clock } = testManager(policy);
  const log = manager.startWorkspaceSession({
    workspaceId: '#general',
    workspaceType: 'open',
    query: 'hello',
    participants: ['@nanobot'],
  });
  return { log, clock };
}

describe('a log that is being written', () => {
  it('has what was added', () => {
    const { log } = newLog();
    log.addEntry({ level: 'info', category: 'test', message: 'message' });
    expect(log.entries).toHaveLength(1);
    expect(log.entries[0]).toMatchObject({
      step: 1,
      at: START,
      author: { name: 'nanobot' },
      origin: 'reported',
    });
  });

  it('makes an uncertainty of a decision without confidence, also of none at all', () => {
    const { log } = newLog();
    for (const confidence of [0.5, 0]) {
      const entry = log.addEntry({ level: 'decision', category: 'routing', message: 'test', confidence });
      expect(entry).toMatchObject({
        level: 'uncertainty',
        confidence,
        details: { reported_level: 'decision' },
      });
    }
    expect(log.addEntry({ level: 'decision', message: 'sure', confidence: 0.7 })!.level).toBe('decision');
  });

  it('reads as text in three depths', () => {
    const { log } = newLog();
    log.addEntry({ level: 'info', category: 'test', message: 'step 1' });
    log.addEntry({
      level: 'decision',
      category: 'test',
      message: 'step 2',
      confidence: 0,
      details: { tier: 1 },
    });
    expect(log.getFormattedLog('summary')).toBe(
      '#general: hello\n1. [info] nanobot: step 1\n2. [uncertainty] nanobot: step 2',
    );
    expect(log.getFormattedLog('detailed')).toContain('   0 % sure\n   details: {"tier":1');
    expect(log.getFormattedLog('debug')).toContain('"origin": "reported"');
  });

  it('flags what is sure and of a kind that others can use, and gives it when it ends', () => {
    const { log } = newLog();
    log.addEntry({ category: 'user_preference', message: 'Short summaries first', confidence: 0.95 });
    log.addEntry({ category: 'user_preference', message: 'Perhaps in Spanish', confidence: 0.5 });
    log.addEntry({ category: 'routing', message: 'Classified', confidence: 0.99 });
    expect(log.end('Noted').map(({ content }) => content)).toEqual(['Short summaries first']);
  });

  it.each([
    [{ shareableInsight: true }, 'habits'],
    [{ shareableInsight: true, insightCategory: 'user_preference' }, 'user_preference'],
    [{ insightCategory: 'user_preference' }, 'user_preference'],
    [{ shareableInsight: false, insightCategory: 'user_preference' }, null],
    [{}, null],
  ])('takes what it is told of an insight, %j', (said, insightCategory) => {
    const { log } = newLog();
    expect(log.addEntry({ message: 'Short first', category: 'habits', ...said })).toMatchObject({
      insightCategory,
    });
  });

  it('counts what the policy does not keep, and gives it no step', () => {
    const types = { ...KEEP_ALL.types, open: { logBotConversations: false, logCoordination: false } };
    const { log } = newLog({ ...POLICY, types });
    expect(log.addBotMessage({ botName: 'coder', message: 'lunch?', mentions: ['nanobot'] })).toBeNull();
    expect(log.addEscalation({ reason: 'Which one?' })).toMatchObject({ step: 1, escalation: true });
    expect(log.dropped).toBe(1);
    expect(log.entries).toHaveLength(1);
    // Whom a dropped message asked is known nevertheless.
    expect(log.entries[0]!.triggeredBy).toBe('@coder');
  });

  it('knows bots by name, with or without @, and welcomes those who join', () => {
    const { log } = newLog();
    log.addEntry({ botName: '@Nanobot', message: 'hello' });
    log.addEntry({ botName: 'coder', message: 'hi' });
    expect(log.participants).toEqual(['nanobot', 'coder']);
  });

  it('hands work only to a bot that opens a line, by its whole name', () => {
    const { log } = newLog();
    const said = log.addBotMessage({
      botName: 'nanobot',
      message: 'ask @coder\n@coders are busy\n  @Creative: draft it',
      mentions: ['coder', 'creative'],
    });
    expect(said).toMatchObject({
      level: 'handoff',
      handoffTo: ['@creative'],
      mentions: ['@coder', '@creative'],
    });
  });

  it('answers only steps that it has', () => {
    const { log } = newLog();
    expect(log.addEntry({ message: 'a', responseTo: 1 })!.responseTo).toBeNull();
    expect(log.addEntry({ message: 'b', responseTo: 1 })!.responseTo).toBe(1);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses a confidence of %d', (confidence) => {
    const { log } = newLog();
    expect(() => log.addEntry({ message: 'x', confidence })).toThrow('a number from 0 to 1');
  });

  it('cuts what is too long and says by how much', () => {
    const { log } = newLog();
    const entry = log.addEntry({
      message: 'm'.repeat(5000),
      toolName: 'read',
      toolOutput: ['x'.repeat(20_000)],
    })!;
    expect(entry.message).toHaveLength(4000);
    expect(entry.message).toMatch(/\[cut: 1 0\d\d characters\]$/);
    expect(JSON.stringify(entry.tool!.output).length).toBeLessThanOrEqual(16 * 1024);
  });

  it('takes nothing more once it has ended', () => {
    const { log } = newLog();
    log.end(null);
    expect(() => log.addEntry({ message: 'late' })).toThrow('has ended');
    expect(() => log.end('again')).toThrow('has ended');
    expect(log.toAgentArtifact().summary.final_output).toBeNull();
  });
});

describe('a tool run', () => {
  /** What a scanner puts out for the next agent. */
  const scan = {
    skill_name: 'x-bookmarks',
    risk_score: 15,
    passed: false,
    status: 'rejected',
    findings: [
      {
        severity: 'high',
        category: 'persistence_mechanism',
        confidence: 0.85,
        line: 8,
        code: 'a digest by cron',
        remediation: 'Check that the schedule is wanted',
      },
    ],
    critical_count: 0,
    high_count: 1,
    medium_count: 0,
    low_count: 0,
    next_actions: ['manual_review', 'approve_if_trusted'],
  };
  const readable = 'One issue (risk 15/100)\n- [HIGH] persistence_mechanism: scheduled by cron';

  it('gives people a text and the next agent data, both from one run', () => {
    const { log, clock } = newLog();
    const { step } = log.startTool({
      botName: 'guard',
      name: 'scan_skill',
      input: { skill_path: './x-bookmarks', strict: false },
    })!;
    expect(log.entries[0]).toMatchObject({ level: 'tool', tool: { status: 'unknown', output: null } });
    clock.at += 342;
    const run = log.finishTool(step, { output: scan, message: readable });
    expect(log.getFormattedLog()).toContain(`1. [tool] guard: ${readable}`);
    expect(toArtifact(run, log.workspaceId)).toEqual({
      step: 1,
      workspace: '#general',
      bot: 'guard',
      category: 'tool',
      tool: 'scan_skill',
      input: { skill_path: './x-bookmarks', strict: false },
      output: scan,
      status: 'success',
      confidence: null,
      duration_ms: 342,
      timestamp: '2026-02-12T09:00:00.000Z',
      shareable: false,
      next_actions: ['manual_review', 'approve_if_trusted'],
    });
    expect(log.toAgentArtifact().recommendations).toEqual(['manual_review', 'approve_if_trusted']);
  });

  it.each([
    [{}, { message: '✓ bird completed in 20ms', level: 'tool' }, { status: 'success', output: null }],
    [{ output: 12 }, { level: 'tool' }, { status: 'success', output: { _value: '12', _type: 'number' } }],
    [
      { error: 'no network' },
      { message: '✗ bird failed: no network', level: 'error' },
      { status: 'error', error: 'no network' },
    ],
    [{ timedOut: true }, { message: '✗ bird timed out', level: 'error' }, { status: 'timeout' }],
  ])('that ends with %o', (outcome, said, tool) => {
    const { log, clock } = newLog();
    const { step } = log.startTool({ name: 'bird' })!;
    clock.at += 20;
    expect(log.finishTool(step, outcome)).toMatchObject({ ...said, durationMs: 20, tool });
    expect(log.toAgentArtifact().recommendations).toEqual(said.level === 'error' ? ['review_errors'] : []);
  });

  it('is known by its step', () => {
    const { log } = newLog();
    log.addEntry({ message: 'no tool' });
    for (const step of [0, 1, 2]) expect(() => log.finishTool(step, {})).toThrow('is no tool run');
  });
});
