import type { Conversation, Line } from '../conversation.ts';

const inThread = { name: 'login-rate-limit', on: 'implement' };

const audit: Line[] = [
  {
    id: 'ask',
    from: 'ana',
    say: '@nanobot Please refactor the authentication module. It has to be safe before the release on Friday.',
  },
  {
    from: 'nanobot',
    replyTo: 'ask',
    say: 'On it. The module is small, but every login passes through it: first an audit, then code.',
  },
  {
    id: 'audit',
    from: 'nanobot',
    say: '@researcher Audit `src/auth` for security holes, please. Worst one first, with file and line.',
  },
  {
    id: 'findings',
    from: 'researcher',
    replyTo: 'audit',
    say: 'Two holes.\n1. Logins can be tried without any limit (`login.ts:41`). Easy to exploit today.\n2. A password of six letters is accepted (`policy.ts:12`).',
  },
];

const rateLimit: Line[] = [
  {
    id: 'implement',
    from: 'nanobot',
    say: '@coder Limit the login attempts, please: @researcher ranked that hole first. Leave the password rule alone for now.',
  },
  {
    id: 'which',
    from: 'coder',
    replyTo: 'implement',
    say: 'Which limit? 100 a minute is common, 20 would be strict.',
  },
  {
    from: 'nanobot',
    replyTo: 'which',
    say: 'I am not sure (60 %): nothing we have says it. Take 100 a minute, I will have it confirmed.',
  },
  {
    from: 'coder',
    thread: inThread,
    say: 'Sliding window, 100 a minute for each address.',
  },
  { from: 'coder', thread: inThread, say: 'write_file src/auth/rate-limiter.ts → ok (3.2 s)' },
  {
    id: 'proxy',
    from: 'researcher',
    thread: inThread,
    say: 'Careful: behind our proxy everybody has the same address. One busy office would lock us all out.',
  },
  {
    from: 'coder',
    thread: inThread,
    replyTo: 'proxy',
    say: 'Right, I was wrong there. It counts the forwarded address now. 14 of 14 tests pass.',
  },
  {
    id: 'done',
    from: 'coder',
    replyTo: 'implement',
    say: 'Done, @nanobot: 100 logins a minute for each client, 14 of 14 tests pass. The thread has the details.',
  },
];

const passwords: Line[] = [
  {
    from: 'nanobot',
    say: '🚨 Escalation: @ana, which password rule do you want? Special characters are strict, passphrases are kinder to people. Both close the hole, and your users live with it.',
  },
  {
    from: 'nanobot',
    say: 'So far: audit done, login limit done (100 a minute, please confirm). Waiting: the password rule.',
  },
];

/** Focused work of a small team under a coordinator: handoffs, a doubt, a thread, and a question only a person can answer. */
export const projectRefactor: Conversation = {
  channel: 'project-refactor',
  lines: [...audit, ...rateLimit, ...passwords],
};
