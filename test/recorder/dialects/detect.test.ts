import { describe, expect, it } from 'vitest';
import { detect, dialectOfPrompt, noDetection } from '../../../src/recorder/dialects/detect.ts';
import { DIALECTS, mayPrompt } from '../../../src/recorder/dialects/index.ts';
import type { Observation } from '../../../src/recorder/observation.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const after = (...messages: (string | Partial<Observation>)[]) =>
  messages.reduce(
    (state, message) =>
      detect(state, observation(typeof message === 'string' ? { content: message } : message), DIALECTS),
    noDetection(),
  );

describe("a bot's dialect", () => {
  it.each([
    ['kimaki', ['┣ bash _ls_', '⬥ Two files.', '*shop ⋅ main ⋅ 9s ⋅ 2% ⋅ opus-5*']],
    ['openclaw', ['🛠️ Bash: list files', '🔎 Web Search: for "cats"']],
    [
      'openclaw',
      ['Reasoning:\n_Hm._', { componentTexts: ['## Exec Approval Required', '### Command\n```\nls\n```'] }],
    ],
    ['hermes', ['💻 terminal...', '🔍 Searching the web for cats']],
    ['hermes', [`⚙️ lookup(['id'])\n{"id":7}`, '⏳ Working — 3 min']],
    ['hkuds-nanobot', ['$ git status', 'read src/a.py × 2, grep "x"']],
    ['openab', ['🔧 `npm ci`...', '✅ `npm ci`\n\nDone.']],
    ['picoclaw', ['🔧 `exec`\nList\n```json\n{}\n```', '🔧 `read`\nOpen']],
    [
      'claude-code-discord',
      [
        { embeds: [embed({ title: '🔧 Tool Use: Read', description: '{}' })] },
        { embeds: [embed({ title: '💭 Thinking' })] },
      ],
    ],
    ['claude-code-plugin', ['🔐 Permission: Bash', 'Hello', '🔐 Permission: Write']],
  ])('is found to be %s', (name, messages) => {
    expect(after(...messages).chosen).toBe(name);
  });

  it.each([
    ['one message', ['┣ bash _ls_']],
    [
      'plain chat',
      ['Hello', 'Done: 3 of 4.', 'Thinking about it', '✅ all green', 'read more', '1. a\n2. b'],
    ],
    ['as many marks of one as of another', ['┣ bash _ls_', '$ git status', '┣ bash _ls_', '$ git status']],
  ])('is not chosen after %s', (_, messages) => {
    expect(after(...messages).chosen).toBeNull();
  });

  it('is kept once it is chosen, whatever comes', () => {
    const state = after('┣ bash _ls_', '┣ thinking');
    expect(state.chosen).toBe('kimaki');
    expect(detect(state, observation({ content: '💻 terminal...' }), DIALECTS)).toBe(state);
  });

  it('is looked for in the last messages, so that an old mark does not stand against it for ever', () => {
    const mixed = ['┣ bash _ls_', '💻 terminal...', '┣ bash _ls_', '💻 terminal...'];
    expect(after(...mixed).chosen).toBeNull();
    expect(after(...mixed, ...Array<string>(8).fill('💻 terminal...')).chosen).toBe('hermes');
  });

  it('is found out from plain data', () => {
    const state = after('┣ bash _ls_');
    expect(structuredClone(state)).toEqual(state);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

describe('the dialect of a first card', () => {
  it.each<[string | null, Partial<Observation>]>([
    ['openclaw', { componentTexts: ['## Exec Approval Required', '### Command\n```\nls\n```'] }],
    ['openclaw', { componentTexts: ['## Exec Approval: Denied', 'Resolved by Ana'] }],
    ['hermes', { content: '⚠️ **Command Approval Required**\n```\nls\n```\n**Reason:** why not' }],
    ['hermes', { content: '❓ **Hermes needs your input**\n\nWhich one?' }],
    ['kimaki', { content: '⚠️ **Permission Required**\n**Type:** `bash`\n**Pattern:** `rm *`' }],
    ['claude-code-discord', { embeds: [embed({ title: '🔐 Permission Request: Bash', description: 'ls' })] }],
    ['claude-code-plugin', { content: '🔐 Permission: Bash' }],
    ['openab', { content: '⚠️ Bot turn limit reached (20/20).' }],
    ['openclaw', { content: 'Exec Approval Required\nCommand:\n```\nls\n```' }],
    ['openclaw', { content: 'Plugin Approval: Expired' }],
    ['kimaki', { content: '**Deploy**\n» **Ana:** now?\nTo which region?' }],
    ['kimaki', { content: '**Deploy**\n» **Ana:** now?\nTo which region?\n✓ _eu_' }],
    [
      'hermes',
      {
        content: '<@43>\nBOT_MSG v1\nkind: decision_request\n---\nWhich one?',
        mentions: [{ token: '<@43>', text: '@ana', author: { key: '43', name: 'ana', kind: 'person' } }],
      },
    ],
    [null, { content: '🛠️ Bash: list files' }],
    [null, { content: 'I need your permission: may I run this?' }],
    [null, { content: '⚠️ Approval required by law' }],
  ])('is %s', (name, message) => {
    expect(dialectOfPrompt(observation(message), DIALECTS)?.name ?? null).toBe(name);
    expect(name === null || mayPrompt(observation(message))).toBe(true);
  });
});
