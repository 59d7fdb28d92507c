import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../src/recorder/dialects/index.ts';
import { readParts } from '../../../src/recorder/dialects/read.ts';
import type { Observation } from '../../../src/recorder/observation.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const optionsOf = (dialect: string | null, message: Partial<Observation>) =>
  readParts(observation(message), DIALECTS.get(dialect ?? '') ?? null).map(
    ({ details }) => details?.['options'],
  );

const permission = embed({ title: '🔐 Permission Request: Bash', description: 'Run command: `ls`' });
const question = embed({
  title: '❓ Claude needs your input — Style',
  description: 'Which style?',
  fields: [{ name: '1. Plain', value: 'no frills' }],
});

describe('the options of a card', () => {
  it.each<[string | null, string, Partial<Observation>, string[]]>([
    [
      'kimaki',
      'permission',
      { content: '⚠️ **Permission Required**\n**Type:** `bash`\n**Pattern:** `rm *`' },
      ['Accept', 'Accept Always', 'Deny'],
    ],
    ['kimaki', 'question', { content: '**Design**\nMinimal or visual?' }, ['Minimal', 'Visual']],
    [
      'openclaw',
      'approval',
      { componentTexts: ['## Exec Approval Required', '### Command\n```\nls\n```'] },
      ['Allow once', 'Deny'],
    ],
    [
      'hermes',
      'approval',
      { content: '⚠️ **Command Approval Required**\n```\nls\n```\n**Reason:** why not' },
      ['Approve once', 'Deny'],
    ],
    [
      'hermes',
      'question',
      { content: '❓ **Hermes needs your input**\nWhich one?' },
      ['The first', 'The second'],
    ],
    ['claude-code-discord', 'permission', { embeds: [permission] }, ['Allow', 'Deny']],
    ['claude-code-plugin', 'permission', { content: '🔐 Permission: Bash' }, ['Allow', 'Deny']],
    [null, 'call for a person', { content: '🚨 Escalation: which policy?' }, ['Strict', 'Friendly']],
  ])('of %s, a %s, are its buttons and choices', (dialect, _, message, controls) => {
    expect(optionsOf(dialect, { ...message, controls })).toEqual([controls]);
  });

  it('are those that the card names, where it names any', () => {
    expect(optionsOf('claude-code-discord', { embeds: [question], controls: ['A', 'B'] })).toEqual([
      ['Plain'],
    ]);
  });

  it('are neither ways to see more nor said twice, and no more than a select holds', () => {
    const many = Array.from({ length: 30 }, (_, index) => `Choice ${index}`);
    const [options] = optionsOf(null, {
      content: '🚨 Escalation: which?',
      controls: ['See more', 'Choice 0', ...many],
    });
    expect(options).toEqual(many.slice(0, 25));
  });

  it('are nobody’s where nobody is asked', () => {
    expect(optionsOf(null, { content: 'Done.', controls: ['Undo'] })).toEqual([undefined]);
  });
});
