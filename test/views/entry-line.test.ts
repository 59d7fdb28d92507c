import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/domain/entry.ts';
import { entryHead, entryLine } from '../../src/views/entry-line.ts';
import { entry, researcher } from './support.ts';

const CHANNEL = { guildId: '400', channelId: '500' };
const LINK = '[1](https://discord.com/channels/400/500/300000000000000001)';

const line = (overrides: Partial<Entry>) => entryLine(entry(1, overrides), CHANNEL);

const ran = (name: string, status: 'success' | 'error') => ({
  name,
  input: null,
  output: null,
  status,
  error: null,
});

describe('one line', () => {
  test.each<[string, Partial<Entry>, string]>([
    ['a thought', { level: 'thinking', message: 'Assessing' }, '💭 **nanobot** Assessing'],
    ['a decision', { level: 'decision', message: 'So be it' }, '◆ **nanobot** So be it'],
    [
      'a handoff',
      { level: 'handoff', handoffTo: ['@researcher'], message: 'Please look' },
      '🤝 **nanobot → researcher** Please look',
    ],
    [
      'a handoff to several',
      { level: 'handoff', handoffTo: ['@researcher', '@coder', '@qa'], message: 'All of you' },
      '🤝 **nanobot → researcher +2** All of you',
    ],
    [
      'a handoff, whose text begins with the one who is asked',
      { level: 'handoff', handoffTo: ['@Researcher'], message: '@researcher, please look' },
      '🤝 **nanobot → Researcher** please look',
    ],
    [
      'a handoff that says no more than the name',
      { level: 'handoff', handoffTo: ['@coder'], message: '@coder' },
      '🤝 **nanobot → coder** @coder',
    ],
    [
      'a handoff to another whose name begins alike',
      { level: 'handoff', handoffTo: ['@coder'], message: '@coder2 and @coder' },
      '🤝 **nanobot → coder** @coder2 and @coder',
    ],
    [
      'a name without anything to see',
      { author: { ...researcher, name: '\u200b' } },
      '💬 **?** what was said in step 1',
    ],
    ['an answer', { author: researcher, responseTo: 2, message: 'Found' }, '💬 **researcher** (to 2) Found'],
    ['a doubt', { level: 'uncertainty', confidence: 0.6, message: 'Unclear' }, '❔ **nanobot** 60 % Unclear'],
    [
      'a tool run',
      { level: 'tool', durationMs: 3200, message: 'src/auth.py', tool: ran('write_file', 'success') },
      '🔧 **nanobot** 3.2 s ✓ write_file src/auth.py',
    ],
    [
      'a failed tool run, whose text names the tool',
      { level: 'tool', message: 'bash ls', tool: ran('bash', 'error') },
      '🔧 **nanobot** ✖ bash ls',
    ],
    [
      'an escalation, whatever else it is',
      { level: 'decision', escalation: true, message: 'Strict or not?' },
      '🚨 **nanobot** Strict or not?',
    ],
    ['a correction', { level: 'correction', message: 'Rather 3' }, '↩ **nanobot** Rather 3'],
    ['a warning', { level: 'warning', message: 'Careful' }, '⚠ **nanobot** Careful'],
    ['an error', { level: 'error', message: 'No' }, '✖ **nanobot** No'],
    ['coordination', { level: 'coordination', message: 'First this' }, '🧭 **nanobot** First this'],
    ['what was deleted', { message: '', deletedAt: 5 }, '💬 **nanobot** *deleted in Discord*'],
    ['nothing but a file', { message: '' }, '💬 **nanobot** *no text*'],
  ])('shows %s', (_, overrides, expected) => {
    expect(line(overrides)).toBe(`${LINK} ${expected}`);
  });

  test('holds the beginning of a long text, in which nothing is formatted', () => {
    const long = line({ message: `**bold**\n${'word '.repeat(100)}` });
    expect(long).toMatch(/ \\\*\\\*bold\\\*\\\* word .*…$/);
    expect(long.length).toBeLessThan(200);
  });
});

test('a head names its level in words for those who cannot see icons', () => {
  const head = (overrides: Partial<Entry>) => entryHead(entry(1, overrides), CHANNEL, { inWords: true });
  expect(head({ level: 'uncertainty', confidence: 0 })).toBe(`${LINK} ❔ uncertainty: **nanobot** 0 %`);
  expect(head({ level: 'coordination', escalation: true })).toBe(`${LINK} 🚨 escalation: **nanobot**`);
});
