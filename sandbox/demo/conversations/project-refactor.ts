import type { Conversation, Line } from '../conversation.ts';
import { shows } from './formats.ts';

const inThread = { name: 'login-rate-limit', on: 'implement' };

const audit: Line[] = [
  {
    at: '07:18',
    id: 'ask',
    from: 'ana',
    say: '@nanobot Please refactor the authentication module. It has to be safe before the release on Friday.',
  },
  {
    at: '07:19',
    from: 'nanobot',
    replyTo: 'ask',
    say: 'On it.',
    report: {
      type: 'thinking',
      category: 'coordination',
      message: 'The module is small, but every login passes through it: an audit first, then code',
    },
  },
  {
    id: 'audit',
    from: 'nanobot',
    say: '@researcher Audit `src/auth` for security holes, please. Worst one first, with file and line.',
  },
  { at: '07:20', from: 'researcher', say: '📖 read_file: "src/auth/login.ts"' },
  { at: '07:21', from: 'researcher', say: '📖 read_file: "src/auth/policy.ts"' },
  {
    at: '07:23',
    from: 'researcher',
    replyTo: 'audit',
    say: 'Two holes.\n1. Logins can be tried without any limit (`login.ts:41`). Easy to exploit today.\n2. A password of six letters is accepted (`policy.ts:12`).',
  },
];

const rateLimit: Line[] = [
  {
    at: '07:24',
    id: 'implement',
    from: 'nanobot',
    say: '@coder Limit the login attempts, please: that hole is the worse one. Leave the password rule alone for now.',
  },
  {
    id: 'which',
    from: 'coder',
    replyTo: 'implement',
    say: 'Which limit? 100 a minute is common, 20 would be strict.',
  },
  {
    at: '07:25',
    from: 'nanobot',
    replyTo: 'which',
    say: 'Take 100, I will have it confirmed.',
    report: {
      type: 'decision',
      message: 'Limit logins to 100 a minute',
      confidence: 0.6,
      alternatives: ['20 a minute', 'ask first'],
    },
  },
  { from: 'coder', thread: inThread, say: 'The work on the login limit goes in here.' },
  {
    at: '07:26',
    from: 'coder',
    thread: inThread,
    say: '',
    embeds: shows.thinking('A sliding window is fairer than a fixed one, and as cheap.'),
  },
  {
    at: '07:27',
    from: 'coder',
    thread: inThread,
    say: '',
    embeds: shows.tool('Write', { file_path: 'src/auth/rate-limiter.ts' }),
  },
  { at: '07:28', from: 'coder', thread: inThread, say: '', embeds: shows.result('14 of 14 tests pass') },
  {
    at: '07:29',
    id: 'done',
    from: 'coder',
    replyTo: 'implement',
    say: 'Done: 100 logins a minute for each address, 14 of 14 tests pass.',
  },
  {
    at: '07:31',
    from: 'researcher',
    thread: inThread,
    say: 'Careful: behind our proxy everybody has the same address. One busy office would lock us all out.',
  },
  {
    at: '07:34',
    from: 'coder',
    edits: 'done',
    say: 'Done: 100 logins a minute for each client that the proxy forwards, 15 of 15 tests pass.',
  },
  { from: 'coder', thread: inThread, say: '', embeds: shows.complete('8.4s', '$0.0412') },
  {
    at: '07:35',
    from: 'coder',
    thread: inThread,
    say: 'That is all in here.',
    report: { session: 'end', final_output: 'Logins are limited to 100 a minute for each client' },
  },
];

const passwords: Line[] = [
  {
    at: '07:36',
    from: 'nanobot',
    say: 'Worth keeping, also for the others:',
    report: {
      type: 'insight',
      message: 'Behind our proxy, clients are told apart by the forwarded address only',
      insight_category: 'tool_pattern',
      confidence: 0.95,
      share: 'now',
    },
  },
  {
    at: '07:38',
    id: 'password-policy',
    isAnswered: true,
    from: 'nanobot',
    say: 'Left is the password rule. Your users live with it, so you choose.',
    report: {
      type: 'escalation',
      reason:
        'Which password rule? Special characters are strict, passphrases are kinder. Both close the hole.',
      options: ['Special characters', 'Passphrases'],
      default: 'Passphrases',
      severity: 'medium',
      on_timeout: 'hold',
      dedupe_key: 'password-policy',
    },
  },
];

/** Focused work of a small team under a coordinator: handoffs, a doubt, a mistake mended, and a question only a person can answer. */
export const projectRefactor: Conversation = {
  channel: 'project-refactor',
  lines: [...audit, ...rateLimit, ...passwords],
};
