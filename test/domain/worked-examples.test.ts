import { expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import { isBotConversation, isToolEntry } from '../../src/domain/entry.ts';
import { testManager } from './live-log.ts';

/** What tells one step from another: step, level, category, bot, cause, whether its author coordinates. */
function shape(entries: readonly Entry[]) {
  return entries.map(({ step, level, category, author, triggeredBy, coordinatorMode }) =>
    [step, level, category, author.name, triggeredBy, coordinatorMode ? 'coordinating' : '']
      .filter(Boolean)
      .join(' '),
  );
}

test('an open workspace: one bot answers a simple question with one tool', () => {
  const { manager } = testManager();
  const log = manager.startWorkspaceSession({
    workspaceId: '#general',
    workspaceType: 'open',
    query: 'How is the weather?',
    participants: ['nanobot', 'researcher', 'coder', 'social'],
  });
  log.addEntry({
    level: 'info',
    category: 'routing',
    message: 'Simple question, taken as TIER_SIMPLE',
    botName: 'nanobot',
    triggeredBy: 'user',
    confidence: 0.95,
  });
  log.addEntry({
    level: 'decision',
    category: 'tool',
    message: 'Asking the weather API',
    botName: 'nanobot',
    toolName: 'weather_lookup',
    toolInput: { location: 'auto-detect' },
    toolOutput: { temp: 72, condition: 'sunny' },
    toolStatus: 'success',
    durationMs: 450,
  });
  log.addEntry({
    level: 'info',
    category: 'general',
    message: 'The user has the answer',
    botName: 'nanobot',
  });
  log.end('It is 72°F and sunny!');

  expect(shape(log.entries)).toEqual([
    '1 info routing nanobot user',
    '2 decision tool nanobot user',
    '3 info general nanobot user',
  ]);
  expect(log.entries.some(isBotConversation)).toBe(false);
  expect(log.insightsForSharing).toEqual([]);
  expect(log.participants).toEqual(['nanobot', 'researcher', 'coder', 'social']);
  expect(log.toAgentArtifact()).toEqual({
    schema: 'work-log-v1',
    workflow_id: null,
    query: 'How is the weather?',
    decisions: [
      {
        step: 2,
        category: 'tool',
        tool: 'weather_lookup',
        input: { location: 'auto-detect' },
        output: { temp: 72, condition: 'sunny' },
        status: 'success',
        confidence: null,
        duration_ms: 450,
        error: null,
      },
    ],
    summary: {
      total_steps: 3,
      tool_calls: 1,
      errors: 0,
      total_duration_ms: 450,
      final_output: 'It is 72°F and sunny!',
    },
    recommendations: [],
  });
});

test('a project workspace: the coordinator hands work out, is unsure once, and asks for a decision', () => {
  const { manager } = testManager();
  const log = manager.startWorkspaceSession({
    workspaceId: '#project-refactor',
    workspaceType: 'project',
    query: 'Refactor the authentication module',
    participants: ['nanobot', 'researcher', 'coder'],
    coordinator: 'nanobot',
  });
  log.addEntry({
    level: 'thinking',
    category: 'coordination',
    message: 'How hard is it, and who knows about it?',
    botName: 'nanobot',
    triggeredBy: 'user',
    coordinatorMode: true,
  });
  const asked = log.addBotMessage({
    botName: 'nanobot',
    message: '@researcher Look for security holes in the login, please',
    mentions: ['@researcher'],
  });
  log.addBotMessage({
    botName: 'researcher',
    message: 'Found 2: (1) no rate limit, (2) weak passwords are allowed',
    responseTo: asked?.step,
  });
  log.addBotMessage({
    botName: 'nanobot',
    message: '@coder Can you add a rate limit? @researcher put it first',
    mentions: ['@coder', '@researcher'],
  });
  log.addBotMessage({ botName: 'coder', message: 'Which limit? 100 a minute, or less?' });
  log.addEntry({
    level: 'uncertainty',
    category: 'coordination',
    message: 'The limit is not clear: taking 100 a minute, which may not be what the user wants',
    botName: 'nanobot',
    coordinatorMode: true,
    confidence: 0.6,
  });
  log.addEntry({
    level: 'decision',
    category: 'coordination',
    message: 'Going on with 100 a minute, to be confirmed',
    botName: 'nanobot',
    coordinatorMode: true,
  });
  log.addEntry({
    level: 'decision',
    category: 'tool',
    message: 'Writing the middleware',
    botName: 'coder',
    toolName: 'write_file',
    toolInput: { path: 'src/auth/rate_limiter.py' },
    toolStatus: 'success',
    durationMs: 3200,
  });
  const escalation = log.addEscalation({
    reason: 'Passwords: special characters (strict) or passphrases (friendly)?',
    botName: 'nanobot',
  });
  log.summary = 'Done: analysis, rate limit.\nPending: the password rule.';
  log.end('Halfway there: see the summary.');

  expect(shape(log.entries)).toEqual([
    '1 thinking coordination nanobot user coordinating',
    '2 handoff bot_conversation nanobot user coordinating',
    '3 info bot_conversation researcher @nanobot',
    '4 handoff bot_conversation nanobot user coordinating',
    '5 info bot_conversation coder @nanobot',
    '6 uncertainty coordination nanobot user coordinating',
    '7 decision coordination nanobot user coordinating',
    '8 decision tool coder @nanobot',
    '9 coordination escalation nanobot user coordinating',
  ]);
  expect(log.entries.map(({ mentions }) => mentions)).toEqual([
    [],
    ['@researcher'],
    [],
    ['@coder', '@researcher'],
    [],
    [],
    [],
    [],
    [],
  ]);
  expect(log.entries.map(({ responseTo }) => responseTo).filter(Boolean)).toEqual([asked!.step]);
  expect(log.entries[3]!.handoffTo).toEqual(['@coder']);
  expect(log.entries.filter((entry) => entry.escalation)).toEqual([escalation]);
  expect(escalation!.message).toContain('passphrases');
  expect(log.entries.filter(isToolEntry).map(({ durationMs }) => durationMs)).toEqual([3200]);
  expect(log.entries.every(isBotConversation)).toBe(true);
  expect(log.insightsForSharing).toEqual([]);
  expect(log.toAgentArtifact()).toMatchObject({
    summary: { total_steps: 9, tool_calls: 1, errors: 0, total_duration_ms: 3200 },
    recommendations: ['verify_low_confidence_decisions'],
  });
  expect(log.getFormattedLog('summary')).toContain('Pending: the password rule.');
});

test('a direct conversation: one specialist, several searches, and a finding that others may use', () => {
  const { manager } = testManager();
  const log = manager.startWorkspaceSession({
    workspaceId: 'dm-researcher',
    workspaceType: 'direct',
    query: 'What does quantum computing mean for cryptography?',
    participants: ['nanobot', 'researcher'],
    coordinator: null,
  });
  log.addEntry({ level: 'info', category: 'context', message: 'Loading context', botName: 'researcher' });
  log.addEntry({ level: 'thinking', category: 'research', message: 'Reading first', botName: 'researcher' });
  for (const query of ['quantum cryptography', 'post-quantum algorithms', 'NIST standards']) {
    log.addEntry({
      level: 'decision',
      category: 'tool',
      message: `Searching: ${query}`,
      botName: 'researcher',
      toolName: 'web_search',
      toolInput: { query },
      toolStatus: 'success',
      durationMs: 800,
    });
  }
  log.addEntry({
    level: 'decision',
    category: 'research',
    message: 'RSA and ECC fall to Shor; lattices are the leading answer',
    botName: 'researcher',
    confidence: 0.92,
    shareableInsight: true,
    insightCategory: 'research_finding',
  });
  const insights = log.end('A report on quantum cryptography');

  expect(shape(log.entries)).toEqual([
    '1 info context researcher user',
    '2 thinking research researcher user',
    '3 decision tool researcher user',
    '4 decision tool researcher user',
    '5 decision tool researcher user',
    '6 decision research researcher user',
  ]);
  expect(insights).toEqual([
    {
      sourceBot: 'researcher',
      content: 'RSA and ECC fall to Shor; lattices are the leading answer',
      category: 'research_finding',
      confidence: 0.92,
      workspace: 'dm-researcher',
    },
  ]);
  expect(log.toAgentArtifact().decisions.map(({ input }) => input)).toEqual([
    { query: 'quantum cryptography' },
    { query: 'post-quantum algorithms' },
    { query: 'NIST standards' },
  ]);
  expect(log.toAgentArtifact().summary).toMatchObject({ tool_calls: 3, total_duration_ms: 2400 });
});

test('a coordination workspace: bots work in parallel over night, disagree, and leave a person to decide', () => {
  const { manager } = testManager();
  const log = manager.startWorkspaceSession({
    workspaceId: '#coordination-website',
    workspaceType: 'coordination',
    query: 'Build the company website',
    participants: ['nanobot', 'researcher', 'coder', 'creative'],
    coordinator: 'nanobot',
  });
  const coordinate = (level: 'coordination' | 'decision', message: string, confidence?: number) =>
    log.addEntry({
      level,
      category: 'coordination',
      message,
      botName: 'nanobot',
      triggeredBy: 'nanobot',
      coordinatorMode: true,
      confidence,
    });
  coordinate('coordination', 'The user is away: I coordinate');
  log.addBotMessage({
    botName: 'nanobot',
    message: '@researcher Look at 3 competitors.\n@creative Draft the homepage.\n@coder Set up the repo.',
    mentions: ['@researcher', '@creative', '@coder'],
  });
  log.addBotMessage({ botName: 'researcher', message: 'Done: all use React, 2.3 s to load' });
  log.addBotMessage({
    botName: 'creative',
    message: '2 drafts: minimalist and visual. The user has to choose',
  });
  log.addBotMessage({ botName: 'coder', message: 'The repo is ready' });
  coordinate('coordination', 'All done; the design blocks us');
  coordinate('decision', 'Minimalist: it is faster', 0.85);
  log.addBotMessage({
    botName: 'nanobot',
    message: '@coder Go on with minimalist. @creative Give coder the specs.',
    mentions: ['@coder', '@creative'],
  });
  log.addBotMessage({
    botName: 'creative',
    message: 'I disagree: visual is better for the brand. Test both?',
  });
  const escalation = log.addEscalation({ reason: 'Design: minimalist or visual?', botName: 'nanobot' });
  log.summary = 'Completed: 3 sites, 2 drafts, the repo.\nNeeds your decision: the design.';
  log.end('Waiting for the decision.');

  expect(shape(log.entries)).toEqual([
    '1 coordination coordination nanobot @nanobot coordinating',
    '2 handoff bot_conversation nanobot user coordinating',
    '3 info bot_conversation researcher @nanobot',
    '4 info bot_conversation creative @nanobot',
    '5 info bot_conversation coder @nanobot',
    '6 coordination coordination nanobot @nanobot coordinating',
    '7 decision coordination nanobot @nanobot coordinating',
    '8 handoff bot_conversation nanobot user coordinating',
    '9 info bot_conversation creative @nanobot',
    '10 coordination escalation nanobot user coordinating',
  ]);
  expect(log.entries[1]).toMatchObject({
    mentions: ['@researcher', '@creative', '@coder'],
    handoffTo: ['@researcher', '@creative', '@coder'],
  });
  expect(log.entries[6]).toMatchObject({ level: 'decision', confidence: 0.85, insightCategory: null });
  expect(log.entries.filter((entry) => entry.escalation)).toEqual([escalation]);
  expect(log.entries.every(isBotConversation)).toBe(true);
  expect(log.endedAt).not.toBeNull();
  expect(log.summary).toContain('Needs your decision');
});
