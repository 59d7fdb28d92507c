import type { Conversation } from '../conversation.ts';

/** One person and one specialist, in private. */
export const dmResearcher: Conversation = {
  channel: 'dm-researcher',
  lines: [
    { id: 'ask', from: 'ana', say: '@researcher When will quantum computers break the encryption we use?' },
    { from: 'researcher', replyTo: 'ask', say: 'I read the estimates first, then the new standards.' },
    { from: 'researcher', say: 'web_search "qubits needed to factor RSA-2048" → 8 results (0.8 s)' },
    { from: 'researcher', say: 'web_search "post-quantum standards" → 5 results (0.7 s)' },
    {
      from: 'researcher',
      replyTo: 'ask',
      say: 'Nobody knows the year. What is sure (92 %): a large machine breaks RSA and elliptic curves, and the lattice-based ML-KEM is the standard to move to. Start with what must stay secret longest: it can be recorded today and read then.',
    },
  ],
};
